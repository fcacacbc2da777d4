package ui

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/ui/help"
	"andon/ui/screen"
)

// Bindings are a user's own keys: by place ("everywhere" or a screen's name) and
// by what the key does, in the words of the help, the keys that do it instead.
//
//	diff: over time: [o]      typed o ──▶ enter ──▶ the screen, as ever
//	                          typed enter ──▶ nothing
//
// The screens know only their own keys. What is typed is translated before it
// reaches them, and never while text is typed.
type Bindings map[string]map[string][]string

// Everywhere is the place of the keys that work on every screen.
const Everywhere = "everywhere"

// translation is, by place, what a typed key stands for; "" is nothing.
type translation map[string]map[string]string

// keyName is a key as the help writes it.
var keyName = regexp.MustCompile(`^(ctrl\+|alt\+|shift\+)*(\S|enter|esc|tab|backspace|delete|up|down|left|right|home|end|pgup|pgdown|space|insert|f\d{1,2})$`)

// Rebound is the console with a user's keys. It refuses, in a sentence, a place
// or a deed that does not exist, a key no keyboard has, and a key that does two
// things in one place.
func (m Model) Rebound(own Bindings) (Model, error) {
	groups := m.places()
	m.own, m.translation = own, translation{}
	for _, place := range slices.Sorted(maps.Keys(own)) {
		list, ok := groups[place]
		if !ok {
			return m, fmt.Errorf("keys: there is no place %q; there are %s", place, strings.Join(slices.Sorted(maps.Keys(groups)), ", "))
		}
		for _, does := range slices.Sorted(maps.Keys(own[place])) {
			if err := m.rebind(place, does, list, own[place][does]); err != nil {
				return m, err
			}
		}
	}
	return m, m.conflict()
}

// places are all bindings by place, as they are without a user's own.
func (m Model) places() map[string][]help.Binding {
	var global []help.Binding
	for _, c := range m.commands() {
		global = append(global, c.Binding)
	}
	groups := map[string][]help.Binding{Everywhere: global}
	for _, s := range m.screens {
		groups[string(s.ID())] = s.Keys()
	}
	return groups
}

// rebind notes what the keys of one deed are to stand for.
func (m Model) rebind(place, does string, list []help.Binding, keys []string) error {
	at := slices.IndexFunc(list, func(b help.Binding) bool { return b.Does == does })
	if at < 0 {
		var deeds []string
		for _, b := range list {
			deeds = append(deeds, b.Does)
		}
		return fmt.Errorf("keys: %s: nothing there is called %q; there are %s", place, does, strings.Join(deeds, ", "))
	}
	if m.translation[place] == nil {
		m.translation[place] = map[string]string{}
	}
	for _, k := range list[at].Keys {
		if _, taken := m.translation[place][k]; !taken {
			m.translation[place][k] = ""
		}
	}
	for _, k := range keys {
		if !keyName.MatchString(k) {
			return fmt.Errorf("keys: %s: %q: no key is called %q; write f, F, ctrl+f, enter, pgdown or f5", place, does, k)
		}
		m.translation[place][k] = list[at].Keys[0]
	}
	return nil
}

// conflict is a key with two uses in one place: two deeds of a screen, or one of
// a screen and one that means the same everywhere.
func (m Model) conflict() error {
	soft := map[string]bool{}
	for _, c := range m.commands() {
		soft[c.Does] = c.soft
	}
	used := func(place string, from map[string]string) (map[string]string, error) {
		uses := maps.Clone(from)
		for _, b := range m.relabel(place, m.places()[place]) {
			for _, k := range b.Keys {
				if other, taken := uses[k]; taken && other != b.Does {
					return nil, fmt.Errorf("keys: %s: %q cannot be %q and %q; give one of them another key", place, k, other, b.Does)
				}
				if !(place == Everywhere && soft[b.Does]) {
					uses[k] = b.Does
				}
			}
		}
		return uses, nil
	}
	everywhere, err := used(Everywhere, map[string]string{})
	if err != nil {
		return err
	}
	for _, s := range m.screens {
		if _, err := used(string(s.ID()), everywhere); err != nil {
			return err
		}
	}
	return nil
}

// relabel is a list of bindings with the user's keys in place of their own.
func (m Model) relabel(place string, list []help.Binding) []help.Binding {
	own := m.own[place]
	if len(own) == 0 {
		return list
	}
	list = slices.Clone(list)
	for i, b := range list {
		if keys, ok := own[b.Does]; ok {
			list[i].Keys, list[i].Label, list[i].Pair = keys, strings.Join(keys, "/"), ""
			if i > 0 {
				list[i-1].Pair = "" // the other of a pair is told apart, too
			}
		}
	}
	return list
}

// translate is a typed key as the screen and the console know it; false if it
// stands for nothing here. The screen's own keys go first.
func (m Model) translate(msg tea.KeyPressMsg) (tea.KeyPressMsg, bool) {
	for _, place := range []screen.ID{m.here.screen, Everywhere} {
		if key, ok := m.translation[string(place)][msg.String()]; ok {
			return tea.KeyPressMsg{Text: key}, key != ""
		}
	}
	return msg, true
}
