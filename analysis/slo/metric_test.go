package slo

import (
	"testing"
	"time"

	"andon/analysis"
)

// Two hosts, a sample a minute for an hour: 40 on the first, 60 on the second,
// and 90 on both in the last ten minutes.
func TestReadMetric(t *testing.T) {
	var series []analysis.MetricSeries
	for _, host := range []struct {
		name  string
		usual float64
	}{{"a", 40}, {"b", 60}} {
		m := analysis.MetricSeries{Name: "gpu", Labels: map[string]string{"host": host.name}}
		for i := range 60 {
			v := host.usual
			if i >= 50 {
				v = 90
			}
			m.Times, m.Values = append(m.Times, monday.Add(time.Duration(i)*time.Minute).UnixNano()), append(m.Values, v)
		}
		series = append(series, m)
	}
	for text, want := range map[string]struct {
		rows  int
		level float64
	}{
		"gpu<=80 for 99%":                 {120, 100. / 120},
		"gpu<=50 for 99% where host=b":    {60, 0},
		"gpu<=50 where host!=b":           {60, (50*40 + 10*90) / 60.},
		"gpu<=80 for 99% where host=lost": {0, nan},
	} {
		o, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		l, ok, err := ReadMetric(series, o, Scope{})
		if err != nil || !ok {
			t.Fatal(text, ok, err)
		}
		if s := l.Stand(time.Hour); s.Count.Rows != want.rows || !same(s.Level, want.level) {
			t.Errorf("%s: %v of %d samples, want %+v", text, s.Level, s.Count.Rows, want)
		}
	}
	other, _ := Parse("cpu<=80 for 99%")
	if _, ok, err := ReadMetric(series, other, Scope{}); ok || err != nil {
		t.Errorf("cpu: %v, %v", ok, err)
	}
	odd, _ := Parse("gpu<=80 where host~a")
	if _, _, err := ReadMetric(series, odd, Scope{}); err == nil {
		t.Error("a metric was chosen by a part of its label")
	}
}
