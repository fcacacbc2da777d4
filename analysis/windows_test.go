package analysis

import (
	"strings"
	"testing"
	"time"
)

// changeAt is a change at an hour after monday with an hour of doubt.
func changeAt(hour int) Change {
	at := monday.Add(time.Duration(hour) * time.Hour)
	return Change{Onset: at, Earliest: at.Add(-30 * time.Minute), Latest: at.Add(30 * time.Minute)}
}

func TestProposeWindows(t *testing.T) {
	half := 30 * time.Minute
	edge := func(h int, off time.Duration) time.Time { return monday.Add(time.Duration(h) * time.Hour).Add(off) }
	for _, c := range []struct {
		name    string
		span    Window
		onset   int
		others  []int
		want    Windows
		warning string
	}{
		{"whole days", hoursWindow(0, 192), 130, nil,
			Windows{Window{edge(130-120, -half), edge(130, -half)}, Window{edge(130, half), edge(130+48, half)}}, ""},
		{"a weekend after", hoursWindow(0, 192), 100, nil,
			Windows{Window{edge(100-96, -half), edge(100, -half)}, Window{edge(100, half), edge(100+72, half)}}, "weekend"},
		{"whole weeks", hoursWindow(0, 28*24), 15 * 24, nil,
			Windows{Window{edge(24, -half), edge(15*24, -half)}, Window{edge(15*24, half), edge(22*24, half)}}, ""},
		{"a short after", hoursWindow(0, 100), 90, nil,
			Windows{Window{edge(90-72, -half), edge(90, -half)}, Window{edge(90, half), edge(100, 0)}}, "only 10 hours"},
		{"a short before", hoursWindow(0, 100), 10, nil,
			Windows{Window{edge(0, 0), edge(10, -half)}, Window{edge(10, half), edge(100, 0)}}, "only 10 hours"},
		{"between others", hoursWindow(0, 240), 120, []int{60, 200},
			Windows{Window{edge(120-48, -half), edge(120, -half)}, Window{edge(120, half), edge(120+72, half)}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			changes := []Change{changeAt(c.onset)}
			for _, o := range c.others {
				changes = append(changes, changeAt(o))
			}
			got, warnings := ProposeWindows(c.span, changeAt(c.onset), changes)
			if !got.Before.From.Equal(c.want.Before.From) || !got.Before.To.Equal(c.want.Before.To) ||
				!got.After.From.Equal(c.want.After.From) || !got.After.To.Equal(c.want.After.To) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
			if all := strings.Join(warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
		})
	}
}

func TestHalfWindows(t *testing.T) {
	got := HalfWindows(hoursWindow(0, 10))
	if got != (Windows{hoursWindow(0, 5), hoursWindow(5, 10)}) {
		t.Errorf("halves %v", got)
	}
}

func TestStepFor(t *testing.T) {
	for _, c := range []struct {
		hours, known int
		want         time.Duration
	}{
		{8 * 24, 6000, 2 * time.Hour},
		{8 * 24, 30000, 30 * time.Minute},
		{28 * 24, 1000000, time.Hour},
		{28 * 24, 500, 6 * time.Hour},
		{365 * 24, 5000000, 12 * time.Hour},
		{1, 3600, time.Minute},
		{0, 0, time.Minute},
	} {
		if got := StepFor(hoursWindow(0, c.hours), c.known); got != c.want {
			t.Errorf("%d hours with %d known rows: step %s, want %s", c.hours, c.known, got, c.want)
		}
	}
}
