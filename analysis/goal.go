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
	half := z95 * math.Sqrt(s.Variance()/float64(s.Known))
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

// ProposeGoal is the objective that the window before would just have met: the
// unfavourable end of its 95 % interval. ok is false where nothing was known.
func ProposeGoal(scale Scale, q Quality) (goal float64, ok bool) {
	interval := MeanInterval(scale, q.Before)
	goal = interval.Lo
	if q.LowerBetter {
		goal = interval.Hi
	}
	return goal, q.Before.Known > 0 && !math.IsInf(goal, 0)
}
