package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/help"
	"andon/ui/screen"
)

// command is a global key with what it does. Soft ones give way to a screen
// that binds the same key; the others mean the same everywhere.
type command struct {
	help.Binding
	soft bool
	do   step
}

func hard(keys, does string, unless func() string, do step) command {
	return command{help.Binding{Keys: strings.Fields(keys), Does: does, Unless: unless}, false, do}
}

func soft(keys, does string, unless func() string, do step) command {
	return command{help.Binding{Keys: strings.Fields(keys), Does: does, Unless: unless}, true, do}
}

// goTo begins what the keys of the tabs do.
const goTo = "go to "

// commands are the global keys, most useful first.
func (m Model) commands() []command {
	list := []command{
		hard("?", "help", nil, Model.help),
		soft("esc", "back", m.noPast, Model.back),
		hard(":", "commands", nil, Model.palette),
		soft("/", "filter rows", nil, Model.filter),
		soft("backspace", "wider filter", m.noFilter, Model.widen),
		soft("x", "clear filter", m.noFilter, Model.clear),
		hard("n", "note", nil, Model.note),
		hard("y", "copy", m.nothingUnder, Model.copy),
		hard("w", "propose windows", nil, Model.propose),
		hard("R", "write report", m.noReport, Model.report),
		hard("!", "what is new", m.noNews, Model.look),
		hard("X", "stop loading", m.noLoading, Model.stop),
		hard("q ctrl+c", "quit", nil, Model.quit),
		hard("ctrl+z", "stop, fg continues", m.noSuspend, Model.suspend),
	}
	for i, id := range screen.IDs {
		if m.at(id) >= 0 {
			open := func(m Model) (Model, tea.Cmd) { return m.goTo(place{screen: id, where: m.here.where}) }
			list = append(list, hard(strconv.Itoa(i+1), goTo+string(id), nil, open))
		}
	}
	return list
}

// bindings are the global keys as data.
func (m Model) bindings() []help.Binding {
	var list []help.Binding
	for _, c := range m.commands() {
		list = append(list, c.Binding)
	}
	return m.relabel(Everywhere, list)
}

// press gives a key to whom it belongs: the overlay, the screen's prompt, the
// screen's own binding of a soft key, a global key, the screen.
func (m Model) press(msg tea.KeyPressMsg) (Model, tea.Cmd) {
	key := msg.String()
	m.notice = ""
	switch {
	case key == "ctrl+c":
		return m.quit()
	case key == "ctrl+z" && m.noSuspend() == "":
		return m.suspend() // while typing too, as in a shell
	}
	if m.over != nil {
		return m.overlaid(msg)
	}
	if m.size.small() && key != "q" {
		return m, nil // what cannot be seen must not be done
	}
	s := m.focused()
	if s != nil && s.Typing() {
		return m.send(msg)
	}
	msg, known := m.translate(msg)
	if !known {
		return m, nil
	}
	key = msg.String()
	for _, c := range m.commands() {
		if !c.Is(key) || c.soft && s != nil && binds(s, key) {
			continue
		}
		return c.run(m)
	}
	return m.send(msg)
}

// paste goes where text is being typed, and nowhere else: pasted text is never
// a row of commands.
func (m Model) paste(msg tea.PasteMsg) (Model, tea.Cmd) {
	if m.over != nil {
		return m.overlaid(msg)
	}
	if s := m.focused(); s != nil && s.Typing() {
		return m.send(msg)
	}
	return m, nil
}

// binds reports whether a screen has a use for the key just now.
func binds(s screen.Screen, key string) bool {
	return bound(s.Keys(), key) >= 0
}

func (m Model) quit() (Model, tea.Cmd) { return m, tea.Quit }

// suspend stops the program; the shell's fg continues it.
func (m Model) suspend() (Model, tea.Cmd) {
	stop := m.config.Suspend
	return m, func() tea.Msg {
		stop()
		return nil
	}
}

func (m Model) noSuspend() string { return help.Why(m.config.Suspend == nil, "not here") }

// propose goes back to the windows the analysis proposes.
func (m Model) propose() (Model, tea.Cmd) {
	m.notice = "windows as proposed"
	return m.move(analysis.Windows{})
}

// widen drops the filter's last condition.
func (m Model) widen() (Model, tea.Cmd) {
	where := m.here.where[:len(m.here.where)-1]
	return m.goTo(place{m.here.screen, where[:len(where):len(where)], m.here.column})
}

// clear drops the filter.
func (m Model) clear() (Model, tea.Cmd) {
	return m.goTo(place{screen: m.here.screen, column: m.here.column})
}

func (m Model) noPast() string { return help.Why(len(m.past) == 0, "at the start") }

func (m Model) noFilter() string { return help.Why(len(m.here.where) == 0, "no filter") }

func (m Model) noReport() string {
	return help.Why(m.config.Report == nil, "not here")
}

func (m Model) nothingUnder() string {
	s := m.focused()
	return help.Why(s == nil || s.Under().Saw == "", "nothing here")
}
