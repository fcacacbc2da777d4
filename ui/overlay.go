package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/style"
)

// overlay is what stands over or below the body and takes every key until it
// closes: the help, the palette, a prompt. Like a screen it is a value, and
// like a screen it decides nothing: it closes with what the root is to do.
type overlay interface {
	// update takes a key or a paste; a nil overlay closes it. The step, if
	// any, is done at once: a command would come after the next key of a fast
	// typist, who would save the note twice.
	update(tea.Msg) (overlay, step)
	// view fills a box exactly.
	view(box size, s style.Sheet) string
	// rows is how many rows it needs below the screen; 0 covers the body.
	rows() int
	// keys are its bindings.
	keys() []help.Binding
}

// step is something the root does.
type step func(Model) (Model, tea.Cmd)

// overlaid gives the overlay a key or a paste.
func (m Model) overlaid(msg tea.Msg) (Model, tea.Cmd) {
	over, next := m.over.update(msg)
	m.over = over
	if next == nil {
		return m, nil
	}
	return next(m)
}

// helper is the help overlay: every key that works here and on the other
// screens, scrolled by the arrows where it is longer than the box.
type helper struct {
	groups []help.Group
	from   int
}

func (h helper) update(msg tea.Msg) (overlay, step) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return h, nil
	}
	switch key.String() {
	case "down", "j", "pgdown", "space":
		h.from = min(h.from+1, len(h.groups)-1)
	case "up", "k", "pgup":
		h.from = max(0, h.from-1)
	default:
		return nil, nil
	}
	return h, nil
}

func (h helper) view(box size, s style.Sheet) string {
	return help.Overlay(h.groups[h.from:h.until(box)], box.width, box.height, s)
}

// entryWidth is about the width of one binding with its reason.
const entryWidth = 39

// until is the end of the groups that find room together, at least one.
func (h helper) until(box size) int {
	room := max(1, min(3, box.width/entryWidth)) * (box.height - 2)
	end := h.from
	for end < len(h.groups) {
		room -= len(h.groups[end].Bindings) + 2
		if room < 0 && end > h.from {
			break
		}
		end++
	}
	return end
}

func (h helper) rows() int { return 0 }

func (h helper) keys() []help.Binding {
	return []help.Binding{
		{Keys: []string{"down", "j"}, Label: "j", Does: "next group"},
		{Keys: []string{"up", "k"}, Label: "k", Does: "group before"},
		{Keys: []string{"esc"}, Label: "any other key", Does: "closes"},
	}
}

// KeyGroups are all bindings of the console: the global ones, then every
// screen's in the order of the number keys. The help overlay and the bar are
// drawn from them, the table in README from these and [OtherKeys].
func KeyGroups(m Model) []help.Group {
	groups := []help.Group{{Title: "Everywhere", Bindings: m.bindings()}}
	for _, s := range m.screens {
		groups = append(groups, help.Group{Title: title(s.ID()), Bindings: m.relabel(string(s.ID()), s.Keys())})
	}
	return groups
}

// OtherKeys are the bindings that screens have while they show something of
// their own in between; the help has them when they count.
func OtherKeys(m Model) []help.Group {
	var groups []help.Group
	for _, s := range m.screens {
		if other, ok := s.(interface{ OtherKeys() []help.Group }); ok {
			groups = append(groups, other.OtherKeys()...)
		}
	}
	return groups
}

// help opens the help with the keys of the screen in focus first.
func (m Model) help() (Model, tea.Cmd) {
	groups := KeyGroups(m)
	groups[0].Bindings = joined(groups[0].Bindings)
	if i := m.at(m.here.screen); i >= 0 {
		own := groups[i+1]
		groups = append(append([]help.Group{own}, groups[:i+1]...), groups[i+2:]...)
	}
	m.over = helper{groups: groups}
	return m, nil
}

// joined is the global keys with one line for those that stand in the tabs: nine
// would push the others out of sight.
func joined(bindings []help.Binding) []help.Binding {
	var list []help.Binding
	for _, b := range bindings {
		if strings.HasPrefix(b.Does, goTo) {
			continue
		}
		list = append(list, b)
	}
	return append(list, help.Binding{Keys: []string{"1"}, Label: "1 to 9", Does: "the screens above"})
}

// title is a screen's name as its tab has it.
func title(id screen.ID) string { return strings.ToUpper(string(id[:1])) + string(id[1:]) }

// Typing reports that text is asked for: letters are text, not keys.
func (m Model) Typing() bool {
	if m.over != nil {
		_, reading := m.over.(helper)
		return !reading
	}
	f := m.focused()
	return f != nil && f.Typing()
}
