package uitest

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"andon/ui/screen"
)

// Player presses keys on one screen as the console does, and runs what the
// screen asks for at once, so that a test is a line of keys and what to see:
//
//	keys ──▶ Update ──▶ command ──▶ message ──▶ Update ... until nothing is left
//	                                  └─ Action ──▶ Actions
type Player struct {
	t       testing.TB
	Screen  screen.Screen
	Actions []screen.Action
}

// Play shows a screen in a box of w x h cells, hands it the state, waits for its
// first answers and rests.
func Play(t testing.TB, s screen.Screen, state screen.State, w, h int) *Player {
	t.Helper()
	p := &Player{t: t, Screen: s}
	p.send(tea.WindowSizeMsg{Width: w, Height: h})
	p.Enter(state)
	p.send(screen.Rested{})
	return p
}

// Enter hands the screen the shared state, as after a Refresh.
func (p *Player) Enter(state screen.State) {
	p.t.Helper()
	next, cmd := p.Screen.Enter(state)
	p.Screen = next
	p.run(cmd)
}

// Press presses keys by their names (see Keys), rests, and forgets earlier
// actions.
func (p *Player) Press(names ...string) *Player {
	p.t.Helper()
	p.Hold(names...)
	p.send(screen.Rested{})
	return p
}

// Hold is Press without the rest after it, as while a key is held down.
func (p *Player) Hold(names ...string) *Player {
	p.t.Helper()
	p.Actions = nil
	for _, key := range Keys(names...) {
		p.send(key)
	}
	return p
}

// send gives the screen a message and runs the command it answers with.
func (p *Player) send(msg tea.Msg) {
	next, cmd := p.Screen.Update(msg)
	p.Screen = next
	p.run(cmd)
}

// run runs a command to its end; an endless one is the test's time-out.
func (p *Player) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			p.run(c)
		}
	case screen.Action:
		p.Actions = append(p.Actions, msg)
	default:
		p.send(msg)
	}
}
