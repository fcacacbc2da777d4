package analysis

import "math"

// A column can move without mattering: the night is darker and no hand is
// missed for it. What matters is whether its bins tell good rows from bad:
//
//	bin      before   after    quality before, after
//	dark       0 %     33 %       -      5 %     ← the drop is here
//	bright   100 %     67 %     93 %    93 %

// relevanceRows is how many rows at the window's mean quality are added to
// every bin, so that a bin of two labels tells little.
const relevanceRows = 10

// relevance is how much of the drop a column's bins tell, 0..1:
//
//	( (mix + new)·sign Δ  +  Σ_bins max(0, within_bin - w1_bin·within) ) / |Δ|
//
// the share of the drop that other proportions of its bins, or bins before
// never had, account for, and how unevenly the rest falls on its bins compared
// with their share of the rows. Δ is over the rows that have a value, at least
// 1.96 standard errors of it, so that a drop within the noise tells little. 0
// where nothing is known about quality in a window. told is the first part
// alone, ≤ 1, and below 0 where the bins would have made quality better.
func relevance(p Profile, m Measure) (all, told float64) {
	var cells []Cell
	var before, after Sum
	for i, c := range singleCells(p) {
		if p.Bins[i].Null {
			continue
		}
		cells = append(cells, c)
		before, after = before.Add(c.Before), after.Add(c.After)
	}
	if before.Known < 2 || after.Known < 2 {
		return 0, 0
	}
	delta := after.Mean() - before.Mean()
	noise := standardError(m.Scale, before, after)
	var within float64
	parts := make([]AccountPart, len(cells))
	for i, c := range cells {
		parts[i] = splitCell(steadied(c, before, after), before, after)
		told += parts[i].Mix + parts[i].New
		within += parts[i].Within
	}
	size := max(math.Abs(delta), 1.96*noise)
	if size == 0 {
		return 0, 0
	}
	direction := math.Copysign(1, delta)
	var uneven float64
	for i, c := range cells {
		w1 := float64(c.After.Known) / float64(after.Known)
		excess := direction * (parts[i].Within - w1*within)
		uneven += max(0, excess-w1*binNoise(m.Scale, c, before, after))
	}
	told *= direction
	return min(1, (max(0, told)+uneven)/size), min(1, told/size)
}

// steadied is a cell with its qualities drawn to those of the windows.
func steadied(c Cell, before, after Sum) Cell {
	draw := func(s, all Sum) Sum {
		if s.Known == 0 {
			return s
		}
		n := float64(s.Known)
		s.Good = n * (s.Good + relevanceRows*all.Mean()) / (n + relevanceRows)
		return s
	}
	return Cell{Before: draw(c.Before, before), After: draw(c.After, after)}
}

// standardError is that of the difference of the means.
func standardError(scale Scale, before, after Sum) float64 {
	row := func(s Sum) float64 {
		if s.Known == 0 {
			return 0
		}
		if scale == Amount {
			return s.Variance() / float64(s.Known)
		}
		return s.Mean() * (1 - s.Mean()) / float64(s.Known)
	}
	return math.Sqrt(row(before) + row(after))
}

// binNoise is the standard error of a bin's change of quality, from the
// windows' variances: the bin's own would be zero for a bin all right.
func binNoise(scale Scale, c Cell, before, after Sum) float64 {
	row := func(n int, all Sum) float64 {
		variance := all.Mean() * (1 - all.Mean())
		if scale == Amount {
			variance = all.Variance()
		}
		return variance / (float64(n) + relevanceRows)
	}
	return math.Sqrt(row(c.Before.Known, before) + row(c.After.Known, after))
}
