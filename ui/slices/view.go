package slices

import (
	"fmt"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
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
	if text := s.instead(w, h); text != "" {
		return text
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
	text := fmt.Sprintf("%d of %d slices beyond chance", accepted, len(s.state.Triage.Slices)) + s.folds()
	if s.state.Stale {
		text += ", being asked again"
	}
	return s.sheet.Fit(text, w)
}

// instead is what stands in place of slices, "" if there are some.
func (s Screen) instead(w, h int) string {
	t := s.state.Triage
	if len(t.Slices) > 0 {
		return ""
	}
	if text := screen.Instead(s.state, "slices are searched when it is done", w, h, s.sheet); text != "" {
		return text
	}
	say := func(text display.Text) string { return screen.Say(themes.Text, text, w, h, s.sheet) }
	switch {
	case !screen.Inferences(s.state):
		return say("No inferences are loaded, so there are no rows to slice. The timeline (2) plots what there is.")
	case t.Measure.Metric == "":
		return say("Nothing here tells right from wrong, so no rows can be worse than others. " +
			"Load labels, or a log with confidences.")
	case t.Verdict.Outcome == analysis.NoChange || s.state.Windows.Zero():
		return say("Quality did not change, so no slice stands out. To compare two windows all the same, " +
			"put their edges on the timeline (2) with [ ] { }.")
	}
	text := "No slice was found: " + display.Escape(t.Verdict.Why) + "."
	if len(t.Signals) > 0 {
		text += " The diff (3) shows what moved."
	}
	return say(text)
}
