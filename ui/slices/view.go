package slices

import (
	"fmt"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// paneRows is the height of the detail: border, head, two sides, a sentence.
const paneRows = 8

// share is the height of the table above the detail; a box too low for both
// is the table's alone.
func share(h, rows int) int {
	if h < 1+4+paneRows {
		return max(0, h-1)
	}
	return max(4, min(rows+2, h-1-paneRows))
}

// View draws the table above the slice under the cursor.
func (s Screen) View(w, h int) string {
	if text, ok := s.instead(); ok {
		return s.sheet.Middle(text, w, h)
	}
	top := share(h, len(s.table.Rows))
	panes := []string{s.head(w), s.table.View(w, top, s.sheet)}
	if h-1-top >= paneRows {
		panes = append(panes, s.detail(w, paneRows))
		panes = append(panes, s.account(w, h-1-top-paneRows)...)
	}
	return s.sheet.Fill(style.Stack(panes...), w, h)
}

// head is how many slices stand beyond chance.
func (s Screen) head(w int) string {
	accepted := 0
	for _, score := range s.state.Triage.Slices {
		if score.Accepted {
			accepted++
		}
	}
	text := fmt.Sprintf("%d of %d slices beyond chance", accepted, len(s.state.Triage.Slices))
	if s.state.Stale {
		text += ", being asked again"
	}
	return s.sheet.Fit(text, w)
}

// instead is what stands in place of slices.
func (s Screen) instead() (string, bool) {
	t := s.state.Triage
	switch {
	case len(t.Slices) > 0:
		return "", false
	case s.state.Err != nil:
		return s.sheet.Paint(themes.Bad, string(display.Escape(s.state.Err.Error()))), true
	case s.state.Loading.Active:
		return "loading " + string(display.Escape(s.state.Loading.Source)) + " ...\nslices are searched when it is done", true
	case !s.state.Ready:
		return "reading the incident file ...", true
	case t.Measure.Metric == "":
		return "Nothing here tells right from wrong, so no rows can be worse than others.\n" +
			"Load labels, or a log with confidences.", true
	case t.Verdict.Outcome == analysis.NoChange || s.state.Windows.Zero():
		return "Quality did not change, so no slice stands out.\n" +
			"To compare two windows all the same, put their edges on the timeline (2) with [ ] { }.", true
	}
	return "No slice explains the drop: the rows that got worse have no column in common.\n" +
		"The diff (3) shows what moved.", true
}
