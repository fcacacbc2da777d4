package analysis

// The leaves of a search as plain numbers, one tally a cell, errors counted as
// "worse" whatever the metric calls better:
//
//	keys[line]    0 0 1 1 2 2        cells along
//	keys[shift]   0 1 0 1 0 1
//	leaves        . . . . . .        tallies
type leafTable struct {
	cells  int
	keys   [][]uint32 // per dimension, per cell
	sizes  []int      // values per dimension
	leaves []tally
	total  tally
}

// newLeafTable turns cells into tallies. On the Proportion scale seen counts
// the rows that are not good; on the other it is the sum of amounts. It is
// turned round where higher is better, so that more always means worse.
func newLeafTable(l Leaves, scale Scale, lowerBetter bool) *leafTable {
	t := &leafTable{cells: len(l.Cells), keys: make([][]uint32, len(l.Dims)),
		sizes: make([]int, len(l.Dims)), leaves: make([]tally, len(l.Cells))}
	for d := range l.Dims {
		t.keys[d] = make([]uint32, len(l.Cells))
		t.sizes[d] = len(l.Values[d])
	}
	for i, c := range l.Cells {
		for d, k := range c.Key {
			t.keys[d][i] = k
		}
		leaf := tally{n0: float64(c.Before.Known), n1: float64(c.After.Known)}
		leaf.seen0, leaf.seen1 = worseSum(c.Before, scale, lowerBetter), worseSum(c.After, scale, lowerBetter)
		t.leaves[i] = leaf
		t.total = t.total.add(leaf)
	}
	return t
}

// worseSum is how much of s is bad.
func worseSum(s Sum, scale Scale, lowerBetter bool) float64 {
	switch {
	case lowerBetter:
		return s.Good
	case scale == Proportion:
		return float64(s.Known) - s.Good
	}
	return -s.Good
}

// Total is the sum of all cells, before and after.
func (l Leaves) Total() (before, after Sum) {
	for _, c := range l.Cells {
		before, after = before.Add(c.Before), after.Add(c.After)
	}
	return before, after
}

// expect sets every leaf's baseline from a law.
func (l *leafTable) expect(rule law) {
	var total tally
	for i, row := range rule.baseline(l) {
		leaf := &l.leaves[i]
		leaf.fore, leaf.expected = leaf.n0*row, leaf.n1*row
		leaf.unabsorbed = leaf.expected
		total = total.add(*leaf)
	}
	l.total = total
}

// rake scales the rates so that every value of dimension d expects as many
// errors before as it had.
func (l *leafTable) rake(d int, rate []float64) {
	seen := make([]float64, l.sizes[d])
	expected := make([]float64, l.sizes[d])
	for i, k := range l.keys[d] {
		seen[k] += l.leaves[i].seen0
		expected[k] += l.leaves[i].n0 * rate[i]
	}
	for i, k := range l.keys[d] {
		rate[i] = min(.999, max(1e-7, rate[i]*(seen[k]+rakePrior)/(expected[k]+rakePrior)))
	}
}

// shift moves the means so that every value of dimension d expects the sum
// before that it had, up to shrinkage.
func (l *leafTable) shift(d int, mean []float64) {
	gap := make([]float64, l.sizes[d])
	rows := make([]float64, l.sizes[d])
	for i, k := range l.keys[d] {
		gap[k] += l.leaves[i].seen0 - l.leaves[i].n0*mean[i]
		rows[k] += l.leaves[i].n0
	}
	for i, k := range l.keys[d] {
		mean[i] += gap[k] / (rows[k] + pseudoRows)
	}
}

// spread is the variance of one row within its cell, pooled over both windows.
func (l Leaves) spread() float64 {
	var squares, df float64
	for _, c := range l.Cells {
		for _, s := range []Sum{c.Before, c.After} {
			if s.Known > 1 {
				squares += max(0, s.GoodSq-s.Good*s.Good/float64(s.Known))
				df += float64(s.Known - 1)
			}
		}
	}
	if df == 0 {
		return 0
	}
	return squares / df
}
