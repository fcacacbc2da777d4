package slices

import (
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/table"
)

// parts are the columns of the account: where, and how much of the drop came
// from other proportions, from inputs never seen before, and from worse answers
// to the same inputs.
var parts = []table.Column{
	{Title: "the drop, by", Width: 20, Flex: 1},
	{Title: "mix", Width: 10, Align: table.Right},
	{Title: "new inputs", Width: 11, Align: table.Right},
	{Title: "within", Width: 10, Align: table.Right},
	{Title: "sum", Width: 10, Align: table.Right},
}

// account is the account of the drop in at most h rows, the sum first; nothing
// if there is no room for that.
func (s Screen) account(w, h int) []string {
	a := s.state.Triage.Account
	if a == nil || h < 2 {
		return nil
	}
	t := table.New(parts...)
	t.Columns = append([]table.Column(nil), parts...)
	t.Columns[0].Title += " " + display.Escape(strings.Join(a.By, " and "))
	row := func(name display.Text, mix, new, within float64) []table.Cell {
		scale := s.state.Triage.Measure.Scale
		cell := func(v float64) table.Cell {
			slot := themes.Text
			if v == 0 {
				slot = themes.Muted
			}
			return table.Cell{Text: screen.Step(scale, v), Slot: slot}
		}
		return []table.Cell{{Text: name}, cell(mix), cell(new), cell(within), cell(mix + new + within)}
	}
	rows := [][]table.Cell{row("all", a.Mix, a.New, a.Within)}
	for _, p := range a.Parts[:min(len(a.Parts), h-2)] {
		rows = append(rows, row(display.Escape(p.Where.String()), p.Mix, p.New, p.Within))
	}
	t = t.With(rows)
	t.Cursor = -1 // nothing to choose here
	return strings.Split(t.View(w, min(h, len(rows)+1), s.sheet), "\n")
}
