package twosample

import "math"

// Two histograms over the same ordered bins, where values are gone and only
// counts stand. What happens inside a bin is lost, so KS is a lower bound.
//
//	a  ▂▆█▅▁          F ┌───────
//	b   ▁▃▇█▄           │   ┌───   the area between F and G is W1,
//	                  G │ ┌─┘      the largest gap KS

// Ordered compares two histograms over ascending bins: the largest gap of the
// distribution functions, P(Y > X) + ½·P(Y = X) with X from a and Y from b,
// and the earth mover's distance between the bins' mids, in the unit of mids.
// mids must ascend. An empty side is 0, 0.5, 0.
func Ordered(a, b, mids []float64) (ks, auc, w1 float64) {
	n, m := sumOf(a), sumOf(b)
	if n <= 0 || m <= 0 {
		return 0, 0.5, 0
	}
	var f, g float64
	for i := range a {
		p, q := a[i]/n, b[i]/m
		auc += q * (f + p/2)
		f, g = f+p, g+q
		ks = max(ks, math.Abs(f-g))
		if i+1 < len(mids) {
			w1 += math.Abs(f-g) * (mids[i+1] - mids[i])
		}
	}
	return ks, auc, w1
}

// W1Floor is the W1 that two samples of the pooled law show by chance:
// √(2/π)·∫√(F(1-F))dx / √Ne.
func W1Floor(a, b, mids []float64) float64 {
	n, m := sumOf(a), sumOf(b)
	ne := EffectiveSize(n, m)
	if ne == 0 {
		return 0
	}
	var f, area float64
	for i := range a {
		f += (a[i] + b[i]) / (n + m)
		if i+1 < len(mids) {
			area += math.Sqrt(max(0, f*(1-f))) * (mids[i+1] - mids[i])
		}
	}
	return math.Sqrt(2/math.Pi) * area / math.Sqrt(ne)
}
