package models

import (
	"fmt"
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

const (
	leastWidth  = 30
	leastHeight = 6
	mostChart   = 16 // rows; a flat plot reads better than a tall one
	talkative   = 12 // rows from which a pane has its headline
)

// layout divides the box: the names of the panes, a headline where there is
// room, the table of the one that shows, and the detail.
type layout struct{ head, table, detail int }

func (s Screen) layout(_, h int) layout {
	l := layout{head: 1}
	if h >= talkative {
		l.head = 2
	}
	rows := len(s.tables[s.pane].Rows)
	l.table = min(max(rows, 1)+1, max(2, h-l.head-min(8, h/2)))
	l.detail = max(0, h-l.head-l.table)
	return l
}

// View is the screen in exactly width x height cells.
func (s Screen) View(width, height int) string {
	if width < leastWidth || height < leastHeight {
		return s.sheet.Middle("models need 30 x 6", width, height)
	}
	if text := s.message(); text != "" {
		return screen.Message(text, width, height, s.sheet)
	}
	l := s.layout(width, height)
	parts := []string{s.tabs(width)}
	if l.head > 1 {
		parts = append(parts, s.sheet.Fit("  "+s.sheet.Paint(themes.Muted, s.headline()), width))
	}
	parts = append(parts, s.table(l.table, width), s.detailPane(width, l.detail))
	return s.sheet.Fill(style.Stack(parts...), width, height)
}

// message is what to say instead of panes, "" when there is something to show.
func (s Screen) message() string {
	switch {
	case s.state.Err != nil:
		return "no triage yet\n" + s.state.Err.Error()
	case !s.state.Ready:
		return "waiting for the first triage"
	case s.state.Windows.Zero():
		return "no windows to compare\npress 2 for Timeline, then w to propose windows"
	case s.known.number[members] == 0:
		return "comparing members and versions"
	case s.known.err[members] != nil:
		return "members and versions could not be compared\n" + s.known.err[members].Error() + "\nctrl+r asks again"
	}
	return ""
}

// tabs names the panes with how many rows each has; the one that shows has the
// pointer and the accent. In a narrow box it stands alone.
func (s Screen) tabs(w int) string {
	names := [panes]string{members: "Members", versions: "Versions", remedies: "What-if", units: "Units", stages: "Stages"}
	var parts []string
	for p, name := range names {
		text := "  " + name
		if n := len(s.tables[p].Rows); n > 0 {
			text += fmt.Sprintf(" %d", n)
		}
		slot := themes.Title
		if pane(p) == s.pane {
			text, slot = s.sheet.Glyphs.Pointer+text[1:], themes.Accent
		} else if w < 50 {
			continue
		}
		parts = append(parts, s.sheet.Paint(slot, text))
	}
	return s.sheet.Fit(strings.Join(parts, "  "), w)
}

// table is that of the pane, or why it has no rows.
func (s Screen) table(h, w int) string {
	t := s.tables[s.pane]
	if len(t.Rows) > 0 {
		return t.View(w, h, s.sheet)
	}
	return s.sheet.Fill("  "+s.sheet.Paint(themes.Muted, s.empty()), w, h)
}

// empty says why the pane has no rows.
func (s Screen) empty() string {
	switch {
	case s.known.number[s.pane] == 0:
		return "asking"
	case s.known.err[s.pane] != nil:
		return string(display.Escape(s.known.err[s.pane].Error()))
	}
	return [panes]string{members: "no votes logged: name a member's column vote_<member>", versions: "no model version logged",
		remedies: "no remedy can be judged", units: "one model in one plant",
		stages: "no stages logged: name a stage's column stage_<name>"}[s.pane]
}

// detailPane is the row on which the cursor came to rest in words, the warnings,
// the plot where there is room for it, and the matrix where there is for both:
// the words tell of the same pairs.
func (s Screen) detailPane(w, h int) string {
	if h <= 0 {
		return ""
	}
	s = s.telling()
	lines := []string{s.sheet.Paint(themes.Border, strings.Repeat(s.sheet.Glyphs.Horizontal, w))}
	if s.pending(s.pane) && len(s.tables[s.pane].Rows) > 0 {
		lines = append(lines, s.sheet.Paint(themes.Muted, "asking again"))
	}
	for _, sentence := range s.sentences() {
		lines = append(lines, screen.Wrap(display.Escape(sentence), w)...)
	}
	for _, warning := range s.warnings() {
		for _, line := range screen.Wrap(display.Escape(s.sheet.Glyphs.Look+" "+warning), w) {
			lines = append(lines, s.sheet.Paint(themes.Look, line))
		}
	}
	if matrix := s.matrix(w); h-len(lines)-len(matrix) > leastChart {
		lines = append(lines, matrix...)
	}
	if room := h - len(lines) - 1; room >= leastChart && s.chartTitle() != "" {
		lines = append(lines, s.sheet.Paint(themes.Title, s.sheet.Fit(s.chartTitle(), w)), s.chart(w, min(room, mostChart)))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}
