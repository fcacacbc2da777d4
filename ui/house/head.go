package house

import (
	"fmt"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// maxWhy is how many lines the verdict may take before the house begins.
const maxWhy = 2

// head is what stands above the house: whose it is, what is wrong, by how much
// and since when.
func (s Screen) head(w int) []string {
	lines := []string{s.title(w)}
	switch {
	case s.state.Err != nil:
		lines = append(lines, s.wrap(themes.Bad, display.Escape(s.state.Err.Error()), w)...)
		return append(lines, s.sheet.Fit("q quits; andon doctor FILE examines an incident file.", w))
	case !s.state.Ready && s.state.Loading.Active:
		return append(lines, s.loading(w))
	case !s.state.Ready:
		return append(lines, s.sheet.Fit("reading the incident file ...", w))
	}
	lines = append(lines, s.verdict(w)...)
	lines = append(lines, s.sheet.Fit(string(s.quality()), w))
	if s.state.Loading.Active {
		lines = append(lines, s.loading(w))
	}
	return lines
}

// title is the incident's name and, if there is room, its file.
func (s Screen) title(w int) string {
	name := display.Escape(s.state.Incident.Title)
	if name == "" {
		name = "incident"
	}
	name = display.Cut(name, w)
	path := display.Escape(s.state.Path)
	room := w - display.Width(name) - 2
	if room < 12 {
		path = ""
	}
	path = display.Cut(path, room)
	gap := w - display.Width(name) - display.Width(path)
	return s.sheet.Paint(themes.Title, string(name)) + s.sheet.Fit("", gap) +
		s.sheet.Paint(themes.Muted, string(path))
}

// verdict is the answer and the sentence that supports it.
func (s Screen) verdict(w int) []string {
	v := s.state.Triage.Verdict
	slot, text := themes.Text, display.Escape(v.Why)
	switch v.Outcome {
	case analysis.NoChange:
		slot, text = themes.Good, "No change. "+text
	case analysis.Inconclusive:
		slot = themes.Look
		text = display.Escape(fmt.Sprintf("Inconclusive; %s leads with %s. ", v.Cause, display.Percent(v.Probability))) + text
	case analysis.Likely, analysis.Confirmed:
		slot = themes.Bad
		text = display.Escape(fmt.Sprintf("Cause %s, %s (%s). ", v.Cause, v.Outcome, display.Percent(v.Probability))) + text
	}
	return s.wrap(slot, text, w)
}

// quality is the size of the change and its onset, or why nothing can be said.
func (s Screen) quality() display.Text {
	t := s.state.Triage
	if t.Quality == nil {
		if t.Measure.Metric == "" {
			return "Nothing here tells right from wrong: no label, no confidence. Load labels or a metric."
		}
		return display.Escape(t.Measure.Metric) + ": no change found to compare."
	}
	q := t.Quality
	text := display.Escape(q.Metric) + " " + level(t.Series.Scale, q.Before.Mean()) + " " +
		display.Text(s.sheet.Glyphs.Right) + " " + level(t.Series.Scale, q.After.Mean()) +
		" (" + step(t.Series.Scale, q.Delta) + ", 95 % " + step(t.Series.Scale, q.Interval.Lo) +
		" to " + step(t.Series.Scale, q.Interval.Hi) + ")"
	if t.Onset != nil {
		text += " since " + display.TimeZone(t.Onset.Onset, s.zone)
	}
	return text
}

// level is a quality as its scale is read.
func level(scale analysis.Scale, v float64) display.Text {
	if scale == analysis.Proportion {
		return display.Percent(v)
	}
	return display.Number(v)
}

// step is a difference of qualities.
func step(scale analysis.Scale, v float64) display.Text {
	if scale == analysis.Proportion {
		return display.Points(v)
	}
	return display.Number(v)
}

// loading is how far an import has come.
func (s Screen) loading(w int) string {
	l := s.state.Loading
	text := "loading " + display.Escape(l.Source) + "  " + display.Count(l.Rows) + " rows"
	if l.PerSec > 0 {
		text += display.Text(fmt.Sprintf(", %s rows/s", display.Count(int64(l.PerSec))))
	}
	return s.sheet.Fit(string(text), w)
}

// wrap is text in at most maxWhy lines of a slot.
func (s Screen) wrap(slot themes.Slot, text display.Text, w int) []string {
	lines := display.Wrap(text, w)
	if len(lines) > maxWhy {
		rest := lines[maxWhy-1]
		for _, l := range lines[maxWhy:] {
			rest += " " + l
		}
		lines = append(lines[:maxWhy-1:maxWhy-1], display.Cut(rest, w))
	}
	painted := make([]string, len(lines))
	for i, l := range lines {
		painted[i] = s.sheet.Paint(slot, string(l))
	}
	return painted
}

// more is what a tall box has room for below the house, most useful first.
func (s Screen) more(w int) []string {
	t := s.state.Triage
	var lines []string
	say := func(what string, text display.Text) {
		lines = append(lines, s.sheet.Paint(themes.Title, what)+" "+string(display.Cut(text, w-len(what)-1)))
	}
	if len(t.Next) > 0 {
		say("next test ", display.Escape(t.Next[0].Title)+" ("+display.Number(t.Next[0].Minutes)+" min)")
	}
	if len(t.Events) > 0 {
		say("best event", s.event(t.Events[0]))
	}
	if len(t.Signals) > 0 && t.Signals[0].Changed {
		say("top signal", display.Escape(t.Signals[0].Column+": "+t.Signals[0].Why))
	}
	if len(t.Slices) > 0 && t.Slices[0].Accepted {
		say("top slice ", display.Escape(t.Slices[0].Where.String())+" carries "+display.Percent(t.Slices[0].Contribution)+" of the change")
	}
	for _, warning := range append(t.Measure.Warnings[:len(t.Measure.Warnings):len(t.Measure.Warnings)], t.Warnings...) {
		say("warning   ", display.Escape(warning))
	}
	return lines
}

// event is the best explanation among the logged changes.
func (s Screen) event(m analysis.EventMatch) display.Text {
	chance := " (" + display.Percent(m.Probability) + ")"
	if m.Event == nil {
		return "no logged event explains this" + chance
	}
	return display.Escape(m.Event.Kind+", "+m.Event.Title) + ", " + display.Time(m.Event.Time, s.zone) + chance
}

// mark is the sign of a state.
func (s Screen) mark(st style.State) string {
	g := s.sheet.Glyphs
	switch st {
	case style.OK:
		return s.sheet.Paint(themes.Good, g.Tick)
	case style.Look:
		return s.sheet.Paint(themes.Look, g.Look)
	case style.Bad:
		return s.sheet.Paint(themes.Bad, g.Cross)
	}
	return s.sheet.Paint(themes.Muted, g.NoData)
}

var _ screen.Screen = Screen{}
