package ui

import (
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"andon/ui/screen"
)

// rested ends the pause of that number.
//
//	j j j j ········▶ rested ──▶ the pane that explains the row is drawn once
//	        └ Rest ┘
type rested int

// pressed takes a key and begins the pause after it.
func (m Model) pressed(key tea.KeyPressMsg) (Model, tea.Cmd) {
	var before tea.Cmd
	if key.Mod.Contains(tea.ModAlt) && !m.Typing() {
		// Over a slow line esc and the key after it come in one packet, which
		// reads as one key with alt; no key here has alt.
		m, before = m.press(tea.KeyPressMsg{Code: tea.KeyEscape})
		key.Mod &^= tea.ModAlt
		if key.Mod == 0 && unicode.IsPrint(key.Code) {
			key.Text = string(key.Code)
		}
	}
	m, cmd := m.press(key)
	m, pause := m.pause()
	return m, tea.Batch(before, cmd, pause)
}

// pause begins a pause in place of the one before; without a rest it is over at
// once.
func (m Model) pause() (Model, tea.Cmd) {
	m.pauses++
	last := rested(m.pauses)
	if m.config.Rest <= 0 {
		return m, func() tea.Msg { return last }
	}
	return m, tea.Tick(m.config.Rest, func(_ time.Time) tea.Msg { return last })
}

// rested tells the screen in focus, unless something came in between.
func (m Model) rested(r rested) (Model, tea.Cmd) {
	if int(r) != m.pauses {
		return m, nil
	}
	m, told := m.send(screen.Rested{})
	m, furnishing := m.furnish()
	return m, tea.Batch(told, furnishing)
}
