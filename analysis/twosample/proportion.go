package twosample

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Two shares, each a count k of n:
//
//	        yes      no
//	before  k0     n0 - k0
//	after   k1     n1 - k1
//
// Large tables are asked with a z test, small ones exactly.

// TwoProportions tests whether two shares differ. It returns the pooled z,
// after minus before, and its two-sided p:
//
//	z = (k1/n1 - k0/n0) / √(p(1-p)(1/n0 + 1/n1)),  p = (k0+k1)/(n0+n1)
//
// An empty side, or a table without any variance, is z = 0 and p = 1.
// Source: statsmodels proportions_ztest.
func TwoProportions(k0, n0, k1, n1 float64) (z, p float64) {
	if n0 <= 0 || n1 <= 0 {
		return 0, 1
	}
	pooled := (k0 + k1) / (n0 + n1)
	variance := pooled * (1 - pooled) * (1/n0 + 1/n1)
	if variance <= 0 {
		return 0, 1
	}
	z = (k1/n1 - k0/n0) / math.Sqrt(variance)
	return z, twoSided(z)
}

// twoSided is P(|Z| ≥ |z|) of a standard normal, accurate far into the tail.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// Fisher is the two-sided p of Fisher's exact test: the probability, all
// margins fixed, of a table no likelier than this one. Tables within 1e-7 of
// its probability count as equally likely, as in scipy and R. An empty side
// is 1. Cost grows with the smaller margin.
//
// The weights are built outwards from the most likely table by the ratio of
// neighbours, which needs no factorials and keeps p exact to 1e-300.
func Fisher(k0, n0, k1, n1 int) float64 {
	if n0 <= 0 || n1 <= 0 {
		return 1
	}
	yes := k0 + k1
	lo, hi := max(0, yes-n1), min(yes, n0)
	mode := int(float64(yes+1) * float64(n0+1) / float64(n0+n1+2))
	mode = max(lo, min(hi, mode))
	// ratio is weight(k+1) / weight(k) of the hypergeometric law.
	ratio := func(k int) float64 {
		return float64(n0-k) * float64(yes-k) / (float64(k+1) * float64(n1-yes+k+1))
	}
	observed := 1.0
	for k := mode; k < k0; k++ {
		observed *= ratio(k)
	}
	for k := mode; k > k0; k-- {
		observed /= ratio(k - 1)
	}
	limit := observed * (1 + 1e-7)
	var tail, all float64
	count := func(w float64) {
		all += w
		if w <= limit {
			tail += w
		}
	}
	w := 1.0
	count(w)
	for k := mode; k < hi && w > 0; k++ {
		w *= ratio(k)
		count(w)
	}
	w = 1
	for k := mode; k > lo && w > 0; k-- {
		w /= ratio(k - 1)
		count(w)
	}
	return min(1, tail/all)
}

// CohenH is the difference of two shares on the arcsine scale, after minus
// before: 2·asin√p1 - 2·asin√p0. 0.2 is small, 0.5 medium, 0.8 large.
func CohenH(p0, p1 float64) float64 {
	return 2*math.Asin(math.Sqrt(p1)) - 2*math.Asin(math.Sqrt(p0))
}

// OddsRatio is odds(before) / odds(after); +Inf or NaN where a cell is empty.
func OddsRatio(k0, n0, k1, n1 float64) float64 {
	return k0 * (n1 - k1) / ((n0 - k0) * k1)
}

// McNemar tests a paired swap: b rows only the first got right, c only the
// second. It returns the effect direction z = (b-c)/√(b+c) and a two-sided p,
// exact binomial below 25 discordant rows. No discordant row is z = 0, p = 1.
func McNemar(b, c int) (z, p float64) {
	n := b + c
	if n == 0 {
		return 0, 1
	}
	z = float64(b-c) / math.Sqrt(float64(n))
	if n >= 25 {
		return z, twoSided(z)
	}
	half := distuv.Binomial{N: float64(n), P: 0.5}
	return z, min(1, 2*half.CDF(float64(min(b, c))))
}
