package data

import (
	"fmt"

	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// viewPlan is the pending sources, the fields of one, and what is to be said of
// what is under the cursor.
func (s Screen) viewPlan(w, h int) string {
	l := s.layout(w, h)
	head := "nothing of these is stored yet: L loads them as they are understood here"
	parts := []string{s.sheet.Fill(s.sheet.Fit(head, w), w, l.head),
		screen.Title(fmt.Sprintf("Sources: %d", len(s.state.Pending)), !s.plan.fielded && !s.choice.open, w, s.sheet),
		s.plan.sources.View(w, l.sources, s.sheet), s.planned(w, l.lower), s.footer(s.remarks(), w, l.detail)}
	return s.sheet.Fill(style.Stack(parts...), w, h)
}

// planned is the fields of the source under the cursor, or the list to choose
// from.
func (s Screen) planned(w, h int) string {
	switch p, _, _ := s.pendingAt(); {
	case h <= 0:
		return ""
	case s.choice.open:
		return style.Stack(screen.Title(string(s.choice.title), true, w, s.sheet), s.choice.table.View(w, h-1, s.sheet))
	default:
		title := fmt.Sprintf("Fields of %s: %d", display.Escape(p.Path), len(p.Fields))
		return style.Stack(screen.Title(title, s.plan.fielded, w, s.sheet), s.plan.fields.View(w, h-1, s.sheet))
	}
}

// remarks are what there is to say of a source or a field.
func (s Screen) remarks() []display.Text {
	p, _, ok := s.pendingAt()
	if !ok {
		return nil
	}
	if f, on := s.fieldAt(); on && s.plan.fielded {
		return []display.Text{display.Escape(describe(f))}
	}
	if p.Why != "" {
		return []display.Text{display.Text(s.sheet.Glyphs.Cross) + " it will be passed over: " + display.Escape(p.Why)}
	}
	var lines []display.Text
	if p.Confidence < leastSure {
		lines = append(lines, display.Text(s.sheet.Glyphs.Look)+" guessed from little: look at the roles")
	}
	for _, warning := range p.Warnings {
		lines = append(lines, display.Text(s.sheet.Glyphs.Look)+" "+display.Escape(warning))
	}
	return lines
}
