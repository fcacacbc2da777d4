package triage

import (
	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/analysis/playbook"
	"andon/ui/help"
	"andon/ui/screen"
)

type binding = screen.Binding[Screen]

func (s Screen) bindings() []binding {
	if s.decide.shown {
		return s.hypothesisKeys()
	}
	move := func(by int) func(Screen) (screen.Screen, tea.Cmd) {
		return func(s Screen) (screen.Screen, tea.Cmd) { return s.move(by) }
	}
	return []binding{
		{Binding: help.Binding{Keys: []string{"a"}, Does: "answer step", Unless: s.unlessAnswerable}, Press: Screen.begin},
		{Binding: help.Binding{Keys: []string{"enter", "g"}, Does: "go and look", Unless: s.unlessLook}, Press: Screen.goLook},
		{Binding: help.Binding{Keys: []string{"h"}, Does: "hypotheses", Unless: s.unlessWeighed}, Press: Screen.showHypotheses},
		{Binding: help.Binding{Keys: []string{"f"}, Does: "act fast, or be sure", Unless: s.unlessWeighed}, Press: Screen.turnFast},
		{Binding: help.Binding{Keys: []string{"tab"}, Does: "next pane"}, Press: Screen.nextPane},
		{Binding: help.Binding{Keys: []string{"shift+tab"}, Does: "pane before"}, Press: Screen.previousPane},
		{Binding: help.Binding{Keys: []string{"down", "j"}, Label: "down", Does: "next", Pair: "move"}, Press: move(1)},
		{Binding: help.Binding{Keys: []string{"up", "k"}, Label: "up", Does: "previous"}, Press: move(-1)},
		{Binding: help.Binding{Keys: []string{"pgdown"}, Does: "page down", Pair: "page"}, Press: move(5)},
		{Binding: help.Binding{Keys: []string{"pgup"}, Does: "page up"}, Press: move(-5)},
		{Binding: help.Binding{Keys: []string{"home"}, Does: "first", Pair: "ends"}, Press: move(-1000)},
		{Binding: help.Binding{Keys: []string{"end"}, Does: "last"}, Press: move(1000)},
	}
}

// Keys are the screen's bindings; while an outcome is given, its letters.
func (s Screen) Keys() []help.Binding {
	if s.entry.open && s.entry.outcome == "" {
		var keys []help.Binding
		for _, o := range outcomes {
			does := string(o.outcome)
			if o.why && (o.outcome == analysis.Yes || o.outcome == analysis.No) {
				does += ", because"
			}
			keys = append(keys, help.Binding{Keys: []string{o.key}, Does: does})
		}
		return append(keys, help.Binding{Keys: []string{"esc"}, Does: "leave"})
	}
	if s.decide.asking() {
		return s.decide.keys()
	}
	if s.entry.open {
		return []help.Binding{{Keys: []string{"enter"}, Does: "save"}, {Keys: []string{"esc"}, Does: "leave"}}
	}
	return screen.Keys(s.bindings())
}

func (s Screen) unlessAnswerable() string {
	switch {
	case !s.state.Ready:
		return "no triage yet"
	case s.saving != "":
		return "still saving " + s.saving
	case len(s.rows) == 0:
		return "no step to answer"
	}
	return ""
}

func (s Screen) unlessLook() string {
	if r, ok := s.current(); !ok || r.step.Look == "" {
		return "done on the floor, not here: press a with what you found"
	}
	return ""
}

// move walks over what the pane in focus lists.
func (s Screen) move(by int) (screen.Screen, tea.Cmd) {
	switch s.pane {
	case causes:
		s.cause = max(0, min(len(s.state.Triage.Causes)-1, s.cause+by))
		s.scroll = 0
	case ledger:
		lines := 0
		if c, ok := s.accused(); ok {
			lines = len(s.ledgerLines(c))
		}
		s.scroll = max(0, min(lines-1, s.scroll+by))
	default:
		if len(s.rows) == 0 {
			return s, nil
		}
		s.step = s.rows[max(0, min(len(s.rows)-1, index(s.rows, s.step)+by))].step.ID
		s.failed = nil
		return s.look()
	}
	return s, nil
}

func (s Screen) nextPane() (screen.Screen, tea.Cmd) {
	s.pane = (s.pane + 1) % panes
	return s, nil
}

func (s Screen) previousPane() (screen.Screen, tea.Cmd) {
	s.pane = (s.pane + panes - 1) % panes
	return s, nil
}

// goLook opens the screen on which the step under the cursor can be seen, under
// the step's filter.
func (s Screen) goLook() (screen.Screen, tea.Cmd) {
	r, _ := s.current()
	open := screen.Open{Screen: screen.ID(r.step.Look)}
	switch r.step.Filter {
	case "":
	case playbook.Slice:
		open.Where = s.guilty()
	default:
		where, err := analysis.ParseWhere(r.step.Filter)
		if err != nil {
			return s, screen.Do(screen.Notify{Text: "the filter of the step cannot be read: " + err.Error()})
		}
		open.Where = where
	}
	return s, screen.Do(open)
}

func (s Screen) unlessWeighed() string {
	if !s.state.Ready || len(s.state.Triage.Causes) == 0 {
		return "no cause is weighed: nothing changed, or nothing can be told"
	}
	return ""
}

// turnFast orders the checklist for somebody whose line stands, or back.
func (s Screen) turnFast() (screen.Screen, tea.Cmd) {
	s.fast = !s.fast
	s = s.list()
	s.step = s.rows[0].step.ID
	return s.tell().look()
}

// guilty is the slice that explains the drop; nil leaves the filter as it is.
func (s Screen) guilty() analysis.Where {
	if slice := s.state.Triage.Guilty(); slice != nil && len(s.state.Where) == 0 {
		return slice.Where
	}
	return nil
}
