package news

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

func share(good, known int) analysis.Sum {
	return analysis.Sum{Rows: known, Known: known, Good: float64(good)}
}

// The oracle is the z of statsmodels proportions_ztest, worked out beforehand.
func TestLeft(t *testing.T) {
	for _, test := range []struct {
		name         string
		level, fresh analysis.Sum
		want         bool
	}{
		{"a fall of twenty points", share(9200, 10_000), share(72, 100), true},            // z -7.2
		{"a fall of four points in few rows", share(9200, 10_000), share(88, 100), false}, // z -1.5
		{"half a point in many rows", share(920_000, 1_000_000), share(91_500, 100_000), false},
		{"too few to say", share(9200, 10_000), share(0, 19), false},
		{"none known before", share(0, 0), share(1, 100), false},
		{"a rise counts too", share(7200, 10_000), share(99, 100), true}, // z 6.0
	} {
		if got := Left(test.level, test.fresh, analysis.Proportion); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestLeftAmount(t *testing.T) {
	amounts := func(mean, sd float64, n int) analysis.Sum {
		f := float64(n)
		return analysis.Sum{Rows: n, Known: n, Good: mean * f, GoodSq: f*mean*mean + (f-1)*sd*sd}
	}
	if Left(amounts(40, 10, 1000), amounts(41, 10, 100), analysis.Amount) { // z 0.95
		t.Error("one millisecond more in a hundred rows is chance")
	}
	if !Left(amounts(40, 10, 1000), amounts(50, 10, 100), analysis.Amount) { // z 9.5
		t.Error("a standard deviation more in a hundred rows is not seen")
	}
}

// More rows of the level itself never leave its band.
func TestSameLevelStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(1, 1000).Draw(t, "n"), rapid.IntRange(1, 50).Draw(t, "times")
		good := rapid.IntRange(0, n).Draw(t, "good")
		if Left(share(good*k, n*k), share(good, n), analysis.Proportion) {
			t.Errorf("%d of %d is outside of itself", good, n)
		}
	})
}

func TestBetween(t *testing.T) {
	noon := time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)
	change := func(at time.Time) *analysis.Change {
		return &analysis.Change{Onset: at, Earliest: at.Add(-time.Hour), Latest: at.Add(time.Hour)}
	}
	verdict := func(c analysis.Cause) analysis.Verdict {
		return analysis.Verdict{Cause: c, Outcome: analysis.Likely}
	}
	quiet := analysis.Triage{Verdict: analysis.Verdict{Cause: analysis.None, Outcome: analysis.NoChange}}
	floor := analysis.Triage{Onset: change(noon), Verdict: verdict(analysis.Floor), Changes: make([]analysis.Change, 1)}
	nudged, later, model, two := floor, floor, floor, floor
	nudged.Onset = change(noon.Add(90 * time.Minute))
	later.Onset = change(noon.Add(3 * time.Hour))
	model.Verdict = verdict(analysis.Model)
	two.Changes = make([]analysis.Change, 2)
	for _, test := range []struct {
		name     string
		old, now analysis.Triage
		want     Kind
	}{
		{"still quiet", quiet, quiet, Nothing}, {"a change", quiet, floor, Began}, {"it was none", floor, quiet, Ended},
		{"nothing new", floor, floor, Nothing}, {"the onset within its interval", floor, nudged, Nothing},
		{"another onset", floor, later, Moved}, {"another cause", floor, model, Judged}, {"one more", floor, two, Further},
	} {
		if got := Between(test.old, test.now); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
