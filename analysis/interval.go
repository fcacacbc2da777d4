package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Z95 is the two-sided 95 % quantile of the standard normal: a 95 % interval is
// an estimate ± Z95 standard errors.
const Z95 = 1.959963984540054

// Wilson is the 95 % interval of a share good / known:
//
//	(good + z²/2 ± z·√(good·(known−good)/known + z²/4)) / (known + z²)
//
// good may be fractional (a sum of estimates). Nothing known is [0, 1]. It
// stays inside [0, 1] and is right for few rows and for shares near 0 and 1,
// where the normal interval is not. Source: Wilson 1927, as statsmodels
// proportion_confint(method="wilson").
func Wilson(good, known float64) Interval {
	if known <= 0 {
		return Interval{0, 1}
	}
	z2 := Z95 * Z95
	middle := good + z2/2
	half := Z95 * math.Sqrt(good*(known-good)/known+z2/4)
	return Interval{max(0, (middle-half)/(known+z2)), min(1, (middle+half)/(known+z2))}
}

// Newcombe is the 95 % interval of the difference of two shares, after minus
// before, put together from their Wilson intervals [l, u]:
//
//	d − √((p1−l1)² + (u0−p0)²)  to  d + √((u1−p1)² + (p0−l0)²)
//
// A side without known rows gives [−1, 1]. Source: Newcombe 1998, method 10,
// as statsmodels confint_proportions_2indep(method="newcomb").
func Newcombe(good0, known0, good1, known1 float64) Interval {
	if known0 <= 0 || known1 <= 0 {
		return Interval{-1, 1}
	}
	p0, p1 := good0/known0, good1/known1
	w0, w1 := Wilson(good0, known0), Wilson(good1, known1)
	d := p1 - p0
	return Interval{
		d - math.Hypot(p1-w1.Lo, w0.Hi-p0),
		d + math.Hypot(w1.Hi-p1, p0-w0.Lo),
	}
}

// MeanDifference is the 95 % interval of after's mean minus before's, by
// Welch's t with unequal variances:
//
//	d ± t(0.975, ν)·√(s0²/n0 + s1²/n1)
//	ν = (a + b)² / (a²/(n0−1) + b²/(n1−1)),  a = s0²/n0, b = s1²/n1
//
// Sides with fewer than two known rows have no variance: the interval is
// (−Inf, +Inf). Source: Welch 1947, as scipy ttest_ind(equal_var=False).
func MeanDifference(before, after Sum) Interval {
	if before.Known < 2 || after.Known < 2 {
		return Interval{math.Inf(-1), math.Inf(1)}
	}
	d := after.Mean() - before.Mean()
	n0, n1 := float64(before.Known), float64(after.Known)
	a, b := before.Variance()/n0, after.Variance()/n1
	if a+b == 0 {
		return Interval{d, d}
	}
	nu := (a + b) * (a + b) / (a*a/(n0-1) + b*b/(n1-1))
	half := distuv.StudentsT{Sigma: 1, Nu: nu}.Quantile(0.975) * math.Sqrt(a+b)
	return Interval{d - half, d + half}
}
