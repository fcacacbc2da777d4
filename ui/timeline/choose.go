package timeline

import (
	"maps"
	"math"
	"slices"
	"time"

	"andon/analysis"
)

// choose is the series of the chart: quality where it is known, else the first
// metric, else how many rows there were.
func (s Screen) choose() analysis.Series {
	asked := s.answers.replies[quality].series
	triaged := s.state.Triage.Series
	switch {
	case known(asked):
		return asked
	case known(triaged) && triaged.Step > 0:
		return triaged
	case len(s.answers.metrics) > 0:
		return s.answers.metrics[0]
	case len(asked.Buckets) > 0:
		return volume(asked)
	}
	return volume(triaged)
}

// known reports a series that holds a value.
func known(series analysis.Series) bool {
	return slices.ContainsFunc(series.Buckets, func(b analysis.Sum) bool { return b.Known > 0 })
}

// volume is the number of rows as a series.
func volume(series analysis.Series) analysis.Series {
	v := analysis.Series{Name: "volume", Scale: analysis.Amount, Start: series.Start, Step: series.Step}
	for _, b := range series.Buckets {
		n := float64(b.Rows)
		v.Buckets = append(v.Buckets, analysis.Sum{Rows: b.Rows, Known: 1, Good: n, GoodSq: n * n})
	}
	return v
}

// sampled is a metric as a series, in buckets of the median distance of its
// samples.
func sampled(m analysis.MetricSeries) analysis.Series {
	series := analysis.Series{Name: label(m), Scale: analysis.Amount, Step: time.Minute}
	if len(m.Times) == 0 {
		return series
	}
	gaps := make([]int64, 0, len(m.Times))
	for i := 1; i < len(m.Times); i++ {
		if d := m.Times[i] - m.Times[i-1]; d > 0 {
			gaps = append(gaps, d)
		}
	}
	if len(gaps) > 0 {
		slices.Sort(gaps)
		series.Step = time.Duration(gaps[len(gaps)/2])
	}
	span := m.Times[len(m.Times)-1] - m.Times[0]
	series.Step = max(series.Step, time.Duration(span/maxBuckets+1))
	start := m.Times[0] - m.Times[0]%int64(series.Step)
	series.Start = time.Unix(0, start).UTC()
	series.Buckets = make([]analysis.Sum, (m.Times[len(m.Times)-1]-start)/int64(series.Step)+1)
	for i, v := range m.Values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		b := &series.Buckets[(m.Times[i]-start)/int64(series.Step)]
		*b = b.Add(analysis.Sum{Rows: 1, Known: 1, Good: v, GoodSq: v * v})
	}
	return series
}

// label is a metric's name with its labels.
func label(m analysis.MetricSeries) string {
	text := m.Name
	for _, k := range slices.Sorted(maps.Keys(m.Labels)) {
		text += " " + k + "=" + m.Labels[k]
	}
	return text
}
