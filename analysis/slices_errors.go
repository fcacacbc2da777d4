package analysis

import (
	"math"

	"andon/analysis/twosample"
)

// Errors are counts: a slice expected to make 10 makes 10 ± √10, and surprise
// grows with the logarithm of how many times more it made.

// pseudoErrors is the weight of a leaf's main effects against its own history,
// and of the doubt about a baseline made from few errors.
//
// Source: methods 3.1, chosen on half of the real incidents.
const pseudoErrors = 30

// errorLaw is the law of counted errors.
type errorLaw struct{}

// baseline rakes: each dimension's values in turn are scaled until their
// expected errors match the observed ones, so that a leaf with few rows
// borrows the rate its values have elsewhere; then its own history is added.
func (errorLaw) baseline(l *leafTable) []float64 {
	rate := make([]float64, l.cells)
	global := l.total.seen0 / max(1, l.total.n0)
	for i := range rate {
		rate[i] = global
	}
	for range rakeSweeps {
		for d := range l.keys {
			l.rake(d, rate)
		}
	}
	for i, leaf := range l.leaves {
		r := rate[i] * (leaf.seen0 + pseudoErrors) / (leaf.n0*rate[i] + pseudoErrors)
		rate[i] = min(.999, max(1e-7, r))
	}
	return rate
}

const (
	rakeSweeps = 8
	rakePrior  = 5 // pseudo-errors that hold a value's factor near 1
)

func (errorLaw) surprise(in, out tally) float64 {
	if in.seen1 <= 0 || out.expected <= 0 || in.seen1*out.expected <= out.seen1*in.expected {
		return 0
	}
	all := in.add(out)
	llr := twosample.XLogY(in.seen1, in.seen1/in.expected) + twosample.XLogY(out.seen1, out.seen1/out.expected) -
		twosample.XLogY(all.seen1, all.seen1/all.expected)
	return max(0, llr) / doubtErrors(in)
}

// pastErrors is how many pseudo-errors hold a slice's past to its baseline.
const pastErrors = 1

func (l errorLaw) news(in, out tally) float64 {
	in.expected *= max(1, (in.seen0+pastErrors)/(in.fore+pastErrors))
	if in.seen1 <= in.expected {
		return 0
	}
	return l.surprise(in, out)
}

// doubtErrors is the variance of a slice's errors relative to a baseline known
// exactly: one for the errors After, and as much again for each time they
// exceed the errors the baseline rests on.
func doubtErrors(t tally) float64 { return 1 + t.unabsorbed/max(1, t.seen0+pseudoErrors) }

func outsideRatio(out tally) float64 { return max(.5, out.seen1) / max(1e-9, out.expected) }

func (errorLaw) step(in, out tally) float64 {
	return math.Log(max(.5, in.seen1) / max(1e-9, in.expected) / outsideRatio(out))
}

func (errorLaw) z(rest, out tally) float64 {
	expected := rest.expected * outsideRatio(out)
	return (rest.seen1 - expected) / math.Sqrt(max(.5, expected*doubtErrors(rest)))
}

func (errorLaw) excess(in, out tally) float64 { return in.seen1 - in.expected*outsideRatio(out) }

func (errorLaw) absorb(leaf, in, out tally) float64 {
	return leaf.expected * (in.seen1 / max(1e-9, in.expected)) / outsideRatio(out)
}
