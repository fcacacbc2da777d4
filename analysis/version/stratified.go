// Package version compares releases, models and plants on rows that can be
// compared.
//
//	lineage      which version answered when and where
//	compare      two of them on the same traffic, cell by cell
//	rollout      the lines that got it against those that did not, before and
//	             after: a difference in differences
//
// Where two never met the same traffic it says so instead of a number.
package version

import (
	"math"

	"andon/analysis"
)

// Two versions seldom get the same mix. Cut into cells of like traffic, each
// cell is a small fair trial, and the trials are pooled:
//
//	hour  line      a            b         b − a
//	 06   L1    0.94 of 90   0.93 of 30    −.01  weight 22.5
//	 06   L2    0.80 of 10   0.79 of 90    −.01  weight  9
//	crude           0.93         0.83      −.10  all of it mix

// Stratum is one cell of like traffic: the sums of a and of b.
type Stratum struct{ A, B analysis.Sum }

// Pooled is b − a over strata. Difference is NaN, Interval unbounded and P 1
// where no stratum has known rows of both. Strata and Known count what was
// used, by a and b.
type Pooled struct {
	Difference float64
	Interval   analysis.Interval
	P          float64
	Strata     int
	Known      [2]int
}

// MantelHaenszel pools the differences of two shares over strata by
//
//	δ = Σ w_k·(p_Bk − p_Ak) / Σ w_k,  w_k = n_A·n_B / (n_A + n_B)
//
// with Sato's variance, which holds for few large strata and for many of a
// handful of rows, and the two-sided p of the Cochran-Mantel-Haenszel test
// without correction. Cost: linear. Source: Mantel and Haenszel 1959; Sato 1989.
func MantelHaenszel(strata []Stratum) Pooled {
	out := Pooled{Difference: math.NaN(), Interval: analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}, P: 1}
	var sum, weight, p, q, excess, variance float64
	for _, s := range strata {
		n0, n1 := float64(s.A.Known), float64(s.B.Known)
		if n0 == 0 || n1 == 0 {
			continue
		}
		x0, x1, n := s.A.Good, s.B.Good, n0+n1
		out.Strata++
		out.Known[0] += s.A.Known
		out.Known[1] += s.B.Known
		sum += (x1*n0 - x0*n1) / n
		weight += n0 * n1 / n
		p += (n1*n1*x0 - n0*n0*x1 + n1*n0*(n0-n1)/2) / (n * n)
		q += (x1*(n0-x0) + x0*(n1-x1)) / (2 * n)
		excess += x1 - n1*(x0+x1)/n
		if n > 1 {
			variance += n0 * n1 * (x0 + x1) * (n - x0 - x1) / (n * n * (n - 1))
		}
	}
	if weight == 0 {
		return out
	}
	d := sum / weight
	half := analysis.Z95 * math.Sqrt(max(0, d*p+q)) / weight
	out.Difference, out.Interval = d, analysis.Interval{Lo: max(-1, d-half), Hi: min(1, d+half)}
	if variance > 0 {
		out.P = math.Erfc(math.Abs(excess) / math.Sqrt(2*variance))
	}
	return out
}

// PoolMeans pools the differences of two means over strata with the same
// weights. The variance within strata is pooled over each side, so that a
// stratum of one row counts too; with fewer than two degrees of freedom on a
// side the interval is unbounded. P is that of a normal test.
func PoolMeans(strata []Stratum) Pooled {
	out := Pooled{Difference: math.NaN(), Interval: analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}, P: 1}
	var sum, weight float64
	var squares, freedom, scale [2]float64
	for _, s := range strata {
		if s.A.Known == 0 || s.B.Known == 0 {
			continue
		}
		n0, n1 := float64(s.A.Known), float64(s.B.Known)
		out.Strata++
		w := n0 * n1 / (n0 + n1)
		sum += w * (s.B.Mean() - s.A.Mean())
		weight += w
		for side, one := range [2]analysis.Sum{s.A, s.B} {
			n := float64(one.Known)
			out.Known[side] += one.Known
			squares[side] += one.Variance() * (n - 1)
			freedom[side] += n - 1
			scale[side] += w * w / n
		}
	}
	if weight == 0 {
		return out
	}
	out.Difference = sum / weight
	if freedom[0] < 2 || freedom[1] < 2 {
		return out
	}
	se := math.Sqrt(scale[0]*squares[0]/freedom[0]+scale[1]*squares[1]/freedom[1]) / weight
	out.Interval = analysis.Interval{Lo: out.Difference - analysis.Z95*se, Hi: out.Difference + analysis.Z95*se}
	if se > 0 {
		out.P = math.Erfc(math.Abs(out.Difference) / se / math.Sqrt2)
	}
	return out
}

// pool is the one of the two that fits the scale.
func pool(scale analysis.Scale, strata []Stratum) Pooled {
	if scale == analysis.Proportion {
		return MantelHaenszel(strata)
	}
	return PoolMeans(strata)
}
