package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Rows that follow each other share a shift, a carton and a hand, so a hundred
// of them tell less than a hundred independent ones. Blocks of time see it:
//
//	rows     · · · · | · · · · | · · · ·
//	blocks     S_1   |   S_2   |   S_3      how far the blocks differ is the noise

// Clustered is the 95 % interval of the mean over groups of rows that may hang
// together, a Sum a group:
//
//	m ± t(0.975, G−1)·√(G/(G−1)·Σ_g (S_g − n_g·m)²) / n
//
// and never narrower than m ± z·s/√n, which takes all rows for independent.
// Groups without known rows count for nothing; fewer than two groups leave the
// second interval, fewer than two known rows (−Inf, +Inf).
// Source: the sandwich estimator of Liang and Zeger 1986 for a mean.
func Clustered(groups []Sum) (mean float64, interval Interval) {
	var all Sum
	count := 0.0
	for _, g := range groups {
		if g.Known > 0 {
			all, count = all.Add(g), count+1
		}
	}
	if all.Known < 2 {
		return all.Mean(), Interval{math.Inf(-1), math.Inf(1)}
	}
	mean = all.Mean()
	n := float64(all.Known)
	half := Z95 * math.Sqrt(all.Variance()/n)
	if count >= 2 {
		squares := 0.0
		for _, g := range groups {
			off := g.Good - float64(g.Known)*mean
			squares += off * off
		}
		t := distuv.StudentsT{Sigma: 1, Nu: count - 1}.Quantile(0.975)
		half = max(half, t*math.Sqrt(count/(count-1)*squares)/n)
	}
	return mean, Interval{mean - half, mean + half}
}

// Minus is the interval of a − b for independent a and b with the given means
// and intervals: their half widths add as squares, each side by its own.
// Source: the square-and-add rule of Zou and Donner 2008.
func Minus(a float64, ia Interval, b float64, ib Interval) (difference float64, interval Interval) {
	d := a - b
	return d, Interval{d - math.Hypot(a-ia.Lo, ib.Hi-b), d + math.Hypot(ia.Hi-a, b-ib.Lo)}
}

// TimeBlocks numbers rows by which of n equal stretches of w their time lies
// in; times outside go to the nearest. An empty window is one block.
func TimeBlocks(w Window, n int) func(ns int64) int {
	from, length := nanos(w.From), float64(w.Duration())
	return func(ns int64) int {
		if length <= 0 {
			return 0
		}
		return max(0, min(n-1, int(float64(ns-from)/length*float64(n))))
	}
}
