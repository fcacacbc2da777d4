package warning

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"andon/analysis"
	"andon/analysis/practice"
	"andon/analysis/slo"
)

// What early warning must keep on months it was not tuned on.
const (
	mostFalse  = 1.0 // grave warnings a month and plant on quiet months
	leastFound = 0.8 // of the ramps
	leastLead  = 8.0 // hours, median, before the objective is out
)

// TestScoreWarning plays quiet months and months with a slow ramp. A warning on
// a quiet month, or before the ramp, is false, harmless changes included. The
// lead is from the first warning on a ramp to the first shift at whose end
// labels show the objective to be out, as andon check tells it; where labels
// never show it, the ramp counts as found only.
func TestScoreWarning(t *testing.T) {
	if underRace {
		t.Skip("skip: too slow under the race detector")
	}
	n := 5
	if os.Getenv("ANDON_HEAVY") != "" {
		n = 48
	}
	months, wrong, looks, found := 0.0, 0, 0, 0
	var leads []float64
	for i := range int64(n) {
		quiet := practice.DrawMonth(practice.FirstScoringSeed + i)
		r := watch(t, quiet)
		months += length(r.Watched)
		wrong, looks = wrong+graves(r.Warnings, quiet.Log.Span().To), looks+len(r.Warnings)
		ramp := practice.DrawRamp(practice.FirstScoringSeed + 1000 + i)
		r = watch(t, ramp)
		months += length(analysis.Window{From: r.Watched.From, To: ramp.Key.Onset})
		wrong += graves(r.Warnings, ramp.Key.Onset)
		warned := slices.IndexFunc(r.Warnings, func(w Warning) bool { return w.Grave && w.Raised.After(ramp.Key.Onset) })
		if warned < 0 {
			t.Logf("ramp %d, %s, %v, drop %.3f: missed", i, ramp.Style, ramp.Key.Causes, ramp.Key.Drop)
			continue
		}
		found++
		if out := outAt(t, ramp); !out.IsZero() {
			leads = append(leads, out.Sub(r.Warnings[warned].Raised).Hours())
		}
	}
	slices.Sort(leads)
	lead := leads[len(leads)/2]
	falsely, share := float64(wrong)/months, float64(found)/float64(n)
	fmt.Printf("score: warning false_per_month=%.2f lead_hours=%.0f ramps_found=%.2f months=%.0f\n", falsely, lead, share, months)
	t.Logf("leads %v", leads)
	if falsely > mostFalse || share < leastFound || lead < leastLead {
		t.Errorf("%.2f false a month (at most %v), %.2f found (at least %v), lead %.0f h (at least %v)", falsely, mostFalse, share, leastFound, lead, leastLead)
	}
}

func watch(t *testing.T, r practice.Round) Report {
	t.Helper()
	report, err := Watch(context.Background(), r.Log, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func length(w analysis.Window) float64 { return w.Duration().Hours() / 24 / 30 }

// graves counts the grave warnings raised before an instant.
func graves(all []Warning, before time.Time) int {
	n := 0
	for _, w := range all {
		if w.Grave && w.Raised.Before(before) {
			n++
		}
	}
	return n
}

// outAt is when a check at the end of every shift first calls the objective out
// that the weeks before the ramp would just have met; zero for never.
func outAt(t *testing.T, r practice.Round) time.Time {
	t.Helper()
	before := analysis.Window{From: r.Log.Span().From, To: r.Key.Onset}
	if !r.Log.Measure().Realised() {
		return time.Time{}
	}
	series, err := r.Log.Series(context.Background(), nil, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	o, ok := slo.Propose(analysis.Triage{Measure: r.Log.Measure(), Series: series, Windows: analysis.Windows{Before: before}})
	if !ok {
		return time.Time{}
	}
	ledger, err := slo.Read(context.Background(), r.Log, o, slo.Scope{Reference: before})
	if err != nil {
		t.Fatal(err)
	}
	for at := r.Key.Onset.Truncate(8 * time.Hour).Add(8 * time.Hour); !at.After(ledger.End); at = at.Add(8 * time.Hour) {
		if ledger.At(at).Stand(24*time.Hour).State == slo.Out {
			return at
		}
	}
	return time.Time{}
}

// A month and a seed are the same every time, and what is said of a time does
// not rest on what came after.
func TestWatchLooksBackOnly(t *testing.T) {
	if underRace {
		t.Skip("skip: too slow under the race detector")
	}
	r := practice.DrawRamp(practice.FirstScoringSeed + 1003)
	whole := watch(t, r)
	if len(whole.Warnings) == 0 {
		t.Fatal("nothing to compare")
	}
	end := whole.Warnings[0].Raised.Add(time.Minute)
	then, err := Watch(context.Background(), r.Log, end)
	if err != nil {
		t.Fatal(err)
	}
	if len(then.Warnings) != 1 || !then.Warnings[0].Raised.Equal(whole.Warnings[0].Raised) {
		t.Errorf("at %v: %d warnings, later the first is %v", end, len(then.Warnings), whole.Warnings[0].Raised)
	}
	if math.IsNaN(then.Warnings[0].Alarms[0].Score) {
		t.Error("an alarm without a score")
	}
}
