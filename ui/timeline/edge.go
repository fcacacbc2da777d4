package timeline

import (
	"fmt"
	"math"
	"time"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
)

// edge is one of the four edges of the windows, named by the key that puts it
// at the cursor: the brackets under the plot are the keys.
//
//	[──── before ────]      {── after ──}
type edge string

const (
	beforeFrom edge = "["
	beforeTo   edge = "]"
	afterFrom  edge = "{"
	afterTo    edge = "}"
)

// put is the windows with an edge at the bucket [from, to): the bucket under
// the cursor becomes the first or last of after, the first of before, or the
// first that is no longer before. Windows never overlap: an edge that meets
// the other window pushes it. It reports false if a window would be empty.
func put(w analysis.Windows, e edge, from, to time.Time) (analysis.Windows, bool) {
	switch e {
	case beforeFrom:
		w.Before.From = from
	case beforeTo:
		w.Before.To = from
		if w.After.From.Before(from) {
			w.After.From = from
		}
	case afterFrom:
		w.After.From = from
		if w.Before.To.After(from) {
			w.Before.To = from
		}
	case afterTo:
		w.After.To = to
	}
	return w, !w.Before.Empty() && !w.After.Empty()
}

// at is the instant of an edge.
func (e edge) at(w analysis.Windows) time.Time {
	switch e {
	case beforeFrom:
		return w.Before.From
	case beforeTo:
		return w.Before.To
	case afterFrom:
		return w.After.From
	case afterTo:
		return w.After.To
	}
	return time.Time{}
}

// live is quality in both windows: the triage's own figures once they are
// there, and until then, while an edge moves, what the buckets that are drawn
// add up to, marked as about.
func (s Screen) live() string {
	w, main := s.state.Windows, s.main
	if !s.state.Ready {
		return s.sheet.Paint(themes.Muted, "the windows and the verdict follow")
	}
	if s.state.Triage.Measure.Metric == "" {
		return s.sheet.Paint(themes.Look, "no labels, no confidence: right from wrong is not known here")
	}
	if w.Zero() || len(main.Buckets) == 0 {
		return s.sheet.Paint(themes.Muted, "no windows to compare: put edges with [ ] { } or propose them with w")
	}
	before, after, about := main.Over(w.Before), main.Over(w.After), "about "
	if q := s.state.Triage.Quality; q != nil && !s.state.Stale && s.state.Triage.Windows == w {
		before, after, about = q.Before, q.After, ""
	}
	text := about + s.sheet.Paint(themes.Before, "before "+s.known(before)) + "  " +
		s.sheet.Paint(themes.After, "after "+s.known(after))
	if before.Known > 0 && after.Known > 0 {
		text += "  " + string(screen.Step(main.Scale, after.Mean()-before.Mean()))
	}
	return text + s.budget()
}

// budget is how fast the error budget of the rows shown burns, the look of a
// budget that does not last as long as it should.
func (s Screen) budget() string {
	standing, ok := s.state.Promise()
	others := ok && standing.Objective.Where.String() != s.state.Where.String() // a slice without an objective of its own
	if !ok || others || standing.Objective.Mean() || math.IsNaN(standing.Burn.Rate) {
		return ""
	}
	text := fmt.Sprintf("  budget burns %.1fx", standing.Burn.Rate)
	if standing.Burn.Rate <= 1 {
		return text
	}
	return s.sheet.Paint(themes.Bad, text)
}

// known is a mean and what it rests on.
func (s Screen) known(sum analysis.Sum) string {
	if sum.Known == 0 {
		return "unknown, " + string(display.Count(int64(sum.Rows))) + " rows"
	}
	return string(screen.Level(s.main.Scale, sum.Mean())) + " of " + string(display.Count(int64(sum.Known)))
}
