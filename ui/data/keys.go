package data

import (
	tea "charm.land/bubbletea/v2"

	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/table"
)

type binding = screen.Binding[Screen]

func (s Screen) bindings() []binding {
	turn := func(by pane) func(Screen) (screen.Screen, tea.Cmd) {
		return func(s Screen) (screen.Screen, tea.Cmd) {
			s.pane = (s.pane + by + panes) % panes
			return s, nil
		}
	}
	return []binding{
		{Binding: help.Binding{Keys: []string{"tab"}, Does: "next pane"}, Press: turn(1)},
		{Binding: help.Binding{Keys: []string{"shift+tab"}, Does: "pane before"}, Press: turn(-1)},
		{Binding: help.Binding{Keys: []string{"enter"}, Does: "source's rejects", Unless: s.unlessRejects}, Press: Screen.openRejects},
		{Binding: help.Binding{Keys: []string{"r"}, Does: "change the role", Unless: s.unlessColumn}, Press: Screen.askRole},
		{Binding: help.Binding{Keys: []string{"a"}, Does: "ask in SQL"}, Press: Screen.openSQL},
		{Binding: help.Binding{Keys: []string{"ctrl+r"}, Does: "ask again"}, Press: Screen.again},
	}
}

// Keys are the screen's bindings.
func (s Screen) Keys() []help.Binding {
	if s.choice.open {
		return s.choice.keys()
	}
	if s.sql.open {
		return s.sql.keys()
	}
	if s.planning() {
		return append(screen.Keys(s.planBindings()), table.Keys()...)
	}
	return append(screen.Keys(s.bindings()), table.Keys()...)
}

// OtherKeys are the bindings while sources are looked over before loading, but
// for the tables' own.
func (s Screen) OtherKeys() []help.Group {
	return []help.Group{{Title: "Data, with --review", Bindings: screen.Keys(s.planBindings())}}
}

// press gives a key to a binding or to the table in focus.
func (s Screen) press(msg tea.KeyPressMsg) (screen.Screen, tea.Cmd) {
	switch {
	case s.choice.open:
		return s.choosing(msg)
	case s.sql.open:
		return s.pressSQL(msg)
	case s.planning():
		return s.pressPlan(msg)
	}
	key := msg.String()
	if next, cmd, done := screen.Press(s.bindings(), key, s); done {
		return next, cmd
	}
	switch s.pane {
	case columns:
		s.columns, _ = s.columns.Press(key)
	case rejects:
		s.rejects, _ = s.rejects.Press(key)
	default:
		before, _ := s.source()
		s.sources, _ = s.sources.Press(key)
		if after, _ := s.source(); after.ID != before.ID {
			return s.askRejects()
		}
	}
	return s, nil
}

// unlessRejects says why there is nothing to open.
func (s Screen) unlessRejects() string {
	if source, ok := s.source(); !ok || source.Rejected == 0 {
		return "every record of this source was used"
	}
	return ""
}

func (s Screen) openRejects() (screen.Screen, tea.Cmd) {
	s.pane = rejects
	return s, nil
}

// again asks everything once more.
func (s Screen) again() (screen.Screen, tea.Cmd) {
	var takeStock, refused, bars tea.Cmd
	s, takeStock = s.askInventory()
	s, refused = s.askRejects()
	s, bars = s.askSpread()
	return s, tea.Batch(takeStock, refused, bars)
}
