package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/ui/screen"
)

// rested ends the pause after the key of that number.
//
//	j j j j ········▶ rested ──▶ the pane that explains the row is drawn once
//	        └ Rest ┘
type rested int

// pressed takes a key and begins the pause after it.
func (m Model) pressed(key tea.KeyPressMsg) (Model, tea.Cmd) {
	m, cmd := m.press(key)
	m.presses++
	return m, tea.Batch(cmd, m.pause())
}

// pause waits for a rest; without one it is over at once.
func (m Model) pause() tea.Cmd {
	last := rested(m.presses)
	if m.config.Rest <= 0 {
		return func() tea.Msg { return last }
	}
	return tea.Tick(m.config.Rest, func(_ time.Time) tea.Msg { return last })
}

// rested tells the screen in focus, unless another key came.
func (m Model) rested(r rested) (Model, tea.Cmd) {
	if int(r) != m.presses {
		return m, nil
	}
	return m.send(screen.Rested{})
}
