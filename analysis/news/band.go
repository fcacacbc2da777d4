package news

import (
	"math"

	"andon/analysis"
)

// The band of a level: how far fresh rows must lie from it, in standard errors
// and in size. A follower looks again and again, so that the usual two errors
// would cry wolf every few minutes; and over millions of rows a difference that
// nobody would act upon is many errors wide.
const (
	Alarm       = 4    // standard errors; by chance once in some 16,000 looks
	LeastShare  = 0.01 // of a share
	LeastAmount = 0.1  // of an amount's standard deviation
	leastKnown  = 20   // fresh rows whose quality is known
)

// Left reports whether the fresh rows lie outside the band of a level:
//
//	|m₁ − m₀| / √(v₀/n₀ + v₁/n₁) > Alarm   and   |m₁ − m₀| > the least
//
// with v = p(1−p) of all rows together for shares, the sample variance for
// amounts. Level and fresh are sums over disjoint rows. Fewer than 20 fresh
// rows of known quality, or a level of none, are never outside: they are too
// few to say so.
//
// Source: the two-sample z test.
func Left(level, fresh analysis.Sum, scale analysis.Scale) bool {
	if level.Known == 0 || fresh.Known < leastKnown {
		return false
	}
	distance := math.Abs(fresh.Mean() - level.Mean())
	n0, n1 := float64(level.Known), float64(fresh.Known)
	if scale == analysis.Proportion {
		p := level.Add(fresh).Mean()
		return distance > LeastShare && distance > Alarm*math.Sqrt(p*(1-p)*(1/n0+1/n1))
	}
	v0, v1 := level.Variance(), fresh.Variance()
	return distance > LeastAmount*math.Sqrt(v0) && distance > Alarm*math.Sqrt(v0/n0+v1/n1)
}
