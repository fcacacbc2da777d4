package analysis

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// fallen compares shares of right answers by hand.
func fallen(n int, before float64, m int, after float64) Quality {
	sum := func(n int, p float64) Sum {
		good := math.Round(p * float64(n))
		return Sum{n, n, good, good}
	}
	return CompareQuality(Measure{Metric: Accuracy, Scale: Proportion}, sum(n, before), sum(m, after))
}

// TestFellOdds weighs the rows beside a slice that fell from 92 % to 70 %. The
// oracle is what a person would say of them.
func TestFellOdds(t *testing.T) {
	own := fallen(2000, .92, 500, .70)
	for name, c := range map[string]struct {
		rest Quality
		is   func(float64) bool
	}{
		"many rows that fell alike":    {fallen(2000, .92, 500, .71), func(v float64) bool { return v > 10 }},
		"many rows that stayed":        {fallen(2000, .92, 500, .925), func(v float64) bool { return v < -5 }},
		"few rows that say nothing":    {fallen(60, .72, 20, .70), func(v float64) bool { return v > oddsLeast && v < 1 }},
		"no rows":                      {fallen(0, 0, 0, 0), func(v float64) bool { return v == 0 }},
		"half as good, half the fall":  {fallen(2000, .46, 500, .35), func(v float64) bool { return v > 5 }},
		"rows that got better instead": {fallen(2000, .8, 500, .9), func(v float64) bool { return v < -5 }},
	} {
		t.Run(name, func(t *testing.T) {
			if v := fellOdds(Proportion, own, c.rest); !c.is(v) {
				t.Errorf("odds: %.2f", v)
			}
		})
	}
}

// The more the rest fell, up to what the slice did, the more it is alike.
func TestFellOddsGrow(t *testing.T) {
	own := fallen(2000, .9, 800, .6)
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(50, 3000).Draw(t, "before"), rapid.IntRange(50, 3000).Draw(t, "after")
		a := rapid.Float64Range(.6, .95).Draw(t, "level")
		b := rapid.Float64Range(.6, .95).Draw(t, "lower")
		if a-b < .02 {
			t.Skip("too near")
		}
		stayed, fell := fellOdds(Proportion, own, fallen(n, .9, m, a)), fellOdds(Proportion, own, fallen(n, .9, m, b))
		if fell <= stayed {
			t.Fatalf("%.3f: %.3f, but %.3f: %.3f", a, stayed, b, fell)
		}
	})
}
