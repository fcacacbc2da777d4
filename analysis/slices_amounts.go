package analysis

import "math"

// Amounts, such as the absolute error of a regression, are sums: a slice of n
// rows lies within σ·√n of its expected sum, and surprise grows with the square
// of the difference of means.

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
