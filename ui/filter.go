package ui

import (
	"errors"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/prompt"
	"andon/ui/style"
)

// filtering is the prompt of the / key. What cannot be read is pointed at:
//
//	filter > line=L2 shift~
//	                        ^ a value is missing
//
// The tab key completes columns and values (complete.go).
type filtering struct {
	line   prompt.Line
	err    error
	terms  []Term
	tabbed completion
}

// filter opens the prompt with the filter in force.
func (m Model) filter() (Model, tea.Cmd) {
	line := prompt.NewLine("filter", "line=L2 confidence<0.5 vendor!=acme; empty is every row")
	m.over = filtering{line: line.With(m.here.where.String()), tabbed: completion{at: -1}}
	return m, m.vocabulary()
}

func (f filtering) update(msg tea.Msg) (overlay, step) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, nil
		case "enter":
			where, err := analysis.ParseWhere(f.line.Value())
			if err == nil {
				return nil, func(m Model) (Model, tea.Cmd) { return m.goTo(place{m.here.screen, where, m.here.column}) }
			}
			f.err = err
			return f, nil
		case "tab":
			f.err = nil
			return f.tab(), nil
		}
	}
	f.line, f.err = f.line.Update(msg), nil
	return f, nil
}

const filterLabel = "filter > "

func (f filtering) view(box size, s style.Sheet) string {
	below := s.Paint(themes.Muted, "column and = != < >= ~ value, parted by spaces; a..b a range, ~/a|b/ a match")
	if options := f.options(); len(options) > 0 {
		below = s.Paint(themes.Muted, "tab: ") + string(display.Escape(strings.Join(options, "  ")))
	}
	var at *analysis.WhereError
	if errors.As(f.err, &at) {
		indent := len(filterLabel) + utf8.RuneCountInString(at.Text[:min(at.At, len(at.Text))])
		below = s.Paint(themes.Bad, strings.Repeat(" ", indent)+"^ "+string(display.Escape(at.Why)))
		if indent > box.width/2 {
			below = s.Paint(themes.Bad, string(display.Escape(f.err.Error())))
		}
	}
	rule := strings.Repeat(s.Glyphs.Horizontal, max(0, box.width))
	return s.Fill(s.Paint(themes.Border, rule)+"\n"+f.line.View(box.width, s)+"\n"+below, box.width, box.height)
}

func (f filtering) rows() int { return 3 }

func (f filtering) keys() []help.Binding {
	return []help.Binding{
		{Keys: []string{"enter"}, Does: "filter"},
		{Keys: []string{"tab"}, Does: "complete"},
		{Keys: []string{"esc"}, Does: "leave as is"},
	}
}
