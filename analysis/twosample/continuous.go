package twosample

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Two samples x (before) and y (after) of one quantity, value by value. These
// are the exact statistics; histogram.go has their likes for shared bins, for
// where the values themselves are gone.

// KolmogorovSmirnov is the largest gap between the two distribution functions
// and its two-sided p, from the exact law of the one-sample statistic at
// n = round(Ne). Ties make it conservative. An empty side gives 0, 1. Cost:
// two sorts. Source: scipy ks_2samp(method="asymp").
func KolmogorovSmirnov(x, y []float64) (d, p float64) {
	if len(x) == 0 || len(y) == 0 {
		return 0, 1
	}
	x, y = sortedCopy(x), sortedCopy(y)
	n, m := float64(len(x)), float64(len(y))
	walk(x, y, func(i, j int, _ float64) {
		d = max(d, math.Abs(float64(i)/n-float64(j)/m))
	})
	return d, KolmogorovTail(int(math.RoundToEven(EffectiveSize(n, m))), d)
}

// Wasserstein is the earth mover's distance ∫|F-G|: how far the average value
// has to travel, in the unit of the values. An empty side is 0.
func Wasserstein(x, y []float64) float64 {
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	x, y = sortedCopy(x), sortedCopy(y)
	n, m := float64(len(x)), float64(len(y))
	var total float64
	walk(x, y, func(i, j int, width float64) {
		total += math.Abs(float64(i)/n-float64(j)/m) * width
	})
	return total
}

// walk visits every distinct value of two sorted samples with the number of
// values at or below it in each, and the distance to the next value.
func walk(x, y []float64, visit func(i, j int, width float64)) {
	for i, j := 0, 0; i < len(x) || j < len(y); {
		v := math.Inf(1)
		if i < len(x) {
			v = x[i]
		}
		if j < len(y) {
			v = min(v, y[j])
		}
		for i < len(x) && x[i] == v {
			i++
		}
		for j < len(y) && y[j] == v {
			j++
		}
		next := math.Inf(1)
		if i < len(x) {
			next = x[i]
		}
		if j < len(y) {
			next = min(next, y[j])
		}
		width := 0.0
		if !math.IsInf(next, 1) {
			width = next - v
		}
		visit(i, j, width)
	}
}

// MannWhitney is AUC = P(Y > X) + ½·P(Y = X), 0.5 for no shift, with the
// two-sided p of the normal approximation, corrected for ties and continuity.
// An empty side, or values all equal, gives p = 1.
// Source: scipy mannwhitneyu(method="asymptotic").
func MannWhitney(x, y []float64) (auc, p float64) {
	n, m := float64(len(x)), float64(len(y))
	if n == 0 || m == 0 {
		return 0.5, 1
	}
	xs, ys := sortedCopy(x), sortedCopy(y)
	var wins, ties float64
	before, seen := 0, 0
	walk(xs, ys, func(i, j int, _ float64) {
		sameX, sameY := float64(i-before), float64(j-seen)
		wins += sameY * (float64(before) + sameX/2)
		t := sameX + sameY
		ties += t*t*t - t
		before, seen = i, j
	})
	all := n + m
	variance := n * m / 12 * (all + 1 - ties/(all*(all-1)))
	if variance <= 0 {
		return 0.5, 1
	}
	z := (math.Abs(wins-n*m/2) - 0.5) / math.Sqrt(variance)
	return wins / (n * m), min(1, math.Erfc(z/math.Sqrt2))
}

// WelchT is Welch's t, before minus after, and its two-sided p, variances not
// assumed equal. Fewer than two values on a side, or no variance, gives 0, 1.
func WelchT(x, y []float64) (t, p float64) {
	if len(x) < 2 || len(y) < 2 {
		return 0, 1
	}
	mx, vx := meanVariance(x)
	my, vy := meanVariance(y)
	a, b := vx/float64(len(x)), vy/float64(len(y))
	if a+b == 0 {
		return 0, 1
	}
	t = (mx - my) / math.Sqrt(a+b)
	df := (a + b) * (a + b) / (a*a/float64(len(x)-1) + b*b/float64(len(y)-1))
	return t, 2 * distuv.StudentsT{Sigma: 1, Nu: df}.Survival(math.Abs(t))
}

// BrownForsythe tests whether the spreads differ: the F of the distances from
// each sample's median, and its p. Fewer than two values on a side gives 0, 1.
// Source: scipy levene(center="median").
func BrownForsythe(x, y []float64) (f, p float64) {
	if len(x) < 2 || len(y) < 2 {
		return 0, 1
	}
	a, b := fromMedian(x), fromMedian(y)
	ma, va := meanVariance(a)
	mb, vb := meanVariance(b)
	n, m := float64(len(x)), float64(len(y))
	within := (va*(n-1) + vb*(m-1)) / (n + m - 2)
	if within == 0 {
		return 0, 1
	}
	f = EffectiveSize(n, m) * (ma - mb) * (ma - mb) / within
	// The upper tail of F(1, ν) by the incomplete beta function: 1 - CDF would
	// lose every digit below 1e-16.
	nu := n + m - 2
	return f, mathext.RegIncBeta(nu/2, 0.5, nu/(nu+f))
}

func fromMedian(x []float64) []float64 {
	s := sortedCopy(x)
	mid := (s[(len(s)-1)/2] + s[len(s)/2]) / 2
	for i, v := range x {
		s[i] = math.Abs(v - mid)
	}
	return s
}

// meanVariance is the mean and the unbiased variance of at least two values.
func meanVariance(x []float64) (mean, variance float64) {
	mean = sumOf(x) / float64(len(x))
	for _, v := range x {
		variance += (v - mean) * (v - mean)
	}
	return mean, variance / float64(len(x)-1)
}

func sortedCopy(x []float64) []float64 {
	s := slices.Clone(x)
	slices.Sort(s)
	return s
}
