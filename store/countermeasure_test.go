package store

import (
	"testing"
	"time"

	"andon/analysis"
)

// TestCountermeasures keep their verify window, and their outcome is that of
// the last finding about them.
func TestCountermeasures(t *testing.T) {
	f := create(t)
	taken := analysis.Taken{Time: start, Author: "mo", Do: "gray gloves back", Cause: analysis.Floor, Taken: start.Add(time.Hour),
		Verify: analysis.Window{From: start.Add(time.Hour), To: start.Add(25 * time.Hour)}}
	for range 2 {
		if _, err := f.AddCountermeasure(t.Context(), taken); err != nil {
			t.Fatal(err)
		}
	}
	for _, outcome := range []analysis.Outcome{analysis.Unclear, analysis.Yes} {
		_, err := f.AddFinding(t.Context(), analysis.Finding{Time: start, Step: analysis.VerifyStep, Outcome: outcome,
			Params: analysis.VerifyParams{Countermeasure: 2, Margin: .02}.String()})
		if err != nil {
			t.Fatal(err)
		}
	}
	f = reopen(t, f)
	defer f.Close()
	got, err := f.Countermeasures(t.Context())
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if first := got[0]; first.Outcome != "" || first.Do != taken.Do || first.Verify != taken.Verify || !first.Taken.Equal(taken.Taken) || first.Cause != taken.Cause {
		t.Errorf("the first is %+v", first)
	}
	if second := got[1]; second.Outcome != analysis.Yes || second.Finding != 2 {
		t.Errorf("the second is %+v", second)
	}
	if _, err := f.writer.Exec(`UPDATE countermeasure SET "do" = 'nothing'`); err == nil {
		t.Error("a countermeasure was rewritten")
	}
}
