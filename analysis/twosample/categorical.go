package twosample

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Two histograms a and b over the same k categories (counts, not shares):
// how far apart are they, and how far would they stand by chance alone?
//
//	a  ▁▃█▅▂        every distance here has a noise floor: two samples of one
//	b  ▂▅█▃▁        law differ by about (k-1)/(8·Ne) in JSD, Ne = n·m/(n+m).
//
// Reading a raw distance against a fixed threshold therefore flags 40 % of
// quiet columns at k = 30, n = 2000/500; the floor is taken off first.

// EffectiveSize is Ne = n·m/(n+m), the size that governs a comparison of two
// samples; 0 if either is empty.
func EffectiveSize(n, m float64) float64 {
	if n <= 0 || m <= 0 {
		return 0
	}
	return n * m / (n + m)
}

// ChiSquare is Pearson's χ² = Σ (O-E)²/E of the 2×k table, without continuity
// correction, with its degrees of freedom and p. Categories empty on both sides
// do not count. An empty side gives 0, 0, 1.
func ChiSquare(a, b []float64) (stat, df, p float64) {
	return overTable(a, b, func(o, e float64) float64 { return (o - e) * (o - e) / e })
}

// GTest is the likelihood-ratio χ² of the 2×k table, G = 2·Σ O·ln(O/E), with
// its degrees of freedom and p; conventions as in ChiSquare.
func GTest(a, b []float64) (stat, df, p float64) {
	return overTable(a, b, func(o, e float64) float64 { return 2 * XLogY(o, o/e) })
}

// overTable adds a term of the observed and the expected count over all cells.
func overTable(a, b []float64, term func(observed, expected float64) float64) (stat, df, p float64) {
	n, m := sumOf(a), sumOf(b)
	if n <= 0 || m <= 0 {
		return 0, 0, 1
	}
	df = -1
	for i := range a {
		both := a[i] + b[i]
		if both <= 0 {
			continue
		}
		stat += term(a[i], both*n/(n+m)) + term(b[i], both*m/(n+m))
		df++
	}
	return stat, df, chiSquareTail(stat, df)
}

// CramersV is the strength of association √(χ²/N) of a 2×k table, 0..1, and
// the same with its noise floor (k-1)/(N-1) taken off.
func CramersV(a, b []float64) (raw, corrected float64) {
	stat, df, _ := ChiSquare(a, b)
	total := sumOf(a) + sumOf(b)
	if total <= 1 {
		return 0, 0
	}
	v := stat / total
	return math.Sqrt(v), math.Sqrt(max(0, v-max(0, df)/(total-1)))
}

// JSD is the Jensen-Shannon divergence of two histograms in nats, 0..ln 2;
// its square root is a distance. An empty side is 0.
func JSD(a, b []float64) float64 {
	n, m := sumOf(a), sumOf(b)
	if n <= 0 || m <= 0 {
		return 0
	}
	var d float64
	for i := range a {
		p, q := a[i]/n, b[i]/m
		mid := (p + q) / 2
		d += (XLogY(p, p/mid) + XLogY(q, q/mid)) / 2
	}
	return max(0, d)
}

// JSDFloor is what JSD two samples of one law show by chance: the mean
// (k-1)/(8·Ne) and the 99 % point χ²_{.99,k-1}/(8·Ne).
func JSDFloor(k int, ne float64) (mean, q99 float64) {
	mean, q99 = PSIFloor(k, ne)
	return mean / 8, q99 / 8
}

// PSI is the population stability index Σ(p-q)·ln(p/q) with half a row added
// to every category, so that an empty one is finite.
func PSI(a, b []float64) float64 {
	k := float64(len(a))
	n, m := sumOf(a)+k/2, sumOf(b)+k/2
	var d float64
	for i := range a {
		p, q := (a[i]+0.5)/n, (b[i]+0.5)/m
		d += (p - q) * math.Log(p/q)
	}
	return d
}

// PSIFloor is the PSI of two samples of one law: the mean (k-1)/Ne and the
// 99 % point χ²_{.99,k-1}/Ne. One category, or nothing to compare, is 0.
func PSIFloor(k int, ne float64) (mean, q99 float64) {
	if k < 2 || ne <= 0 {
		return 0, 0
	}
	df := float64(k - 1)
	return df / ne, distuv.ChiSquared{K: df}.Quantile(0.99) / ne
}

// Hellinger is the Hellinger distance √(½·Σ(√p-√q)²), 0..1.
func Hellinger(a, b []float64) float64 {
	n, m := sumOf(a), sumOf(b)
	if n <= 0 || m <= 0 {
		return 0
	}
	var d float64
	for i := range a {
		x := math.Sqrt(a[i]/n) - math.Sqrt(b[i]/m)
		d += x * x
	}
	return math.Sqrt(d / 2)
}

// TotalVariation is ½·Σ|p-q|: the share of rows that would have to move; and
// the largest single difference max|p-q|.
func TotalVariation(a, b []float64) (tv, largest float64) {
	n, m := sumOf(a), sumOf(b)
	if n <= 0 || m <= 0 {
		return 0, 0
	}
	for i := range a {
		d := math.Abs(a[i]/n - b[i]/m)
		tv += d / 2
		largest = max(largest, d)
	}
	return tv, largest
}

// chiSquareTail is P(χ²_df ≥ stat); 1 without degrees of freedom.
func chiSquareTail(stat, df float64) float64 {
	if df <= 0 || stat <= 0 {
		return 1
	}
	return distuv.ChiSquared{K: df}.Survival(stat)
}

// XLogY is x·ln(y), and 0 where x is 0 whatever y is.
func XLogY(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log(y)
}

func sumOf(x []float64) float64 {
	var s float64
	for _, v := range x {
		s += v
	}
	return s
}
