package analysis

import (
	"math"
	"slices"
	"time"
)

// Series is the metric in equal buckets aligned to multiples of step since
// 1970 UTC: Known counts the samples of a bucket that are numbers, Good and
// GoodSq add them up. The times need no order. No samples give no buckets. A
// step that is not positive, or would cut the span into more than maxBuckets,
// is replaced by [StepForMetric]'s.
func (m MetricSeries) Series(step time.Duration) Series {
	s := Series{Name: m.Name, Scale: Amount, Step: step}
	if len(m.Times) == 0 {
		return s
	}
	first, last := slices.Min(m.Times), slices.Max(m.Times)
	start, buckets, err := grid(first, last+1, step)
	if err != nil {
		s.Step = StepForMetric(m)
		start, buckets = cover(first, last+1, s.Step)
	}
	s.Start = time.Unix(0, start).UTC()
	s.Buckets = make([]Sum, buckets)
	for i, at := range m.Times {
		b := &s.Buckets[(at-start)/int64(s.Step)]
		b.Rows++
		if v := m.Values[i]; !math.IsNaN(v) && !math.IsInf(v, 0) {
			b.Known++
			b.Good += v
			b.GoodSq += v * v
		}
	}
	return s
}

// Span holds every sample's time; To is just after the last.
func (m MetricSeries) Span() Window {
	if len(m.Times) == 0 {
		return Window{}
	}
	return Window{time.Unix(0, slices.Min(m.Times)).UTC(), time.Unix(0, slices.Max(m.Times)+1).UTC()}
}

// StepForMetric is the bucket length to search a metric with: the finest of
// Steps that is at least its median sampling interval and leaves at most
// manyBuckets, or a day.
func StepForMetric(m MetricSeries) time.Duration {
	return stepFrom(m.interval(), m.Span())
}

// interval is the median time between neighbouring samples, 0 for fewer than
// two.
func (m MetricSeries) interval() time.Duration {
	if len(m.Times) < 2 {
		return 0
	}
	times := slices.Sorted(slices.Values(m.Times))
	gaps := make([]int64, len(times)-1)
	for i := range gaps {
		gaps[i] = times[i+1] - times[i]
	}
	slices.Sort(gaps)
	return time.Duration(gaps[len(gaps)/2])
}
