package analysis

// CompareQuality puts two windows' sums side by side: Delta = after − before of
// their means, with its 95 % interval by [Newcombe] on the Proportion scale and
// by [MeanDifference] on the other. A window without known rows has mean 0 and
// an interval that says nothing; the caller sees Known = 0. Labelled is 0 where
// quality is only estimated.
func CompareQuality(m Measure, before, after Sum) Quality {
	q := Quality{Metric: m.Metric, LowerBetter: m.LowerBetter, Before: before, After: after}
	q.Delta = after.Mean() - before.Mean()
	q.Interval = DifferenceInterval(m.Scale, before, after)
	if m.Realised() {
		q.Labelled = [2]int{before.Known, after.Known}
	}
	return q
}

// DifferenceInterval is the 95 % interval of after's mean minus before's on a
// scale.
func DifferenceInterval(scale Scale, before, after Sum) Interval {
	if scale == Amount {
		return MeanDifference(before, after)
	}
	return Newcombe(before.Good, float64(before.Known), after.Good, float64(after.Known))
}

// Loss is how much worse quality got, ≥ 0 for a drop and < 0 for a gain,
// whichever direction is the better one.
func (q Quality) Loss() float64 {
	if q.LowerBetter {
		return q.Delta
	}
	return -q.Delta
}
