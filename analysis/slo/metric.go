package slo

import (
	"fmt"
	"slices"

	"andon/analysis"
)

// ReadMetric counts the samples of the metric series that an objective names, a
// sample a row, from those whose labels are what its slice wants. The objective
// is of a mean, or of the share of samples that keep to a limit. ok is false
// where no series has that name. A slice that labels cannot answer (a range, a
// text within) is an error. Cost: the samples.
func ReadMetric(series []analysis.MetricSeries, o Objective, s Scope) (l Ledger, ok bool, err error) {
	var chosen []analysis.MetricSeries
	var span analysis.Window
	for _, m := range series {
		if m.Name != o.Metric || len(m.Times) == 0 {
			continue
		}
		ok = true
		in, err := labelled(m, o.Where)
		if err != nil {
			return l, ok, fmt.Errorf("objective %q: %w", o, err)
		}
		if in {
			chosen = append(chosen, m)
			span = around(span, m.Span())
		}
	}
	if !ok || !o.Mean() && !o.Limited() {
		return l, false, nil
	}
	start, minutes := s.Minutes(span)
	for _, m := range chosen {
		for i, at := range m.Times {
			if k := minuteOf(start, at); k >= 0 && k < len(minutes) {
				o.note(&minutes[k], m.Values[i])
			}
		}
	}
	return Keep(o, start, minutes, false), true, nil
}

// labelled reports whether a series has the labels that a slice wants.
func labelled(m analysis.MetricSeries, where analysis.Where) (bool, error) {
	for _, c := range where {
		if !slices.Contains([]analysis.Op{analysis.Equal, analysis.NotEqual}, c.Op) {
			return false, fmt.Errorf("a metric is chosen by = and != of its labels, not by %s", c)
		}
		if (m.Labels[c.Column] == c.Value) != (c.Op == analysis.Equal) {
			return false, nil
		}
	}
	return true, nil
}

// around is the window that holds both; the zero window holds nothing.
func around(a, b analysis.Window) analysis.Window {
	if a.Empty() {
		return b
	}
	if b.From.Before(a.From) {
		a.From = b.From
	}
	if b.To.After(a.To) {
		a.To = b.To
	}
	return a
}
