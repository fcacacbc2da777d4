package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/style"
)

// View draws the console: nothing before the first size, one plain line in a
// terminal too small, else head, body and foot in exactly the terminal's size.
func (m Model) View() tea.View {
	return tea.View{Content: m.content(), AltScreen: true}
}

func (m Model) content() string {
	s := m.config.Sheet
	switch {
	case m.size.width <= 0 || m.size.height <= 0:
		return ""
	case m.size.small():
		text := fmt.Sprintf("too small: %dx%d, need %dx%d", m.size.width, m.size.height, minWidth, minHeight)
		return s.Fill(text, m.size.width, m.size.height)
	}
	content := style.Stack(m.tabs(), m.trail(), m.body(), m.foot())
	if !s.Terminal.UTF8 {
		content = display.ASCII(content)
	}
	return content
}

// body is the screen in focus with the overlay over or below it.
func (m Model) body() string {
	s, box := m.config.Sheet, m.size.body()
	if m.over != nil && m.over.rows() == 0 {
		return m.over.view(box, s)
	}
	above, under := box, size{}
	if m.over != nil {
		above, under = box.split(m.over.rows())
	}
	view := s.Middle("no screens", above.width, above.height)
	if f := m.focused(); f != nil {
		view = s.Fill(f.View(above.width, above.height), above.width, above.height)
	}
	if under.height == 0 {
		return view
	}
	return style.Stack(view, m.over.view(under, s))
}

// tabs is the first line: every screen with its number, the one in focus in
// brackets. In a narrow terminal the others are their numbers alone.
func (m Model) tabs() string {
	s := m.config.Sheet
	for _, long := range []bool{true, false} {
		line, width := "", 0
		for i, id := range screen.IDs {
			if m.at(id) < 0 {
				continue
			}
			tab := m.tab(i+1, id, long)
			line += tab
			width += style.Width(tab)
		}
		if width <= m.size.width || !long {
			return s.Fit(line, m.size.width)
		}
	}
	return ""
}

func (m Model) tab(number int, id screen.ID, long bool) string {
	s := m.config.Sheet
	text := fmt.Sprint(number)
	if long || id == m.here.screen {
		text += " " + title(id)
	}
	if id == m.here.screen {
		return s.Paint(themes.Selected, "["+text+"]")
	}
	return " " + text
}

// trail is the second line: the filter as a path on the left; on the right
// news, else the import under way, else the question in flight, else the windows.
func (m Model) trail() string {
	s := m.config.Sheet
	left := m.crumbs()
	if alarm := m.alarm(max(m.size.width*2/3, m.size.width-style.Width(left)-2)); alarm != "" {
		return s.Fit(left, m.size.width-style.Width(alarm)) + alarm
	}
	right := m.windows()
	if m.state.Loading.Active {
		right = m.loading()
	} else if m.state.Stale {
		right = s.Paint(themes.Look, "asking again ...")
	}
	free := m.size.width - style.Width(left) - 2
	if free < style.Width(right) && !m.state.Loading.Active && !m.state.Stale {
		right = ""
	}
	right = s.Fit(right, min(style.Width(right), max(free, m.size.width*2/3)))
	return s.Fit(left, m.size.width-style.Width(right)) + right
}

// crumbs is the filter, one step a condition.
func (m Model) crumbs() string {
	s := m.config.Sheet
	crumbs := "all rows"
	if len(m.state.Where) == 0 {
		return crumbs + m.following()
	}
	for _, c := range m.state.Where {
		crumbs += " " + s.Glyphs.Pointer + " " + string(display.Escape(c.String()))
	}
	return s.Paint(themes.Accent, crumbs) + m.following()
}

// windows are the spans compared, as short as they can be told.
func (m Model) windows() string {
	w := m.state.Windows
	if w.Zero() {
		return ""
	}
	s := m.config.Sheet
	span := func(from, to time.Time) string {
		return string(m.instant(from)) + s.Glyphs.Dash + string(m.instant(to))
	}
	return s.Paint(themes.Before, "before "+span(w.Before.From, w.Before.To)) + "  " +
		s.Paint(themes.After, "after "+span(w.After.From, w.After.To))
}

func (m Model) instant(t time.Time) display.Text {
	return display.Short(t, m.config.Zone)
}

// loading is the progress of the import: what, how far, how fast, how long.
func (m Model) loading() string {
	l := m.state.Loading
	text := "loading " + display.Cut(display.Escape(l.Source), 24)
	if l.Total > 0 {
		text += " " + display.Count(min(100, 100*l.Done/l.Total)) + " %"
	}
	if l.Seconds >= 1 {
		text += ", " + display.Duration(time.Duration(l.Seconds)*time.Second) + " left"
	}
	if l.PerSec > 0 {
		text += ", " + display.Count(int64(l.PerSec)) + " rows/s"
	}
	return m.config.Sheet.Paint(themes.Look, string(text))
}

// foot is the last line: a notice until the next key, else the keys.
func (m Model) foot() string {
	s := m.config.Sheet
	if m.notice != "" {
		return s.Paint(themes.Look, s.Fit(string(display.Escape(m.notice)), m.size.width))
	}
	return help.Bar(m.bar(), m.size.width, s)
}

// bar is the keys for the foot: help, the way back, the screen's own, the
// global ones. The numbers stand in the tabs.
func (m Model) bar() []help.Binding {
	if m.over != nil {
		return m.over.keys()
	}
	var own []help.Binding
	f := m.focused()
	if f != nil {
		own = f.Keys()
		if f.Typing() {
			return own
		}
		own = m.relabel(string(f.ID()), own)
	}
	var first, needed, others []help.Binding
	for _, b := range m.bindings() {
		switch b.Does {
		case "help":
			b.Keep = true
			first = append(first, b)
		case "back":
			if at := bound(own, b.Keys[0]); at >= 0 {
				b, own = own[at], slices.Delete(slices.Clone(own), at, at+1)
			}
			b.Keep = m.noPast() == ""
			first = append(first, b)
		case "commands", "note", "quit":
			b.Keep = b.Does == "quit" || m.size.width >= roomForAll
			needed = append(needed, b)
		default:
			if !strings.HasPrefix(b.Does, goTo) {
				others = append(others, b)
			}
		}
	}
	return slices.Concat(first, own, needed, others)
}

// bound is the place of the binding that has a use for the key just now, or -1.
func bound(list []help.Binding, key string) int {
	return slices.IndexFunc(list, func(b help.Binding) bool { return b.Is(key) && b.Reason() == "" })
}

// roomForAll is the width from which commands and notes are kept in the bar
// beside the screen's own keys.
const roomForAll = 60
