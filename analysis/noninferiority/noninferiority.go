// Package noninferiority asks whether a fix brought quality back: not whether
// it is exactly what it was, which no finite number of labels can show, but
// whether it is worse by less than a margin that matters.
//
//	worse than before by            0        the margin
//	                   better ◀─────┼───────────┼─────▶ worse
//	  restored          ├──────●────────┤       │        the whole interval lies
//	                                │           │        this side of the margin
//	  not restored                  │           │  ├──●──┤
//	  undecided                     │    ├──────●─────┤  more labels are needed
package noninferiority

import (
	"fmt"
	"math"

	"andon/analysis"
)

// Verdict is what the comparison shows.
type Verdict string

const (
	Restored    Verdict = "restored"     // not worse than before by the margin
	NotRestored Verdict = "not restored" // worse than before by more than the margin
	Undecided   Verdict = "undecided"    // too few labels to say
)

// Question is what is asked of two windows.
type Question struct {
	Scale       analysis.Scale
	LowerBetter bool
	Margin      float64 // > 0, in the unit of quality: .02 is two points
	// Inflation is how many times the variance of a mean exceeds that of
	// independent rows, see [Inflation]; below 1 counts as 1.
	Inflation float64
}

// Answer is the comparison of the window after the fix with the one before the
// drop. Difference and Interval are verify minus before. P is the probability
// of data this good if quality were worse by the margin. Power is the chance
// that labels as many as these show a fix that is just as good as before; More
// is how many labels the verify window lacks for a chance of 80 %, 0 for none
// and -1 where no number is enough, as the window before has too few itself.
type Answer struct {
	Before, Verify analysis.Sum
	Difference     float64
	Interval       analysis.Interval // 95 %
	P              float64
	Verdict        Verdict
	Power          float64
	More           int
}

// level is the one-sided error: a fix that is worse by the margin is called
// restored once in forty times.
const (
	level    = .025
	z        = analysis.Z95 // Φ(z) = 1 − level
	minKnown = 10           // rows of known quality below which nothing is said
)

// Test compares the window after the fix with the one before the drop. On the
// Proportion scale it is the score test of Farrington and Manning in the form
// of Miettinen and Nurminen, on the other Welch's; the sums are divided by
// q.Inflation first. Fewer than ten known rows in a window are Undecided. The
// interval lies on one side of the margin exactly if the verdict says so. It
// fails for a margin that is not positive. Cost: constant.
func Test(before, verify analysis.Sum, q Question) (Answer, error) {
	if !(q.Margin > 0) || math.IsInf(q.Margin, 0) {
		return Answer{}, fmt.Errorf("compare with the window before: the margin is %v; give one above 0, such as 0.02 for two points", q.Margin)
	}
	a := Answer{Before: before, Verify: verify, Difference: verify.Mean() - before.Mean(), Verdict: Undecided, P: 1}
	test := newTest(q, before, verify)
	worse := test.interval() // of how much worse it got
	a.Interval = analysis.Interval{Lo: -worse.Hi, Hi: -worse.Lo}
	if q.LowerBetter {
		a.Interval = worse
	}
	a.Power, a.More = chance(test, q, before, verify)
	if min(before.Known, verify.Known) < minKnown {
		a.Interval = unbounded(q.Scale)
		return a, nil
	}
	a.P = test.p(q.Margin)
	switch {
	case worse.Hi < q.Margin:
		a.Verdict = Restored
	case worse.Lo > q.Margin:
		a.Verdict = NotRestored
	}
	return a, nil
}

// unbounded is the interval of a difference of which nothing is known.
func unbounded(scale analysis.Scale) analysis.Interval {
	if scale == analysis.Proportion {
		return analysis.Interval{Lo: -1, Hi: 1}
	}
	return analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
}

// test is one of the two ways to compare, oriented so that more is worse.
type test interface {
	// interval is the 95 % interval of how much worse the verify window is.
	interval() analysis.Interval
	// p is the one-sided probability of these sums if it were worse by margin.
	p(margin float64) float64
	// power is the chance to show "not worse by margin" with n known rows in
	// the verify window, if it is as good as before.
	power(margin, n float64) float64
}

func newTest(q Question, before, verify analysis.Sum) test {
	inflation := max(1, q.Inflation)
	if q.Scale == analysis.Amount {
		return newMeans(before, verify, inflation, q.LowerBetter)
	}
	return newShares(before, verify, inflation, q.LowerBetter)
}

// wanted is the chance that a verification should have to succeed.
const wanted = .8

// chance is the power of the test and the number of labels that are lacking.
func chance(t test, q Question, before, verify analysis.Sum) (power float64, more int) {
	if before.Known < minKnown {
		return 0, -1
	}
	inflation := max(1, q.Inflation)
	now := float64(verify.Known) / inflation
	power = t.power(q.Margin, now)
	if power >= wanted {
		return power, max(0, minKnown-verify.Known)
	}
	const most = 1e9
	if t.power(q.Margin, most) < wanted {
		return power, -1
	}
	lo, hi := now, most
	for hi-lo > .5 {
		if middle := (lo + hi) / 2; t.power(q.Margin, middle) < wanted {
			lo = middle
		} else {
			hi = middle
		}
	}
	return power, int(math.Ceil((hi - now) * inflation))
}
