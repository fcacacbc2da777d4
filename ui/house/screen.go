// Package house is the home screen: the MLOps House with the state of every
// room, and a door from each to the screen that explains it.
//
//	          ╱  BUSINESS  ╲            what it costs
//	┌────┬─────────────────┬────┐
//	│ ML │     PROBLEM     │OPS │       who answered, what is wrong, what happened
//	├────┴─────────────────┴────┤
//	│           DATA            │       what it all rests on
//	└───────────────────────────┘
//
// The house asks nothing: all it shows follows from the shared state.
package house

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/style"
)

// Screen is the house with the cursor on one of its doors.
type Screen struct {
	sheet style.Sheet
	zone  *time.Location
	state screen.State
	rooms []room
	at    position
	late  bool // it takes long enough to say that it is being read
	whole bool // draw what can wait too: from the first rest on
}

// New returns the house; times are shown in zone.
func New(sheet style.Sheet, zone *time.Location) Screen {
	s := Screen{sheet: sheet, zone: zone, at: position{room: problem}}
	s.rooms = furnish(s.state, zone)
	return s
}

// ID is screen.House.
func (s Screen) ID() screen.ID { return screen.House }

// Enter furnishes the rooms from the state.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	s.state = state
	return s.furnished(), nil
}

// furnished has the rooms as the state has them. That something is still asked
// for can wait to be said, as it is mostly there by then.
func (s Screen) furnished() Screen {
	state := s.state
	state.Bare = state.Bare && s.whole
	s.rooms = furnish(state, s.zone)
	return s
}

// Update moves the cursor between doors and opens the one it is on.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	if _, ok := msg.(screen.Rested); ok {
		s.late, s.whole = true, s.whole || s.state.Ready
		return s.furnished(), nil
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return s, nil
	}
	if next, cmd, done := screen.Press(s.bindings(), key.String(), s); done {
		return next, cmd
	}
	return s, nil
}

type binding = screen.Binding[Screen]

func (s Screen) bindings() []binding {
	walk := func(step func(position) position) func(Screen) (screen.Screen, tea.Cmd) {
		return func(s Screen) (screen.Screen, tea.Cmd) {
			s.at = step(s.at)
			return s, nil
		}
	}
	return []binding{
		{Binding: help.Binding{Keys: []string{"enter"}, Does: "open the door"}, Press: Screen.open},
		{Binding: help.Binding{Keys: []string{"up", "k"}, Label: "up", Does: "door above", Pair: "door"}, Press: walk(position.up)},
		{Binding: help.Binding{Keys: []string{"down", "j"}, Label: "down", Does: "door below"}, Press: walk(position.down)},
		{Binding: help.Binding{Keys: []string{"left", "h"}, Label: "left", Does: "room left", Pair: "room"}, Press: walk(position.left)},
		{Binding: help.Binding{Keys: []string{"right", "l"}, Label: "right", Does: "room right"}, Press: walk(position.right)},
	}
}

// Keys are the house's bindings.
func (s Screen) Keys() []help.Binding {
	return screen.Keys(s.bindings())
}

func (s Screen) open() (screen.Screen, tea.Cmd) {
	return s, screen.Do(screen.Open{Screen: s.door().opens})
}

// door is the one under the cursor.
func (s Screen) door() door { return s.rooms[s.at.room].doors[s.at.door] }

// Typing is false: the house has no prompt.
func (s Screen) Typing() bool { return false }

// Under is the room and door under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	d := s.door()
	saw := s.rooms[s.at.room].name + ", " + d.name
	if d.detail != "" {
		saw += ": " + string(d.detail)
	}
	return analysis.Pin{Screen: string(screen.House), Where: s.state.Where.String(),
		Windows: s.state.Windows, Saw: saw}
}
