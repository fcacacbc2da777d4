package notes

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
	headRows    = 2
)

// layout divides the box into head, list and the entry under the cursor.
type layout struct{ list, entry int }

func arrange(_, h int) layout {
	l := layout{entry: min(8, h/3)}
	l.list = max(0, h-headRows-l.entry)
	return l
}

// View is the screen in exactly width x height cells.
func (s Screen) View(width, height int) string {
	if width < leastWidth || height < leastHeight {
		return s.sheet.Middle("notes need 30 x 6", width, height)
	}
	head := s.head(width)
	switch s.mode {
	case reading, preview:
		return style.Stack(head, s.page(width, height-headRows))
	case editing:
		return style.Stack(head, s.editor(width, height-headRows))
	case recording:
		return style.Stack(head, s.sheet.Fill(s.recordPage(width, height-headRows), width, height-headRows))
	}
	if text := s.message(); text != "" {
		return style.Stack(head, screen.Message(text, width, height-headRows, s.sheet))
	}
	l := arrange(width, height)
	return s.sheet.Fill(style.Stack(head, s.table.View(width, l.list, s.sheet), s.entryPane(width, l.entry)), width, height)
}

// message is what to say instead of a list, "" when there is one.
func (s Screen) message() string {
	switch {
	case s.state.Err != nil:
		return "the incident file could not be read\n" + s.state.Err.Error()
	case s.notes.err != nil:
		return "notes could not be read\n" + s.notes.err.Error() + "\nctrl+r asks again"
	case s.notes.number == 0:
		return "reading the notes"
	case len(s.entries) == 0:
		return "nothing written yet\nn writes a note, on any screen, pinned to what is under the cursor\n7 Triage records findings, i shows the incident record\np shows the report as it stands"
	}
	return ""
}

// head is the incident in two lines: what and how it stands, since when and
// why.
func (s Screen) head(w int) string {
	incident, t := s.state.Incident, s.state.Triage
	title := string(display.Escape(incident.Title))
	if title == "" {
		title = "incident without a title"
	}
	right := string(display.Escape(incident.Status))
	if incident.SLO > 0 {
		right += "  SLO " + string(display.Percent(incident.SLO))
	}
	first := s.sheet.Fit(s.sheet.Paint(themes.Title, title), max(0, w-style.Width(right)-1)) + " " + s.sheet.Paint(themes.Goal, right)
	var facts []string
	if t.Onset != nil {
		facts = append(facts, "since "+string(display.Time(t.Onset.Onset, s.zone)))
	}
	if accused := t.Accused(); accused != "" {
		facts = append(facts, fmt.Sprintf("%s %s %.0f %%", t.Verdict.Outcome, accused, 100*t.Verdict.Probability))
	} else if t.Verdict.Outcome != "" {
		facts = append(facts, string(t.Verdict.Outcome))
	}
	facts = append(facts, string(display.Escape(s.state.Path)))
	second := strings.Join(facts, " "+s.sheet.Glyphs.Separator+" ")
	return s.sheet.Fit(first, w) + "\n" + s.sheet.Paint(themes.Muted, s.sheet.Fit(second, w))
}

// entryPane is the entry under the cursor, as much as fits; enter reads all.
func (s Screen) entryPane(w, h int) string {
	e, ok := s.current()
	if !ok || h <= 0 {
		return s.sheet.Fill("", w, h)
	}
	lines := append([]string{s.sheet.Paint(themes.Border, strings.Repeat(s.sheet.Glyphs.Horizontal, w))}, s.entryLines(e, w)...)
	if len(lines) > h && h > 1 {
		lines = append(lines[:h-1:h-1], s.sheet.Paint(themes.Muted, "enter reads the rest"))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

// editor is the prompt, and why the last try failed.
func (s Screen) editor(w, h int) string {
	if s.failed == nil {
		return s.edit.View(w, h, s.sheet)
	}
	text := string(display.Escape("not kept: " + s.failed.Error()))
	return style.Stack(s.edit.View(w, h-1, s.sheet), s.sheet.Paint(themes.Bad, s.sheet.Fit(text, w)))
}
