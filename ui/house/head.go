package house

import (
	"fmt"
	"math"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/screen"
	"andon/ui/style"
)

// maxWhy is how many lines the verdict may take before the house begins.
const maxWhy = 2

// head is what stands above the house: whose it is, what is wrong, by how much
// and since when.
func (s Screen) head(w int) []string {
	if len(s.state.Pending) > 0 && len(s.state.Sources) == 0 {
		return []string{s.sheet.Fit(string(screen.Unloaded), w)}
	}
	if s.state.Err == nil && !s.state.Ready && !s.state.Loading.Active {
		return s.waiting(w)
	}
	lines := []string{s.title(w)}
	switch {
	case s.state.Err != nil:
		lines = append(lines, s.wrap(themes.Bad, display.Escape(s.state.Err.Error()), w)...)
		return append(lines, s.sheet.Fit("q quits; andon doctor FILE examines an incident file.", w))
	case s.state.Loading.Active && len(s.state.Sources) == 0:
		return append(lines, s.loading(w))
	}
	lines = append(lines, s.verdict(w)...)
	lines = append(lines, s.sheet.Fit(string(s.quality()), w))
	if s.state.Loading.Active {
		lines = append(lines, s.loading(w))
	}
	return lines
}

// waiting is told once it takes long enough to be read.
func (s Screen) waiting(w int) []string {
	if !s.late {
		return nil
	}
	return []string{s.sheet.Fit("reading the incident file ...", w)}
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
	path = s.tail(path, room)
	gap := w - display.Width(name) - display.Width(path)
	return s.sheet.Paint(themes.Title, string(name)) + s.sheet.Fit("", gap) + string(path)
}

// tail is the end of a path, which tells more than its beginning.
func (s Screen) tail(path display.Text, w int) display.Text {
	runes := []rune(path)
	for len(runes) > 0 && display.Width(path) > w {
		runes = runes[1:]
		path = display.Text(s.sheet.Glyphs.Ellipsis) + display.Text(runes)
	}
	return path
}

// verdict is the answer, in its look, and the sentence that supports it.
func (s Screen) verdict(w int) []string {
	v := s.state.Triage.Verdict
	slot, lead := themes.Text, ""
	switch v.Outcome {
	case analysis.NoChange:
		slot, lead = themes.Good, "No change."
	case analysis.Inconclusive:
		slot, lead = themes.Look, "Inconclusive:"
	case analysis.Likely, analysis.Confirmed:
		slot, lead = themes.Bad, fmt.Sprintf("Cause %s, %s (%s).", v.Cause, v.Outcome, display.Percent(v.Probability))
	}
	lines := s.wrap(themes.Text, display.Escape(strings.TrimSpace(lead+" "+v.Why)), w)
	if rest, ok := strings.CutPrefix(lines[0], lead); ok && lead != "" {
		lines[0] = s.sheet.Paint(slot, lead) + rest
	}
	for i := 1; i < len(lines) && !s.whole; i++ {
		lines[i] = "" // its place is kept
	}
	return lines
}

// quality is the size of the change and its onset, or why nothing can be said.
func (s Screen) quality() display.Text {
	t := s.state.Triage
	if t.Quality == nil {
		if t.Measure.Metric == "" {
			return "Nothing here tells right from wrong: no label, no confidence. Load labels or a metric."
		}
		return s.steady()
	}
	q := t.Quality
	text := display.Escape(q.Metric) + " " + screen.Level(t.Series.Scale, q.Before.Mean()) + " " +
		display.Text(s.sheet.Glyphs.Right) + " " + screen.Level(t.Series.Scale, q.After.Mean()) +
		" (" + screen.Step(t.Series.Scale, q.Delta) + ", 95 % [" + bare(t.Series.Scale, q.Interval.Lo) +
		", " + bare(t.Series.Scale, q.Interval.Hi) + "])"
	if t.Onset != nil {
		text += " since " + display.ShortZone(t.Onset.Onset, s.zone)
	}
	return text
}

