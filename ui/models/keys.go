package models

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/table"
)

// binding is a key with what it does.
type binding struct {
	help.Binding
	press func(Screen) (screen.Screen, tea.Cmd)
}

func (s Screen) bindings() []binding {
	turn := func(s Screen) (screen.Screen, tea.Cmd) {
		s.pane = (s.pane + 1) % panes
		return s, nil
	}
	return []binding{
		{help.Binding{Keys: []string{"tab", "shift+tab"}, Does: "other pane"}, turn},
		{help.Binding{Keys: []string{"enter"}, Does: "version's timeline", Unless: s.unlessVersion}, open(screen.Timeline)},
		{help.Binding{Keys: []string{"d"}, Does: "version's diff", Unless: s.unlessVersion}, open(screen.Diff)},
		{help.Binding{Keys: []string{"ctrl+r"}, Does: "ask again"}, func(s Screen) (screen.Screen, tea.Cmd) { return s.ask(true) }},
	}
}

// Keys are the screen's bindings.
func (s Screen) Keys() []help.Binding {
	var keys []help.Binding
	for _, b := range s.bindings() {
		keys = append(keys, b.Binding)
	}
	return append(keys, table.Keys()...)
}

// press gives a key to a binding or to the table in focus.
func (s Screen) press(key string) (screen.Screen, tea.Cmd) {
	for _, b := range s.bindings() {
		if b.Is(key) {
			return b.press(s)
		}
	}
	if s.pane == versions {
		s.versions, _ = s.versions.Press(key)
	} else {
		s.members, _ = s.members.Press(key)
	}
	return s, nil
}

func (s Screen) unlessVersion() string {
	if _, ok := s.version(); !ok || s.pane != versions {
		return "choose a version first: tab"
	}
	return ""
}

// open goes to a screen with the version under the cursor as filter.
func open(id screen.ID) func(Screen) (screen.Screen, tea.Cmd) {
	return func(s Screen) (screen.Screen, tea.Cmd) {
		if why := s.unlessVersion(); why != "" {
			return s, screen.Do(screen.Notify{Text: why})
		}
		v, _ := s.version()
		where := slices.DeleteFunc(slices.Clone(s.state.Where), func(c analysis.Condition) bool { return c.Column == v.Where.Column })
		return s, screen.Do(screen.Open{Screen: id, Where: append(where, v.Where)})
	}
}
