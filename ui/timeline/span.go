package timeline

import (
	"time"

	"andon/analysis"
)

// gutter is the room of the vertical labels and reading that of the values
// under the cursor, the same for the chart and the strands, so that one column
// is one instant on all of them.
func gutter(w int) int {
	if w < 60 {
		return 8
	}
	return 14
}

func reading(w int) int {
	if w < 100 {
		return 0
	}
	return 14
}

// ladder are the bucket lengths to choose from: those people think in, so
// that a bucket never straddles a shift or a day.
var ladder = []time.Duration{
	10 * time.Millisecond, 100 * time.Millisecond, time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second,
	15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute,
	15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 3 * time.Hour, 4 * time.Hour, 6 * time.Hour,
	12 * time.Hour, 24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour, 28 * 24 * time.Hour, 364 * 24 * time.Hour,
}

// minBuckets and maxBuckets bound a zoom: fewer than a handful of buckets show
// nothing, and a series of more would cost more than a screen is worth.
const (
	minBuckets = 8
	maxBuckets = 500_000
)

// cells is how many instants the chart shows side by side.
func (s Screen) cells() int { return max(minBuckets, s.width-gutter(s.width)-reading(s.width)) }

// step is the length of a bucket at this zoom: the shortest of the ladder of
// which no more than the chart has columns cover the view.
func (s Screen) step() time.Duration {
	if s.span().Empty() {
		return time.Hour // to learn the span
	}
	for _, step := range ladder {
		if s.view.Duration() <= step*time.Duration(s.cells()) && s.span().Duration() <= step*maxBuckets {
			return step
		}
	}
	return ladder[len(ladder)-1]
}

// walk moves the cursor by n buckets and keeps it in view.
func (s Screen) walk(n int) Screen {
	step := s.step()
	return s.seek(s.cursor.Add(time.Duration(n) * step))
}

// seek puts the cursor on an instant of the span and pans so that it shows.
func (s Screen) seek(t time.Time) Screen {
	span := s.span()
	if span.Empty() {
		return s
	}
	s.cursor = clamp(t, span)
	switch {
	case s.cursor.Before(s.view.From):
		return s.pan(s.cursor.Sub(s.view.From))
	case !s.cursor.Before(s.view.To):
		return s.pan(s.cursor.Sub(s.view.To) + s.step())
	}
	return s
}

// clamp is the instant of a window nearest to t.
func clamp(t time.Time, w analysis.Window) time.Time {
	if t.Before(w.From) {
		return w.From
	}
	if !t.Before(w.To) {
		return w.To.Add(-1)
	}
	return t
}

// pan moves the view within the span; the cursor comes along at its edge.
func (s Screen) pan(by time.Duration) Screen {
	span := s.span()
	by = max(by, span.From.Sub(s.view.From))
	by = min(by, span.To.Sub(s.view.To))
	s.view = analysis.Window{From: s.view.From.Add(by), To: s.view.To.Add(by)}
	s.cursor = clamp(s.cursor, s.view)
	return s
}

// zoom halves (in) or doubles the view around the cursor, which stays in its
// column as far as the span allows.
func (s Screen) zoom(in bool) Screen {
	span, wide := s.span(), s.view.Duration()
	if span.Empty() {
		return s
	}
	next := wide * 2
	if in {
		next = max(wide/2, minBuckets*ladder[0])
	}
	next = min(next, span.Duration())
	left := float64(s.cursor.Sub(s.view.From)) / float64(max(1, wide))
	from := s.cursor.Add(-time.Duration(left * float64(next)))
	s.view = analysis.Window{From: from, To: from.Add(next)}
	return s.pan(0)
}

// all shows the whole span.
func (s Screen) all() Screen {
	if span := s.span(); !span.Empty() {
		s.view = span
	}
	return s
}
