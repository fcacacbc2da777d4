package models

import (
	"fmt"
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

const (
	leastWidth  = 30
	leastHeight = 6
	mostChart   = 16 // rows; a flat plot reads better than a tall one
)

// layout divides the box: each table has a title of one row above it, and the
// detail the rest.
type layout struct{ members, versions, detail int }

func (s Screen) layout(_, h int) layout {
	needed := func(rows int) int { return max(rows, 1) + 1 }
	m, v := needed(len(s.answer.ensemble.Members)), needed(len(s.answer.ensemble.Versions))
	if room := max(0, h-2-min(7, h/3)); m+v > room {
		m = min(m, max(room-v, room-room/2))
		v = room - m
	}
	return layout{members: m, versions: v, detail: max(0, h-2-m-v)}
}

// View is the screen in exactly width x height cells.
func (s Screen) View(width, height int) string {
	if width < leastWidth || height < leastHeight {
		return s.sheet.Middle("models need 30 x 6", width, height)
	}
	if text := s.message(); text != "" {
		var lines []string
		for _, line := range display.Lines(text) {
			lines = append(lines, s.wrap(line, width-2)...)
		}
		return s.sheet.Middle(strings.Join(lines, "\n"), width, height)
	}
	l, e := s.layout(width, height), s.answer.ensemble
	return s.sheet.Fill(style.Stack(
		s.title(members, s.spread(), width), s.table(members, l.members, width),
		s.title(versions, fmt.Sprintf("Versions: %d", len(e.Versions)), width), s.table(versions, l.versions, width),
		s.detailPane(width, l.detail)), width, height)
}

// message is what to say instead of tables, "" when there are some.
func (s Screen) message() string {
	switch {
	case s.state.Err != nil:
		return "no triage yet\n" + s.state.Err.Error()
	case !s.state.Ready:
		return "waiting for the first triage"
	case s.state.Windows.Zero():
		return "no windows to compare\npress 2 for Timeline, then w to propose windows"
	case s.answer.number == 0:
		return "comparing members and versions"
	case s.answer.err != nil:
		return "members and versions could not be compared\n" + s.answer.err.Error() + "\nctrl+r asks again"
	case len(s.answer.ensemble.Members)+len(s.answer.ensemble.Versions) == 0:
		return "nothing tells who answered\n" + strings.Join(s.answer.ensemble.Warnings, "\n") + "\nandon map SRC drafts the mapping file"
	}
	return ""
}

func (s Screen) wrap(text display.Text, w int) []string {
	var lines []string
	for _, line := range display.Wrap(text, w) {
		lines = append(lines, string(line))
	}
	return lines
}

// title names a pane; the one in focus has the pointer and the accent.
func (s Screen) title(p pane, text string, w int) string {
	if s.pane == p {
		return s.sheet.Paint(themes.Accent, s.sheet.Fit(s.sheet.Glyphs.Pointer+" "+text, w))
	}
	return s.sheet.Paint(themes.Title, s.sheet.Fit("  "+text, w))
}

// table is that of a pane, or why it has no rows.
func (s Screen) table(p pane, h, w int) string {
	e := s.answer.ensemble
	switch {
	case p == members && len(e.Members) == 0:
		return s.sheet.Fill("  "+s.sheet.Paint(themes.Muted, "no votes logged: name a member's column vote_<member>"), w, h)
	case p == versions && len(e.Versions) == 0:
		return s.sheet.Fill("  "+s.sheet.Paint(themes.Muted, "no model version logged"), w, h)
	case p == versions:
		return s.versions.View(w, h, s.sheet)
	}
	return s.members.View(w, h, s.sheet)
}

// detailPane is the one on which the cursor came to rest in words, then the
// warnings.
func (s Screen) detailPane(w, h int) string {
	if h <= 0 {
		return ""
	}
	s = s.telling()
	lines := []string{s.sheet.Paint(themes.Border, strings.Repeat(s.sheet.Glyphs.Horizontal, w))}
	if s.pending() {
		lines = append(lines, s.sheet.Paint(themes.Muted, "asking again"))
	}
	for _, sentence := range s.sentences() {
		lines = append(lines, s.wrap(display.Escape(sentence), w)...)
	}
	for _, warning := range s.answer.ensemble.Warnings {
		for _, line := range s.wrap(display.Escape(s.sheet.Glyphs.Look+" "+warning), w) {
			lines = append(lines, s.sheet.Paint(themes.Look, line))
		}
	}
	if room := h - len(lines) - 1; room >= leastChart {
		lines = append(lines, s.sheet.Paint(themes.Title, s.sheet.Fit(s.chartTitle(), w)), s.chart(w, min(room, mostChart)))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}
