package analysis

import (
	"math"
	"slices"
)

const (
	pilotCuts    = 2   // cuts taken out before the noise is measured
	plainSegment = 2   // points; single values have no shorter level
	maxRho       = .95 // cap on the noise's lag-1 correlation
)

// fitPlain fits a trace of single values, whose noise must be learned from the
// series itself: two greedy cuts take the coarsest changes out, and what is
// left gives the noise's variance σ² (outliers clipped) and its correlation ρ
// from one value to the next. A cut then costs
//
//	penaltyPerCut · σ² · (1+ρ)/(1−ρ) · ln n
func fitPlain(t trace) fit {
	var y []float64
	for i, ok := range t.ok {
		if ok {
			y = append(y, t.y[i])
		}
	}
	variance, rho := pilotNoise(y)
	w := make([]float64, len(t.y))
	for i, ok := range t.ok {
		if ok && variance > 0 {
			w[i] = 1 / variance
		}
	}
	f := fit{p: newPrefix(t.y, w), spread: (1 + rho) / (1 - rho)}
	f.cuts = partition(f.p, penaltyPerCut*math.Log(float64(len(y)))*f.spread, plainSegment)
	return f
}

// pilotNoise is the variance and lag-1 correlation (0 to maxRho) of y around
// the levels between its greedy cuts, outliers pulled in to three MADs.
func pilotNoise(y []float64) (variance, rho float64) {
	n := len(y)
	p := newPrefix(y, slices.Repeat([]float64{1}, n))
	left := make([]float64, n)
	for _, s := range stretches(greedyCuts(p, pilotCuts), n) {
		m := p.mean(s[0], s[1])
		for i := s[0]; i < s[1]; i++ {
			left[i] = y[i] - m
		}
	}
	size := make([]float64, n)
	for i, r := range left {
		size[i] = math.Abs(r)
	}
	if limit := clipAt * 1.4826 * median(size); limit > 0 {
		for i, r := range left {
			left[i] = max(-limit, min(limit, r))
		}
	}
	var square, product float64
	for i, r := range left {
		square += r * r
		if i > 0 {
			product += r * left[i-1]
		}
	}
	if square == 0 {
		return 0, 0
	}
	return square / float64(n), max(0, min(maxRho, product/square))
}

// greedyCuts splits the stretch where a cut saves most, count times: fast and
// near enough to measure noise by.
func greedyCuts(p prefix, count int) []int {
	n := len(p.w) - 1
	var cuts []int
	for range count {
		best, at := 0.0, 0
		for _, s := range stretches(cuts, n) {
			whole := p.cost(s[0], s[1])
			for t := s[0] + 1; t < s[1]; t++ {
				if gain := whole - p.cost(s[0], t) - p.cost(t, s[1]); gain > best {
					best, at = gain, t
				}
			}
		}
		if at == 0 {
			break
		}
		cuts = append(cuts, at)
		slices.Sort(cuts)
	}
	return cuts
}
