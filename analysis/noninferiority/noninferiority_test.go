package noninferiority

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
)

// of is k good of n.
func of(k, n int) analysis.Sum {
	return analysis.Sum{Rows: n, Known: n, Good: float64(k), GoodSq: float64(k)}
}

// TestIntervalOfShares holds the interval to table II of Newcombe 1998,
// "Interval estimation for the difference between independent proportions",
// method 6 (Miettinen and Nurminen): examples a, b, g and h.
func TestIntervalOfShares(t *testing.T) {
	for _, c := range []struct {
		x1, n1, x0, n0 float64
		lo, hi         float64
	}{
		{56, 70, 48, 80, .0528, .3382},
		{9, 10, 3, 10, .1700, .8406},
		{10, 10, 0, 20, .7156, 1},
		{10, 10, 0, 10, .6636, 1},
	} {
		got := shares{c.x0, c.n0, c.x1, c.n1}.interval()
		if math.Abs(got.Lo-c.lo) > 6e-5 || math.Abs(got.Hi-c.hi) > 6e-5 {
			t.Errorf("%v/%v - %v/%v is %.4f to %.4f, want %.4f to %.4f", c.x1, c.n1, c.x0, c.n0, got.Lo, got.Hi, c.lo, c.hi)
		}
	}
}

// TestLikeliestIsTheMaximum holds the cubic's solution to a search.
func TestLikeliestIsTheMaximum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n1, n0 := float64(rapid.IntRange(1, 400).Draw(t, "n1")), float64(rapid.IntRange(1, 400).Draw(t, "n0"))
		p1, p0 := math.Round(rapid.Float64Range(0, 1).Draw(t, "p1")*n1)/n1, math.Round(rapid.Float64Range(0, 1).Draw(t, "p0")*n0)/n0
		d0 := rapid.Float64Range(-.9, .9).Draw(t, "d0")
		term := func(x, p float64) float64 {
			if x == 0 {
				return 0
			}
			return x * math.Log(p)
		}
		likelihood := func(r1 float64) float64 {
			r0 := r1 - d0
			return term(n1*p1, r1) + term(n1*(1-p1), 1-r1) + term(n0*p0, r0) + term(n0*(1-p0), 1-r0)
		}
		got, _ := likeliest(p1, p0, n1, n0, d0)
		best := math.Inf(-1)
		lo, hi := max(0, d0), min(1, 1+d0)
		for i := range 2001 {
			best = max(best, likelihood(lo+(hi-lo)*float64(i)/2000))
		}
		inside := max(lo+1e-12, min(hi-1e-12, got))
		if best > likelihood(inside)+1e-3 {
			t.Fatalf("likelihood %v at %v, a search finds %v", likelihood(inside), got, best)
		}
	})
}

// TestVerdictAndIntervalAgree whatever the counts.
func TestVerdictAndIntervalAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) analysis.Sum {
			n := rapid.IntRange(minKnown, 3000).Draw(t, name)
			return of(rapid.IntRange(0, n).Draw(t, name+" good"), n)
		}
		q := Question{Margin: rapid.Float64Range(.005, .3).Draw(t, "margin"), LowerBetter: rapid.Bool().Draw(t, "lower is better"),
			Inflation: rapid.Float64Range(1, 4).Draw(t, "inflation")}
		a, err := Test(draw("before"), draw("verify"), q)
		if err != nil {
			t.Fatal(err)
		}
		worst := -a.Interval.Lo
		if q.LowerBetter {
			worst = a.Interval.Hi
		}
		if (a.Verdict == Restored) != (worst < q.Margin) {
			t.Fatalf("%s, and at worst %v worse with a margin of %v", a.Verdict, worst, q.Margin)
		}
		if math.Abs(a.P-level) > 1e-6 && (a.Verdict == Restored) != (a.P < level) {
			t.Fatalf("%s with p %v", a.Verdict, a.P)
		}
		if a.Difference < a.Interval.Lo-1e-9 || a.Difference > a.Interval.Hi+1e-9 {
			t.Fatalf("the difference %v lies outside %v", a.Difference, a.Interval)
		}
	})
}

// TestErrorAndPower plays the test many times: a fix that is worse by exactly
// the margin must pass at most once in forty times (and a bit, for chance), and
// one that is as good as before as often as Power says.
func TestErrorAndPower(t *testing.T) {
	const rounds, n0, margin = 4000, 900, .04
	dice := rand.New(rand.NewPCG(1, 2))
	draw := func(p float64, n int) analysis.Sum {
		k := 0
		for range n {
			if dice.Float64() < p {
				k++
			}
		}
		return of(k, n)
	}
	for _, n1 := range []int{300, 900} {
		passed := map[float64]float64{}
		for _, p := range []float64{.9, .9 - margin} {
			for range rounds {
				a, err := Test(draw(.9, n0), draw(p, n1), Question{Margin: margin})
				if err != nil {
					t.Fatal(err)
				}
				if a.Verdict == Restored {
					passed[p] += 1. / rounds
				}
			}
		}
		if wrong := passed[.9-margin]; wrong > .033 || wrong < .012 {
			t.Errorf("%d labels: a fix that is worse by the margin passes %.3f of the time, want about .025", n1, wrong)
		}
		a, _ := Test(of(810, n0), of(n1*9/10, n1), Question{Margin: margin})
		if math.Abs(a.Power-passed[.9]) > .03 {
			t.Errorf("%d labels: power is said to be %.3f and is %.3f", n1, a.Power, passed[.9])
		}
	}
}

