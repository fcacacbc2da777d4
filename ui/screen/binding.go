package screen

import (
	tea "charm.land/bubbletea/v2"

	"andon/ui/help"
)

// Binding is a key of a screen of type S with what pressing it does. A screen
// lists its bindings once; help bar, ? overlay and Update read that list:
//
//	s.bindings() ─┬─ Keys ──▶ help
//	              └─ Press ─▶ Update
type Binding[S Screen] struct {
	help.Binding
	Press func(S) (Screen, tea.Cmd)
}

// Keys are what the help says of the bindings, in their order.
func Keys[S Screen](bindings []Binding[S]) []help.Binding {
	keys := make([]help.Binding, len(bindings))
	for i, b := range bindings {
		keys[i] = b.Binding
	}
	return keys
}

// Press gives a key to the first binding that has it; one that does nothing
// just now says why instead. done is false where no binding has the key, which
// then is free for what has the focus.
func Press[S Screen](bindings []Binding[S], key string, s S) (next Screen, cmd tea.Cmd, done bool) {
	for _, b := range bindings {
		if !b.Is(key) {
			continue
		}
		if why := b.Reason(); why != "" {
			return s, Do(Notify{Text: why}), true
		}
		next, cmd = b.Press(s)
		return next, cmd, true
	}
	return s, nil, false
}
