package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/themes"
	"andon/ui/help"
	"andon/ui/prompt"
	"andon/ui/style"
)

// palette is the list of everything the console can do, narrowed by typing.
//
//	: > ti
//	> go to timeline   2
//	  write a note     n
type palette struct {
	line     prompt.Line
	commands []command
	cursor   int
}

func (m Model) palette() (Model, tea.Cmd) {
	m.over = palette{line: prompt.NewLine(":", "type part of a command"), commands: m.commands()}
	return m, nil
}

// matching are the commands whose words hold what was typed.
func (p palette) matching() []command {
	typed := strings.ToLower(p.line.Value())
	return slices.DeleteFunc(slices.Clone(p.commands), func(c command) bool {
		return !strings.Contains(c.Does, typed)
	})
}

func (p palette) update(msg tea.Msg) (overlay, step) {
	found := p.matching()
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, nil
		case "down", "ctrl+n", "tab":
			p.cursor = min(p.cursor+1, max(0, len(found)-1))
			return p, nil
		case "up", "ctrl+p", "shift+tab":
			p.cursor = max(0, p.cursor-1)
			return p, nil
		case "enter":
			if len(found) == 0 {
				return p, nil
			}
			return nil, found[p.cursor].run
		}
	}
	p.line = p.line.Update(msg)
	p.cursor = max(0, min(p.cursor, len(p.matching())-1))
	return p, nil
}

// run does a command, or says why it cannot be done now.
func (c command) run(m Model) (Model, tea.Cmd) {
	if c.Unless != nil && c.Unless() != "" {
		m.notice = c.Unless()
		return m, nil
	}
	return c.do(m)
}

func (p palette) view(box size, s style.Sheet) string {
	lines := []string{p.line.View(box.width, s), ""}
	found := p.matching()
	from := max(0, p.cursor-(box.height-len(lines))+1)
	for i := from; i < len(found); i++ {
		pointer := "  "
		if i == p.cursor {
			pointer = s.Glyphs.Pointer + " "
		}
		line := s.Fit(pointer+s.Fit(found[i].Does, 24)+found[i].Keys[0], box.width)
		if i == p.cursor {
			line = s.Select(line)
		}
		lines = append(lines, line)
	}
	if len(found) == 0 {
		lines = append(lines, s.Paint(themes.Muted, "no command has these words"))
	}
	return s.Fill(strings.Join(lines, "\n"), box.width, box.height)
}

func (p palette) rows() int { return 0 }

func (p palette) keys() []help.Binding {
	return []help.Binding{
		{Keys: []string{"enter"}, Does: "do it"},
		{Keys: []string{"down", "ctrl+n", "tab"}, Label: "down", Does: "next"},
		{Keys: []string{"up", "ctrl+p", "shift+tab"}, Label: "up", Does: "before"},
		{Keys: []string{"esc"}, Does: "close"},
	}
}
