package analysis

import "math"

// A slice search compares what was observed after the change with what the
// leaves' baselines let one expect, inside a slice and outside it. How
// surprising a difference is depends on the scale:
//
//	Proportion   errors are Poisson around the expected errors
//	Amount       sums are normal around the expected sums
//
// A law answers the same five questions on either scale.

// tally adds up leaves: the known rows of both windows, what was observed in
// them (errors, or the sum of amounts), what the baseline expects After, the
// same before any earlier slice was taken into the baseline, and what the
// baseline would have expected Before.
type tally struct {
	n0, n1     float64
	seen0      float64
	seen1      float64
	expected   float64
	unabsorbed float64
	fore       float64
}

func (t tally) add(o tally) tally {
	return tally{t.n0 + o.n0, t.n1 + o.n1, t.seen0 + o.seen0, t.seen1 + o.seen1,
		t.expected + o.expected, t.unabsorbed + o.unabsorbed, t.fore + o.fore}
}

func (t tally) sub(o tally) tally {
	return tally{t.n0 - o.n0, t.n1 - o.n1, t.seen0 - o.seen0, t.seen1 - o.seen1,
		t.expected - o.expected, t.unabsorbed - o.unabsorbed, t.fore - o.fore}
}

// law is what a search needs to know about the scale.
type law interface {
	// baseline is what a row of every leaf is expected to show.
	baseline(leaves *leafTable) []float64
	// surprise is the log likelihood ratio of "in got worse than out" against
	// "in moved like out", ≥ 0; 0 where in did not get worse.
	surprise(in, out tally) float64
	// news is surprise against the slice's own past, where that was worse than
	// the baseline knew: camera and shift may always have been bad together.
	// What stayed behind where the rest got better is no news.
	news(in, out tally) float64
	// step is how much worse in got than out: a log ratio or a difference.
	step(in, out tally) float64
	// z is the step of rest against out in standard errors.
	z(rest, out tally) float64
	// excess is how much of what was seen in exceeds what out lets expect.
	excess(in, out tally) float64
	// absorb is a leaf's new baseline once in is known to have moved.
	absorb(leaf, in, out tally) float64
}

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
	llr := xlogy(in.seen1, in.seen1/in.expected) + xlogy(out.seen1, out.seen1/out.expected) -
		xlogy(all.seen1, all.seen1/all.expected)
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

// amountLaw is the law of sums of amounts with the given variance of one row.
type amountLaw struct{ variance float64 }

// pseudoRows is to amounts what pseudoErrors is to errors.
const pseudoRows = 30

// baseline adds up main effects, each shrunk by pseudoRows, then the leaf's
// own deviation from them, shrunk likewise.
func (amountLaw) baseline(l *leafTable) []float64 {
	mean := make([]float64, l.cells)
	global := l.total.seen0 / max(1, l.total.n0)
	for i := range mean {
		mean[i] = global
	}
	for range rakeSweeps {
		for d := range l.keys {
			l.shift(d, mean)
		}
	}
	for i, leaf := range l.leaves {
		mean[i] += (leaf.seen0 - leaf.n0*mean[i]) / (leaf.n0 + pseudoRows)
	}
	return mean
}

func deviation(t tally) float64 { return (t.seen1 - t.expected) / max(1e-9, t.n1) }

func doubtRows(t tally) float64 { return 1 + t.n1/(t.n0+pseudoRows) }

func (a amountLaw) surprise(in, out tally) float64 {
	d := deviation(in) - deviation(out)
	if in.n1 <= 0 || out.n1 <= 0 || d <= 0 || a.variance <= 0 {
		return 0
	}
	return d * d / (2 * a.variance * (1/in.n1 + 1/out.n1)) / doubtRows(in)
}

func (a amountLaw) news(in, out tally) float64 {
	in.expected += in.n1 * max(0, (in.seen0-in.fore)/(in.n0+pastErrors))
	out.expected = min(out.expected, out.seen1)
	return a.surprise(in, out)
}

func (amountLaw) step(in, out tally) float64 { return deviation(in) - deviation(out) }

func (a amountLaw) z(rest, out tally) float64 {
	if rest.n1 <= 0 || a.variance <= 0 {
		return 0
	}
	return (deviation(rest) - deviation(out)) / math.Sqrt(a.variance*doubtRows(rest)/rest.n1)
}

func (amountLaw) excess(in, out tally) float64 {
	return in.n1 * (deviation(in) - deviation(out))
}

func (amountLaw) absorb(leaf, in, out tally) float64 {
	return leaf.expected + leaf.n1*(deviation(in)-deviation(out))
}
