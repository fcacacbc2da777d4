package ui

import (
	"math"

	tea "charm.land/bubbletea/v2"

	"andon/ui/help"
	"andon/ui/screen"
)

// Progress says how far an import has come. Whoever runs the import sends it
// by tea.Program.Send, a few times a second at most.
type Progress struct{ Loading screen.Loading }

// Loaded says that the incident file holds something new: an import ended, or
// committed enough to be worth another look. Err is why it ended early.
type Loaded struct{ Err error }

// stop ends the import, or the following; what ended says so itself.
func (m Model) stop() (Model, tea.Cmd) {
	stop := m.config.Stop
	m.notice = "stopping ..."
	return m, func() tea.Msg {
		stop()
		return nil
	}
}

func (m Model) noLoading() string {
	idle := !m.state.Loading.Active && m.live == Followed{}
	return help.Why(m.config.Stop == nil || idle, "nothing is loading")
}

func (m Model) progress(p Progress) (Model, tea.Cmd) {
	m.state.Loading = p.Loading
	if p.Loading.Active {
		m.partial, m.whole = true, math.MaxInt // until it has ended
	}
	return m.enter()
}

func (m Model) loaded(l Loaded) (Model, tea.Cmd) {
	if l.Err != nil {
		m.state.Loading.Active = false
		m.notice = "loading stopped: " + l.Err.Error()
	}
	m, asked := m.reload()
	if !m.state.Loading.Active {
		m.whole = m.asking.number
		if m.asking.again {
			m.whole++
		}
	}
	return m, asked
}
