package analysis

import "math"

// MeanInterval is the 95 % interval of a mean: [Wilson] on the Proportion
// scale, mean ± z·s/√n on the other. Nothing known is [0, 1], or (-Inf, +Inf);
// one known amount has no spread and is unbounded too.
func MeanInterval(scale Scale, s Sum) Interval {
	if scale == Proportion {
		return Wilson(s.Good, float64(s.Known))
	}
	if s.Known < 2 {
		return Interval{math.Inf(-1), math.Inf(1)}
	}
	half := Z95 * math.Sqrt(s.Variance()/float64(s.Known))
	return Interval{s.Mean() - half, s.Mean() + half}
}

// Band is the interval of every bucket of a series, NaN in gaps.
func Band(s Series) (lower, upper []float64) {
	lower, upper = make([]float64, len(s.Buckets)), make([]float64, len(s.Buckets))
	for i, b := range s.Buckets {
		lower[i], upper[i] = math.NaN(), math.NaN()
		if interval := MeanInterval(s.Scale, b); b.Known > 0 && !math.IsInf(interval.Lo, 0) {
			lower[i], upper[i] = interval.Lo, interval.Hi
		}
	}
	return lower, upper
}

// Goal is the objective of an incident on its own scale: slo where one is set
// (> 0), else the one that the window before would just have met, the
// unfavourable end of its 95 % interval; proposed tells the two apart. A log
// without a change has the first half of its span for that window. ok is false
// where neither is known.
func (t Triage) Goal(slo float64) (goal float64, proposed, ok bool) {
	if slo > 0 {
		return slo, false, true
	}
	var before Sum
	switch {
	case t.Quality != nil:
		before = t.Quality.Before
	case t.Measure.Metric != "":
		before = t.Series.Over(t.Windows.Before)
	}
	if before.Known == 0 {
		return 0, false, false
	}
	interval := MeanInterval(t.Measure.Scale, before)
	goal = interval.Lo
	if t.Measure.LowerBetter {
		goal = interval.Hi
	}
	return goal, true, !math.IsInf(goal, 0)
}
