package models

import (
	"fmt"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
)

// matrixCell is the cells of a column of the matrix.
const matrixCell = 12

// matrix is how often each two members differ, before and after, a line a
// member; the share that both are wrong stands above the diagonal.
//
//	differ \ both wrong   colour      pixel       shape
//	colour                            5 > 24 %    5 > 14 %
//	pixel                 11 > 15 %               4 > 13 %
//	shape                 11 > 46 %   10 > 45 %
//
// nil for other panes, for one member, and where it does not fit.
func (s Screen) matrix(w int) []string {
	r := s.known.members
	n := len(r.Members)
	if s.pane != members || n < 2 || (n+1)*matrixCell+10 > w || s.state.Triage.Measure.Scale == analysis.Amount {
		return nil
	}
	cells := make([][]string, n)
	for i := range cells {
		cells[i] = make([]string, n)
	}
	for _, p := range r.Pairs {
		cells[p.B][p.A] = string(fromTo(p.Differ[0].Mean(), p.Differ[1].Mean()))
		if p.Wrong[0].Known > 0 && p.Wrong[1].Known > 0 {
			cells[p.A][p.B] = string(fromTo(p.Wrong[0].Mean(), p.Wrong[1].Mean()))
		}
	}
	name := func(i int) string {
		return string(display.Pad(display.Cut(display.Escape(r.Members[i].Name), matrixCell-1), matrixCell))
	}
	head := fmt.Sprintf("%-*s", matrixCell+10, `differ \ both wrong`)
	lines := make([]string, n)
	for i := range cells {
		head += name(i)
		row := name(i) + strings.Repeat(" ", 10)
		for _, c := range cells[i] {
			row += fmt.Sprintf("%-*s", matrixCell, c)
		}
		lines[i] = s.sheet.Fit(row, w)
	}
	return append([]string{s.sheet.Paint(themes.Title, s.sheet.Fit(head, w))}, lines...)
}