// TestMoreIsEnough: with the labels it asks for, the chance is 80 %, and with a
// few less it is not.
func TestMoreIsEnough(t *testing.T) {
	for _, inflation := range []float64{1, 2.5} {
		q := Question{Margin: .03, Inflation: inflation}
		a, err := Test(of(9200, 10_000), of(92, 100), q)
		if err != nil || a.Verdict != Undecided || a.More < 100 {
			t.Fatalf("%+v, %v", a, err)
		}
		n := 100 + a.More
		enough, _ := Test(of(9200, 10_000), of(n*92/100, n), q)
		short, _ := Test(of(9200, 10_000), of((n-20)*92/100, n-20), q)
		if enough.Power < wanted-1e-3 || short.Power >= wanted || enough.More > 3 {
			t.Errorf("inflation %v: %d labels have power %.4f, twenty less %.4f", inflation, n, enough.Power, short.Power)
		}
	}
	a, _ := Test(of(18, 20), of(18, 20), Question{Margin: .01})
	if a.More != -1 {
		t.Errorf("20 rows before: %d more labels, want -1 for never", a.More)
	}
}

// TestMeansAreWelchs compares with R: t.test(c(1:20), c(3:22)), whose interval
// is -2 ± 3.787..., and with rows counted twice under inflation 2.
func TestMeansAreWelchs(t *testing.T) {
	var before, verify analysis.Sum
	for i := 1; i <= 20; i++ {
		before = before.Add(analysis.Sum{Rows: 1, Known: 1, Good: float64(i), GoodSq: float64(i * i)})
		verify = verify.Add(analysis.Sum{Rows: 1, Known: 1, Good: float64(i + 2), GoodSq: float64((i + 2) * (i + 2))})
	}
	a, err := Test(before, verify, Question{Scale: analysis.Amount, LowerBetter: true, Margin: 6})
	want := analysis.MeanDifference(before, verify)
	if err != nil || math.Abs(a.Interval.Lo-want.Lo) > 1e-9 || math.Abs(a.Interval.Hi-want.Hi) > 1e-9 || a.Verdict != Restored {
		t.Errorf("%+v, %v, want the interval %v", a, err, want)
	}
	twice, _ := Test(before.Add(before), verify.Add(verify), Question{Scale: analysis.Amount, LowerBetter: true, Margin: 6, Inflation: 2})
	if width := twice.Interval.Hi - twice.Interval.Lo; math.Abs(width/(want.Hi-want.Lo)-1) > .03 {
		t.Errorf("twice the rows at half their worth: width %v, want about %v", width, want.Hi-want.Lo)
	}
}

func TestInflation(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	series := func(swing float64) []analysis.Sum {
		buckets := make([]analysis.Sum, 4000)
		for i := range buckets {
			p := .8 + swing*(2*dice.Float64()-1)
			k := 0
			for range 50 {
				if dice.Float64() < p {
					k++
				}
			}
			buckets[i] = of(k, 50)
		}
		return buckets
	}
	if got := Inflation(analysis.Proportion, series(0)); got > 1.2 {
		t.Errorf("independent rows have inflation %v", got)
	}
	// The variance of the level is swing²/3, the factor 1 + 49·that/(p(1-p)).
	if got, want := Inflation(analysis.Proportion, series(.1)), 1+49*.01/3/.16; math.Abs(got/want-1) > .15 {
		t.Errorf("an unsteady level has inflation %v, want about %v", got, want)
	}
	if got := Inflation(analysis.Proportion, series(.3)[:5], nil); got != 1 {
		t.Errorf("five buckets have inflation %v", got)
	}
}

func TestMargin(t *testing.T) {
	for _, c := range []struct {
		drop, want float64
	}{{.2, .04}, {.01, .01}, {0, .02}, {-.1, .02}} {
		if got := Margin(analysis.Proportion, of(90, 100), c.drop); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("a drop of %v gives a margin of %v, want %v", c.drop, got, c.want)
		}
	}
	if _, err := Test(of(9, 10), of(9, 10), Question{}); err == nil {
		t.Error("a margin of 0 must be refused")
	}
}

// Below ten known rows nothing is said, however well they went.
func TestFewRowsSayNothing(t *testing.T) {
	for _, c := range []struct{ before, verify analysis.Sum }{{of(900, 1000), of(minKnown-1, minKnown-1)}, {of(minKnown-1, minKnown-1), of(900, 1000)}} {
		a, err := Test(c.before, c.verify, Question{Margin: .5})
		if err != nil || a.Verdict != Undecided || a.P != 1 || a.Interval.Lo > -1 || a.Interval.Hi < 1 {
			t.Errorf("%d rows before, %d since: %+v, %v", c.before.Known, c.verify.Known, a, err)
		}
	}
}
