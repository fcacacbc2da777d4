package models

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/table"
)

type binding = screen.Binding[Screen]

func (s Screen) bindings() []binding {
	turn := func(by pane) func(Screen) (screen.Screen, tea.Cmd) {
		return func(s Screen) (screen.Screen, tea.Cmd) {
			s.pane = (s.pane + by) % panes
			return s.resize(), nil
		}
	}
	return []binding{
		{Binding: help.Binding{Keys: []string{"tab"}, Does: "next pane"}, Press: turn(1)},
		{Binding: help.Binding{Keys: []string{"enter"}, Does: "its timeline", Unless: s.unlessRows}, Press: open(screen.Timeline)},
		{Binding: help.Binding{Keys: []string{"d"}, Does: "its diff", Unless: s.unlessRows}, Press: open(screen.Diff)},
		{Binding: help.Binding{Keys: []string{"f"}, Does: "filter here", Unless: s.unlessRows}, Press: filter},
		{Binding: help.Binding{Keys: []string{"space"}, Does: "mark to compare", Unless: s.unlessPicked}, Press: Screen.mark},
		{Binding: help.Binding{Keys: []string{"c"}, Does: "compare with marked", Unless: s.unlessPicked}, Press: Screen.compare},
		{Binding: help.Binding{Keys: []string{"shift+tab"}, Does: "pane before"}, Press: turn(panes - 1)},
		{Binding: help.Binding{Keys: []string{"ctrl+r"}, Does: "ask again"}, Press: func(s Screen) (screen.Screen, tea.Cmd) { return screen.Again(s.ask(true)) }},
	}
}

// Keys are the screen's bindings.
func (s Screen) Keys() []help.Binding {
	return append(screen.Keys(s.bindings()), table.Keys()...)
}

// press gives a key to a binding or to the table that shows.
func (s Screen) press(key string) (screen.Screen, tea.Cmd) {
	if next, cmd, done := screen.Press(s.bindings(), key, s); done {
		return next, cmd
	}
	s.tables[s.pane], _ = s.tables[s.pane].Press(key)
	return s, nil
}

// rows are the conditions that the row under the cursor stands for: a version,
// a unit, or where a remedy applies.
func (s Screen) rows() analysis.Where {
	if r, ok := s.remedy(); ok && s.pane == remedies {
		return r.Where
	}
	return s.picked()
}

func (s Screen) unlessRows() string {
	switch {
	case s.pane == members:
		return "members answer the same rows: tab to versions or units"
	case len(s.rows()) == 0:
		return "this one is about all rows"
	}
	return ""
}

// narrowed is the filter with the conditions of the row under the cursor in
// place of those on the same columns.
func (s Screen) narrowed() analysis.Where {
	add := s.rows()
	where := slices.DeleteFunc(slices.Clone(s.state.Where), func(c analysis.Condition) bool {
		return slices.ContainsFunc(add, func(a analysis.Condition) bool { return a.Column == c.Column })
	})
	return append(where, add...)
}

// open goes to a screen with the rows under the cursor as filter.
func open(id screen.ID) func(Screen) (screen.Screen, tea.Cmd) {
	return func(s Screen) (screen.Screen, tea.Cmd) {
		return s, screen.Do(screen.Open{Screen: id, Where: s.narrowed()})
	}
}

// filter makes the rows under the cursor the filter everywhere.
func filter(s Screen) (screen.Screen, tea.Cmd) {
	return s, screen.Do(screen.Filter{Where: s.narrowed()})
}