// steady is quality over the whole log, and how small a drop it could not show.
func (s Screen) steady() display.Text {
	t := s.state.Triage
	whole := t.Series.Total()
	text := display.Escape(t.Measure.Metric)
	if whole.Known == 0 {
		return text + ": no row of which it is known."
	}
	text += " " + screen.Level(t.Series.Scale, whole.Mean())
	sampled := t.Measure.Realised() && t.Series.Scale == analysis.Proportion
	if sampled {
		in := analysis.Wilson(whole.Good, float64(whole.Known))
		text += display.Text(fmt.Sprintf(" [%.1f, %.1f]", 100*in.Lo, 100*in.Hi))
	}
	text += " of " + display.Count(int64(whole.Known))
	if screen.Inferences(s.state) {
		text += " known rows"
	} else {
		text += " values"
	}
	if sampled && t.Verdict.Outcome == analysis.NoChange {
		drop := analysis.Detectable(whole.Mean(), whole.Known)
		text += display.Text(fmt.Sprintf("; a drop below %.1f pt may hide", 100*drop))
	}
	return text
}

// bare is a step without its unit, which stands before it.
func bare(scale analysis.Scale, v float64) display.Text {
	return display.Text(strings.TrimSuffix(string(screen.Step(scale, v)), " pt"))
}

// spark is quality over the whole log in one line, and in a tall box the
// estimate below it, bucket by bucket; nothing if nothing is known.
func (s Screen) spark(w, h int) []string {
	series, promised := s.state.Triage.Series, s.state.Expected.Series
	if len(series.Buckets) == 0 || !s.state.Ready {
		return nil
	}
	both := h >= tall && s.state.Triage.Measure.Realised() && promised.Total().Known > 0
	if !s.whole {
		return make([]string, 1+side(both))
	}
	name := display.Escape(series.Name)
	if name == "" {
		name = "quality"
	}
	label := display.Cut(name, w/3) + " over time "
	wide := display.Width(label) + scaleWidth[series.Scale]
	labels := []display.Text{label}
	courses := [][]float64{course(series)}
	if both {
		trust := display.Text("estimated")
		if !s.state.Expected.Estimate.Trusted {
			trust = "est., doubtful"
		}
		labels = append(labels, display.Cut(trust, wide-1))
		courses = append(courses, course(promised))
	}
	lines, lo, hi := plot.Sparks(w-wide, s.sheet, courses...)
	labels[0] += s.ends(series.Scale, lo, hi)
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = s.sheet.Paint(themes.Muted, string(display.Pad(labels[i], wide))) + string(line)
	}
	return out
}

// scaleWidth has room for the ends of a scale: "76–100 %", "0.3966–0.7801".
var scaleWidth = map[analysis.Scale]int{analysis.Proportion: 10, analysis.Amount: 14}

// ends is what the lowest and the highest bar stand for: without them a quiet
// week looks like an alarm.
func (s Screen) ends(scale analysis.Scale, lo, hi float64) display.Text {
	switch {
	case lo > hi:
		return ""
	case scale == analysis.Proportion && math.Round(100*lo) == math.Round(100*hi):
		return display.Text(fmt.Sprintf("%.0f %%", 100*lo))
	case scale == analysis.Proportion:
		return display.Text(fmt.Sprintf("%.0f%s%.0f %%", 100*lo, s.sheet.Glyphs.Dash, 100*hi))
	}
	return display.Number(lo) + display.Text(s.sheet.Glyphs.Dash) + display.Number(hi)
}

// tall is the height from which there is room for the estimate.
const tall = 30

func side(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// course is a series as a spark takes it, NaN in gaps.
func course(series analysis.Series) []float64 {
	values := make([]float64, len(series.Buckets))
	for i, b := range series.Buckets {
		values[i] = math.NaN()
		if b.Known > 0 {
			values[i] = b.Mean()
		}
	}
	return values
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
