package noninferiority

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"andon/analysis"
)

// Two shares of bad answers, x of n each, that differ by d = bad after the fix
// minus bad before. The score test asks how far d is from a supposed d0 in
// units of the error that d would have if d0 were true:
//
//	z(d0) = (d − d0) / √( (r1(1−r1)/n1 + r0(1−r0)/n0) · n/(n−1) ),  r1 − r0 = d0
//
// r1 and r0 are the likeliest shares that differ by d0. The interval holds the
// d0 with |z| ≤ 1.96, so that it and the test never contradict each other.
// Source: Miettinen and Nurminen 1985; the cubic's solution from Farrington and
// Manning 1990.
type shares struct{ x0, n0, x1, n1 float64 }

// newShares counts what is bad, divided by the inflation.
func newShares(before, verify analysis.Sum, inflation float64, lowerBetter bool) shares {
	bad := func(s analysis.Sum) (x, n float64) {
		n = float64(s.Known)
		x = n - s.Good
		if lowerBetter {
			x = s.Good
		}
		return x / inflation, n / inflation
	}
	var s shares
	s.x0, s.n0 = bad(before)
	s.x1, s.n1 = bad(verify)
	return s
}

func (s shares) difference() float64 { return s.x1/s.n1 - s.x0/s.n0 }

// score is z(d0).
func (s shares) score(d0 float64) float64 {
	p1, p0 := s.x1/s.n1, s.x0/s.n0
	r1, r0 := likeliest(p1, p0, s.n1, s.n0, d0)
	n := s.n0 + s.n1
	deviation := math.Sqrt((r1*(1-r1)/s.n1 + r0*(1-r0)/s.n0) * n / (n - 1))
	if deviation == 0 {
		return math.Copysign(math.Inf(1), p1-p0-d0)
	}
	return (p1 - p0 - d0) / deviation
}

// likeliest are the shares with r1 − r0 = d0 under which p1 of n1 and p0 of n0
// are likeliest.
func likeliest(p1, p0, n1, n0, d0 float64) (r1, r0 float64) {
	theta := n0 / n1
	a := 1 + theta
	b := -(1 + theta + p1 + theta*p0 + d0*(theta+2))
	c := d0*d0 + d0*(2*p1+theta+1) + p1 + theta*p0
	d := -p1 * d0 * (1 + d0)
	v := b*b*b/(27*a*a*a) - b*c/(6*a*a) + d/(2*a)
	u := math.Sqrt(max(0, b*b/(9*a*a)-c/(3*a)))
	if v < 0 {
		u = -u
	}
	angle := math.Pi / 2
	if u != 0 {
		angle = (math.Pi + math.Acos(max(-1, min(1, v/(u*u*u))))) / 3
	}
	r1 = 2*u*math.Cos(angle) - b/(3*a)
	r1 = max(0, d0, min(1, 1+d0, r1))
	return r1, max(0, min(1, r1-d0))
}

func (s shares) interval() analysis.Interval {
	if s.n0 <= 0 || s.n1 <= 0 || s.n0+s.n1 <= 1 {
		return analysis.Interval{Lo: -1, Hi: 1}
	}
	d := s.difference()
	return analysis.Interval{Lo: s.bound(d, -1), Hi: s.bound(d, 1)}
}

// bound is where |z| becomes 1.96 between d and the end of the scale; z falls
// as d0 rises.
func (s shares) bound(d, end float64) float64 {
	inside, outside := d, end
	for range 60 {
		middle := (inside + outside) / 2
		if math.Abs(s.score(middle)) <= z {
			inside = middle
		} else {
			outside = middle
		}
	}
	return inside
}

func (s shares) p(margin float64) float64 {
	return distuv.UnitNormal.CDF(s.score(min(1, margin)))
}

// power is Φ((margin − 1.96·σ(margin)) / σ(0)) for equal shares, the one of the
// window before, σ being the deviation of the difference of n and n0 rows.
// Source: Farrington and Manning 1990, equation 7.
func (s shares) power(margin, n float64) float64 {
	if n <= 0 || s.n0 <= 0 {
		return 0
	}
	share := (s.x0 + .5) / (s.n0 + 1) // no error seen is not no error
	r1, r0 := likeliest(share, share, n, s.n0, min(1, margin))
	supposed := math.Sqrt(r1*(1-r1)/n + r0*(1-r0)/s.n0)
	actual := math.Sqrt(share * (1 - share) * (1/n + 1/s.n0))
	return distuv.UnitNormal.CDF((margin - z*supposed) / actual)
}
