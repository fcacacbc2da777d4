package analysis

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"
	"time"

	"andon/analysis/analysistest"

	"pgregory.net/rapid"
)

// nabMetric reads a file of the Numenta benchmark.
func nabMetric(t testing.TB, name string) MetricSeries {
	f, err := os.Open(analysistest.Shared(t, "nab", "data", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := MetricSeries{Name: "value"}
	for _, line := range lines[1:] {
		at, err1 := time.Parse(time.DateTime, line[0])
		v, err2 := strconv.ParseFloat(line[1], 64)
		if err1 != nil || err2 != nil {
			t.Fatal(name, line)
		}
		m.Times, m.Values = append(m.Times, at.UnixNano()), append(m.Values, v)
	}
	return m
}

// nabWindows are a file's labelled windows, widened by a day either side: the
// labels mark failures and their first symptoms, a change search their levels.
func nabWindows(t testing.TB, name string) []Window {
	labels := analysistest.Decode[map[string][][2]string](t, "nab", "labels", "combined_windows.json")
	var windows []Window
	for _, w := range labels[name] {
		from, err1 := time.Parse("2006-01-02 15:04:05.000000", w[0])
		to, err2 := time.Parse("2006-01-02 15:04:05.000000", w[1])
		if err1 != nil || err2 != nil {
			t.Fatal(name, w)
		}
		windows = append(windows, Window{from.Add(-24 * time.Hour), to.Add(24 * time.Hour)})
	}
	return windows
}

func TestScoreNAB(t *testing.T) {
	const name = "realKnownCause/machine_temperature_system_failure.csv"
	m := nabMetric(t, name)
	changes, _ := Changes(m.Series(StepForMetric(m)))
	windows := nabWindows(t, name)
	near, held := 0, map[int]bool{}
	for _, c := range changes {
		for k, w := range windows {
			if w.Contains(c.Onset) {
				near++
				held[k] = true
			}
		}
	}
	fmt.Printf("score: nab windows=%d found=%d changes=%d near=%d\n", len(windows), len(held), len(changes), near)
	if len(held) < 3 || near*2 < len(changes) {
		t.Error("below what was reached: 3 of 4 windows, and half of the changes near one")
	}
}

func TestMetricSeriesAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 50).Draw(t, "samples")
		m := MetricSeries{Name: "temp"}
		want := Sum{Rows: n}
		for range n {
			v := rapid.SampledFrom([]float64{-3, 0, 2, math.NaN(), math.Inf(1)}).Draw(t, "value")
			m.Times = append(m.Times, monday.Add(time.Duration(rapid.IntRange(-1e6, 1e6).Draw(t, "second"))*time.Second).UnixNano())
			m.Values = append(m.Values, v)
			if v == v && !math.IsInf(v, 0) {
				want = want.Add(Sum{0, 1, v, v * v})
			}
		}
		s := m.Series(rapid.SampledFrom(Steps).Draw(t, "step"))
		var got Sum
		for _, b := range s.Buckets {
			got = got.Add(b)
		}
		if got != want {
			t.Fatalf("series holds %v, samples %v", got, want)
		}
	})
}

func TestStepForMetric(t *testing.T) {
	every := func(gap time.Duration, n int) MetricSeries {
		m := MetricSeries{}
		for i := range n {
			m.Times = append(m.Times, monday.Add(time.Duration(i)*gap).UnixNano())
		}
		return m
	}
	for _, c := range []struct {
		gap  time.Duration
		n    int
		want time.Duration
	}{
		{15 * time.Second, 200, time.Minute},
		{time.Hour, 500, time.Hour},
		{5 * time.Minute, 20000, 2 * time.Hour},
		{7 * 24 * time.Hour, 100, 24 * time.Hour},
		{time.Minute, 1, time.Minute},
		{time.Minute, 0, time.Minute},
	} {
		if got := StepForMetric(every(c.gap, c.n)); got != c.want {
			t.Errorf("%d samples every %s: step %s, want %s", c.n, c.gap, got, c.want)
		}
	}
}
