package twosample

import (
	"cmp"
	"math"
	"slices"
)

// Many tests at once: of 40 quiet columns two have p < 0.05. The functions
// here turn p into adjusted p that can be read against one threshold.
//
//	BenjaminiHochberg  share of false findings, tests independent or alike
//	BenjaminiYekutieli the same under any dependence (columns that sum others)
//	Holm               the chance of even one false finding
//
// All keep the order of their argument, return values in 0..1 and leave an
// empty argument empty.

// BenjaminiHochberg is the false discovery rate at which each p would be
// found: min over j ≥ rank of m·p_(j)/j. Source: Benjamini and Hochberg 1995.
func BenjaminiHochberg(p []float64) []float64 { return stepUp(p, float64(len(p))) }

// BenjaminiYekutieli is BenjaminiHochberg times Σ 1/i, valid under any
// dependence. Source: Benjamini and Yekutieli 2001.
func BenjaminiYekutieli(p []float64) []float64 {
	var harmonic float64
	for i := range p {
		harmonic += 1 / float64(i+1)
	}
	return stepUp(p, float64(len(p))*harmonic)
}

// Holm is the step-down Bonferroni adjustment: max over j ≤ rank of
// (m-j+1)·p_(j). Source: Holm 1979.
func Holm(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	worst := 0.0
	for rank, i := range ascending(p) {
		worst = max(worst, float64(len(p)-rank)*p[i])
		adjusted[i] = min(1, worst)
	}
	return adjusted
}

// stepUp walks from the largest p down, keeping the smallest factor·p/rank.
func stepUp(p []float64, factor float64) []float64 {
	adjusted := make([]float64, len(p))
	best := math.Inf(1)
	order := ascending(p)
	for rank := len(order) - 1; rank >= 0; rank-- {
		i := order[rank]
		best = min(best, factor*p[i]/float64(rank+1))
		adjusted[i] = min(1, best)
	}
	return adjusted
}

// ascending is the order that sorts p, ties as they stand.
func ascending(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	return order
}
