package triage

import (
	tea "charm.land/bubbletea/v2"

	"andon/analysis/hypothesis"
	"andon/ui/help"
	"andon/ui/screen"
)

// The keys of the hypotheses: those of the list, and those of a decision under
// way, which stand in the help bar in their place.

// statuses are the moves by their keys: y and n answer whether it was so.
var statuses = []struct {
	key    string
	status hypothesis.Status
}{{"t", hypothesis.Testing}, {"y", hypothesis.Supported}, {"n", hypothesis.Refuted}, {"p", hypothesis.Proposed}}

// hypothesisKeys are the bindings while the hypotheses are shown.
func (s Screen) hypothesisKeys() []binding {
	move := func(by int) func(Screen) (screen.Screen, tea.Cmd) {
		return func(s Screen) (screen.Screen, tea.Cmd) {
			s.decide.at = max(0, min(len(s.decide.all)-1, s.decide.at+by))
			s.decide.scroll, s.decide.failed = 0, nil
			return s, nil
		}
	}
	read := func(by int) func(Screen) (screen.Screen, tea.Cmd) {
		return func(s Screen) (screen.Screen, tea.Cmd) {
			s.decide.scroll = max(0, s.decide.scroll+by)
			return s, nil
		}
	}
	return []binding{
		{Binding: help.Binding{Keys: []string{"s"}, Does: "change status", Unless: s.unlessHypothesis}, Press: Screen.askStatus},
		{Binding: help.Binding{Keys: []string{"o"}, Does: "one of my own"}, Press: Screen.askOwn},
		{Binding: help.Binding{Keys: []string{"c"}, Does: "keep controls", Unless: s.unlessControls}, Press: Screen.keepControls},
		{Binding: help.Binding{Keys: []string{"enter", "g"}, Does: "its slice", Unless: s.unlessSlice}, Press: Screen.goSlice},
		{Binding: help.Binding{Keys: []string{"h", "esc"}, Does: "checklist"}, Press: Screen.hideHypotheses},
		{Binding: help.Binding{Keys: []string{"down", "j"}, Label: "down", Does: "next", Pair: "move"}, Press: move(1)},
		{Binding: help.Binding{Keys: []string{"up", "k"}, Label: "up", Does: "previous"}, Press: move(-1)},
		{Binding: help.Binding{Keys: []string{"pgdown"}, Does: "read on", Pair: "read"}, Press: read(4)},
		{Binding: help.Binding{Keys: []string{"pgup"}, Does: "read back"}, Press: read(-4)},
	}
}

// keys are those of a decision under way.
func (d decide) keys() []help.Binding {
	if d.step == whichStatus {
		var keys []help.Binding
		for _, one := range statuses {
			keys = append(keys, help.Binding{Keys: []string{one.key}, Does: string(one.status)})
		}
		return append(keys, help.Binding{Keys: []string{"esc"}, Does: "leave"})
	}
	return []help.Binding{{Keys: []string{"enter"}, Does: "save"}, {Keys: []string{"esc"}, Does: "leave"}}
}

func (s Screen) unlessHypothesis() string {
	if _, ok := s.decide.current(); !ok {
		return "no hypothesis under the cursor: o adds one"
	}
	return ""
}

func (s Screen) unlessControls() string {
	if len(s.state.Problem.Controls) == 0 {
		return "there is no place beside the accused slice to compare with"
	}
	return ""
}

func (s Screen) unlessSlice() string {
	if h, ok := s.decide.current(); !ok || h.Where == "" {
		return "the hypothesis is about all rows"
	}
	return ""
}
