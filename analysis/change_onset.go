package analysis

import (
	"cmp"
	"math"
	"slices"
)

// onsetLevel is how much of the onset's posterior its interval holds.
const onsetLevel = 0.90

// onset is the span of buckets, first to last, that holds 90 % of the
// posterior of where between the neighbouring cuts from and to the level
// changed:
//
//	P(τ) ∝ exp(−(cost(from,τ) + cost(τ,to) − least) / (2·spread))
//
// The most likely buckets are taken until they hold 90 %; the span is the
// hull of them and of the cut at. Cost: linear in to − from.
func (f fit) onset(from, at, to int) (first, last int) {
	posterior := make([]float64, to-from)
	least := math.Inf(1)
	for t := from + 1; t < to; t++ {
		posterior[t-from] = f.p.cost(from, t) + f.p.cost(t, to)
		least = min(least, posterior[t-from])
	}
	for i := range posterior {
		if posterior[i] = math.Exp(-(posterior[i] - least) / (2 * f.spread)); i == 0 {
			posterior[i] = 0
		}
	}
	first, last = hull(posterior)
	return min(at, from+first), max(at, from+last)
}

// hull is the first and last index of the smallest set of weights that holds
// onsetLevel of their sum.
func hull(weights []float64) (first, last int) {
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weights[a], weights[b]) })
	total := 0.0
	for _, w := range weights {
		total += w
	}
	first, last = len(weights), -1
	held := 0.0
	for k := len(order) - 1; k >= 0 && (last < 0 || held < onsetLevel*total); k-- {
		held += weights[order[k]]
		first, last = min(first, order[k]), max(last, order[k])
	}
	return first, last
}
