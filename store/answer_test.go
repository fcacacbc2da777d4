package store

import (
	"testing"

	"andon/analysis"
	"andon/analysis/hypothesis"
)

// TestAnswerIsKeptWholeOrNotAtAll breaks it off at each of its three parts.
func TestAnswerIsKeptWholeOrNotAtAll(t *testing.T) {
	f := create(t)
	moved := []hypothesis.Change{{Hypothesis: hypothesis.Hypothesis{Cause: analysis.Floor, Text: "new gloves"},
		Move: hypothesis.Move{Time: start, From: hypothesis.Proposed, To: hypothesis.Testing, Reason: "they look black"}}}
	answer := func() error {
		return f.AddAnswer(t.Context(), analysis.Finding{Time: start, Step: "floor.photograph", Outcome: analysis.Yes}, moved, analysis.Note{Time: start, Text: "floor 62 % → 91 %"})
	}
	kept := func() [3]int {
		findings, err := f.Findings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		hypotheses, err := f.Hypotheses(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		notes, err := f.Notes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return [3]int{len(findings), len(hypotheses), len(notes)}
	}
	for _, part := range []string{"finding", "hypothesis_move", "note"} {
		if _, err := f.writer.Exec("CREATE TEMP TRIGGER stop BEFORE INSERT ON main." + part + " BEGIN SELECT RAISE(ABORT, 'stopped'); END"); err != nil {
			t.Fatal(err)
		}
		if err := answer(); err == nil {
			t.Errorf("an answer without its %s was kept", part)
		}
		if got := kept(); got != [3]int{} {
			t.Errorf("broken off at its %s it left findings, hypotheses and notes %v", part, got)
		}
		if _, err := f.writer.Exec("DROP TRIGGER stop"); err != nil {
			t.Fatal(err)
		}
	}
	if err := answer(); err != nil {
		t.Fatal(err)
	}
	notes, err := f.Notes(t.Context())
	if got := kept(); err != nil || got != [3]int{1, 1, 1} || notes[0].Pin.Saw != "finding 1" || VerifyNotes(notes) != nil {
		t.Errorf("kept %v, notes %+v, %v", got, notes, err)
	}
}
