package noninferiority

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"andon/analysis"
)

// Two means of amounts, by Welch: their difference has the variance
//
//	s1²/n1 + s0²/n0
//
// each n divided by the inflation.
type means struct {
	d          float64 // how much worse the verify window is
	v0, n0     float64
	v1, n1     float64
	deviation  float64
	freedom    float64
	measurable bool
}

func newMeans(before, verify analysis.Sum, inflation float64, lowerBetter bool) means {
	m := means{d: before.Mean() - verify.Mean(), v0: before.Variance(), v1: verify.Variance(),
		n0: float64(before.Known) / inflation, n1: float64(verify.Known) / inflation}
	if lowerBetter {
		m.d = -m.d
	}
	if m.n0 <= 1 || m.n1 <= 1 {
		return m
	}
	a, b := m.v0/m.n0, m.v1/m.n1
	m.deviation, m.measurable = math.Sqrt(a+b), true
	m.freedom = math.Inf(1)
	if a+b > 0 {
		m.freedom = (a + b) * (a + b) / (a*a/(m.n0-1) + b*b/(m.n1-1))
	}
	return m
}

func (m means) interval() analysis.Interval {
	if !m.measurable {
		return analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
	}
	half := z * m.deviation
	if !math.IsInf(m.freedom, 1) {
		half = distuv.StudentsT{Sigma: 1, Nu: m.freedom}.Quantile(1-level) * m.deviation
	}
	return analysis.Interval{Lo: m.d - half, Hi: m.d + half}
}

func (m means) p(margin float64) float64 {
	switch {
	case !m.measurable:
		return 1
	case m.deviation == 0 && m.d < margin:
		return 0
	case m.deviation == 0:
		return 1
	case math.IsInf(m.freedom, 1):
		return distuv.UnitNormal.CDF((m.d - margin) / m.deviation)
	}
	return distuv.StudentsT{Sigma: 1, Nu: m.freedom}.CDF((m.d - margin) / m.deviation)
}

// power takes the spread before for both windows, and the normal for Student's.
func (m means) power(margin, n float64) float64 {
	if n <= 0 || m.n0 <= 0 {
		return 0
	}
	deviation := math.Sqrt(m.v0 * (1/n + 1/m.n0))
	if deviation == 0 {
		return 1
	}
	return distuv.UnitNormal.CDF(margin/deviation - z)
}
