package practice

import (
	"math"
	"time"

	"andon/analysis"
)

// gauges are what the plant's monitoring keeps of a round, by the hour: parts
// that the line's own counter saw, logged or not, and the load of the inference
// server, which follows them until something else takes its breath.
func (s *stage) gauges() []analysis.MetricSeries {
	if !s.style.gauged {
		return nil
	}
	d := newDice(s.seed, streamRound-3)
	parts := analysis.MetricSeries{Name: "parts_counted", Labels: map[string]string{}}
	load := analysis.MetricSeries{Name: "gpu_util", Labels: map[string]string{"host": "edge-1"}}
	most := 1.0
	for _, n := range s.load {
		most = max(most, n)
	}
	for i, n := range s.load {
		at := s.start.Add(time.Duration(i) * time.Hour)
		util := 15 + float64(55*n)/most + float64(2*d.normal())
		if !s.strained.IsZero() && at.After(s.strained.Add(-time.Hour)) {
			util = 97 + float64(1.2*d.normal())
		}
		parts.Times, parts.Values = append(parts.Times, at.UnixNano()), append(parts.Values, n)
		load.Times, load.Values = append(load.Times, at.UnixNano()), append(load.Values, math.Round(max(0, min(100, util))))
	}
	return []analysis.MetricSeries{parts, load}
}
