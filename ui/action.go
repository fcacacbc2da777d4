package ui

import (
	"andon/analysis"
	"andon/ui/screen"

	tea "charm.land/bubbletea/v2"
)

// act does what a screen asked for.
func (m Model) act(a screen.Action) (Model, tea.Cmd) {
	switch a := a.(type) {
	case screen.Open:
		where := m.here.where
		if a.Where != nil {
			where = a.Where
		}
		return m.goTo(place{a.Screen, where, a.Column})
	case screen.Filter:
		return m.goTo(place{m.here.screen, a.Where, m.here.column})
	case screen.Move:
		return m.move(a.Windows)
	case screen.Show:
		return m.graphics(a)
	case screen.Notify:
		m.notice = a.Text
	case screen.Back:
		return m.back()
	case screen.Refresh:
		return m.reload()
	}
	return m, nil
}

// graphics leaves the console for the pictures and comes back.
func (m Model) graphics(a screen.Show) (Model, tea.Cmd) {
	if m.config.Show == nil {
		m.notice = "for pictures in the terminal's own graphics start andon with --pictures sixel or kitty"
		return m, nil
	}
	return m, m.config.Show(a)
}

// move changes the windows; zero windows are the proposed ones.
func (m Model) move(w analysis.Windows) (Model, tea.Cmd) {
	m, asked := m.want(wish{w, m.asking.wish.where})
	m, entered := m.enter()
	return m, tea.Batch(asked, entered)
}
