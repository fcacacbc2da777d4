package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"andon/ui/screen"
)

// envelope brings the answer to a screen's own command back to that screen,
// whether or not it is still the one in focus.
type envelope struct {
	to  screen.ID
	msg tea.Msg
}

// address wraps what a screen's command answers: its own messages go back to
// it in an envelope, an Action goes to the root, a batch is addressed one by
// one.
func address(id screen.ID, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		switch msg := cmd().(type) {
		case nil:
			return nil
		case screen.Action:
			return msg
		case tea.BatchMsg:
			batch := make(tea.BatchMsg, len(msg))
			for i, c := range msg {
				batch[i] = address(id, c)
			}
			return batch
		default:
			return envelope{id, msg}
		}
	}
}

// at is the index of a screen, or -1.
func (m Model) at(id screen.ID) int {
	return slices.IndexFunc(m.screens, func(s screen.Screen) bool { return s.ID() == id })
}

// focused is the screen in focus, or nil if the console has none.
func (m Model) focused() screen.Screen {
	if i := m.at(m.here.screen); i >= 0 {
		return m.screens[i]
	}
	return nil
}

// with is the model in which that screen has its next value.
func (m Model) with(s screen.Screen, cmd tea.Cmd) (Model, tea.Cmd) {
	m.screens = slices.Clone(m.screens)
	m.screens[m.at(s.ID())] = s
	return m, address(s.ID(), cmd)
}

// enter hands the shared state to the screen in focus.
func (m Model) enter() (Model, tea.Cmd) {
	s := m.focused()
	if s == nil {
		return m, nil
	}
	return m.with(s.Enter(m.state))
}

// send gives the screen in focus a message.
func (m Model) send(msg tea.Msg) (Model, tea.Cmd) {
	s := m.focused()
	if s == nil {
		return m, nil
	}
	return m.with(s.Update(msg))
}

// deliver gives a screen the answer it asked for.
func (m Model) deliver(e envelope) (Model, tea.Cmd) {
	i := m.at(e.to)
	if i < 0 {
		return m, nil
	}
	return m.with(m.screens[i].Update(e.msg))
}

// resize tells every screen the size of its box, the one thing that is
// broadcast, and begins a pause: what can wait is drawn after it. Keys that were
// typed ahead of the first size come after it.
func (m Model) resize(s size) (Model, tea.Cmd) {
	m.size = s
	body := s.body()
	cmds := make([]tea.Cmd, len(m.screens))
	for i := range m.screens {
		m, cmds[i] = m.with(m.screens[i].Update(tea.WindowSizeMsg{Width: body.width, Height: body.height}))
	}
	early := m.early
	m.early = nil
	for _, key := range early {
		var cmd tea.Cmd
		m, cmd = m.pressed(key)
		cmds = append(cmds, cmd)
	}
	m, pause := m.pause()
	return m, tea.Batch(append(cmds, pause)...)
}
