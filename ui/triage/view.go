package triage

import (
	"fmt"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

const (
	leastWidth  = 36
	leastHeight = 6
)

// View is the screen in exactly width x height cells.
func (s Screen) View(width, height int) string {
	if width < leastWidth || height < leastHeight {
		return s.sheet.Middle("triage needs 36 x 6", width, height)
	}
	if text := s.message(); text != "" {
		return screen.Message(text, width, height, s.sheet)
	}
	if s.decide.shown {
		return s.hypothesesView(width, height)
	}
	l := arrange(width, height, len(s.rows))
	if !l.wide {
		court := style.Beside(s.causesPane(causeWidth, l.causes), s.bar(l.causes), s.ledgerPane(width-causeWidth-1, l.ledger))
		return s.sheet.Fill(style.Stack(s.verdictPane(width, l.verdict), s.sheet.Fill(court, width, l.causes),
			s.stepsPane(width, l.steps), s.detailPane(width, l.detail)), width, height)
	}
	left := style.Stack(s.verdictPane(l.left, l.verdict), s.causesPane(l.left, l.causes), s.ledgerPane(l.left, l.ledger))
	right := style.Stack(s.stepsPane(l.right, l.steps), s.detailPane(l.right, l.detail))
	return style.Beside(left, s.sheet.Fill(" ", 1, height), s.bar(height), s.sheet.Fill(" ", 1, height), right)
}

func (s Screen) bar(h int) string {
	bar := s.sheet.Paint(themes.Border, s.sheet.Glyphs.Vertical)
	return strings.TrimSuffix(strings.Repeat(bar+"\n", h), "\n")
}

// message is what to say instead of a triage, "" when there is one.
func (s Screen) message() string {
	switch {
	case s.state.Err != nil:
		return "no verdict yet\n" + s.state.Err.Error()
	case !s.state.Ready && s.state.Loading.Active:
		return "a first verdict follows when the import is done\n" + s.state.Loading.Source
	case !s.state.Ready:
		return "weighing the causes"
	}
	return ""
}

// verdictPane is the answer in one line, and why below it.
func (s Screen) verdictPane(w, h int) string {
	v := s.state.Triage.Verdict
	slot, mark := themes.Look, s.sheet.Glyphs.Look
	switch v.Outcome {
	case analysis.Confirmed, analysis.Likely:
		slot, mark = themes.Bad, s.sheet.Glyphs.Cross
	case analysis.NoChange:
		slot, mark = themes.Good, s.sheet.Glyphs.Tick
	}
	words := mark + " " + string(v.Outcome)
	if accused := s.state.Triage.Accused(); accused != "" {
		words += fmt.Sprintf(": %s %s", accused, display.Chance(v.Probability))
	}
	if v.Outcome == "" {
		words = mark + " no verdict: press 9 for what the log holds and lacks"
	}
	lines := []string{s.sheet.Paint(slot, words)}
	facts := strings.TrimLeft(string(s.facts()), " ")
	if style.Width(words)+3+style.Width(facts) <= w || h == 1 {
		lines[0] += "   " + s.sheet.Paint(themes.Muted, facts)
	} else {
		lines = append(lines, s.sheet.Paint(themes.Muted, s.sheet.Fit(facts, w)))
	}
	lines = append(lines, screen.Wrap(display.Escape(v.Why), w)...)
	return s.sheet.Fill(strings.Join(s.cutLines(lines, w, h), "\n"), w, h)
}

// cutLines keeps the first h lines and marks a loss in the last of them.
func (s Screen) cutLines(lines []string, w, h int) []string {
	if len(lines) <= h || h < 1 {
		return lines
	}
	lines = append([]string{}, lines[:h]...)
	if last := lines[h-1]; style.Width(last) < w {
		lines[h-1] = strings.TrimRight(last, " ") + s.sheet.Glyphs.Ellipsis
	} else {
		lines[h-1] = s.sheet.Fit(last, w-1)
	}
	return lines
}

// facts are the numbers every verdict is about: how far quality fell and when.
func (s Screen) facts() display.Text {
	var text display.Text
	if s.state.Stale {
		text += "   weighing again"
	}
	if q := s.state.Triage.Quality; q != nil && q.Metric != "" {
		text += "   " + display.Escape(q.Metric) + " " + s.amount(q.Before) + " to " + s.amount(q.After)
	}
	if onset := s.state.Triage.Onset; onset != nil {
		text += "   since " + display.Time(onset.Onset, s.zone)
	}
	return text
}

// amount is a mean of quality as its scale is read.
func (s Screen) amount(sum analysis.Sum) display.Text {
	if sum.Known == 0 {
		return display.None
	}
	return screen.Level(s.state.Triage.Measure.Scale, sum.Mean())
}
