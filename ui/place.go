package ui

import (
	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
)

// place is where the user is: a screen, a filter and a column drilled into. Going somewhere leaves
// the place before on a stack, and esc goes back through it, so that a
// drill-down of any depth is undone step by step.
type place struct {
	screen screen.ID
	where  analysis.Where
	column string
}

// same reports a place nobody could tell from this one.
func (p place) same(o place) bool {
	return p.screen == o.screen && p.column == o.column && p.where.String() == o.where.String()
}

// maxPast bounds the stack: nobody remembers further back.
const maxPast = 64

// goTo shows a place; the one before stays on the stack.
func (m Model) goTo(p place) (Model, tea.Cmd) {
	if m.at(p.screen) < 0 {
		m.notice = "there is no screen " + string(p.screen) + " here"
		return m, nil
	}
	if p.same(m.here) {
		return m, nil
	}
	past := append([]place(nil), m.past...)
	m.past = append(past, m.here)
	if len(m.past) > maxPast {
		m.past = m.past[1:]
	}
	return m.show(p)
}

// back returns to the place before; without one it says how to leave.
func (m Model) back() (Model, tea.Cmd) {
	if len(m.past) == 0 {
		m.notice = "at the start; q quits"
		return m, nil
	}
	p := m.past[len(m.past)-1]
	m.past = m.past[:len(m.past)-1]
	return m.show(p)
}

// show puts the place on screen and asks for its state if the filter differs.
func (m Model) show(p place) (Model, tea.Cmd) {
	filtered := p.where.String() != m.state.Where.String()
	m.here, m.state.Column = p, p.column
	var asked tea.Cmd
	if filtered {
		m, asked = m.want(wish{m.asking.wish.windows, p.where})
	}
	m, entered := m.enter()
	return m, tea.Batch(asked, entered)
}
