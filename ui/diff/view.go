package diff

import (
	"fmt"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/screen"
	"andon/ui/style"
)

// leastPane is the height at which the detail still says something.
const leastPane = 6

// share is the height of the table: what its rows need, at most half the box;
// a box too low for both is the table's alone.
func share(h, rows int) int {
	if h < 1+4+leastPane {
		return max(0, h-1)
	}
	return min(max(4, rows+1), (h-1)/2)
}

// View draws the table above the distribution of the column under the cursor.
func (s Screen) View(w, h int) string {
	if text := s.instead(w, h); text != "" {
		return text
	}
	top := share(h, len(s.shown))
	panes := []string{s.head(w), s.table.View(w, top, s.sheet)}
	if rest := h - 1 - top; rest >= leastPane {
		panes = append(panes, s.detail(w, rest))
	}
	return s.sheet.Fill(style.Stack(panes...), w, h)
}

// head is how many columns moved, or the name being typed.
func (s Screen) head(w int) string {
	if s.typing {
		return s.find.View(w, s.sheet)
	}
	moved := 0
	for _, sig := range s.state.Triage.Signals {
		if sig.Changed {
			moved++
		}
	}
	text := fmt.Sprintf("%d of %d columns moved beyond chance", moved, len(s.state.Triage.Signals))
	if name := s.find.Value(); name != "" {
		text = fmt.Sprintf("%d of %d columns with %q in their name", len(s.shown), len(s.state.Triage.Signals), name)
	}
	order := ", most telling of the drop first; s sorts"
	if by := s.table.Order(s.sheet); by != "" {
		order = ", " + string(by)
	}
	text += order
	if s.state.Stale {
		text += ", being asked again"
	}
	return s.sheet.Fit(string(display.Escape(text)), w)
}

// detail is the column on which the cursor came to rest: why it ranks here, what
// to beware of, and its distribution in both windows.
func (s Screen) detail(w, h int) string {
	if s.told < 0 || s.told >= len(s.shown) {
		return s.sheet.Box("", "no column has this name", w, h)
	}
	sig := s.shown[s.told]
	var lines []string
	for _, l := range display.Wrap(display.Escape(sig.Why), w-2) {
		lines = append(lines, string(l))
	}
	for _, text := range sig.Warnings {
		lines = append(lines, s.sheet.Paint(themes.Look, s.sheet.Glyphs.Look+" "+string(display.Cut(display.Escape(text), w-4))))
	}
	lines = lines[:min(len(lines), max(1, h-2-3))]
	room := h - 2 - len(lines)
	text := style.Stack(lines...) + "\n" + plot.Bars(bars(sig.Profile, room-1), w-2, room, s.sheet)
	return s.sheet.Box(s.title(sig), text, w, h)
}

// title names the column and what kind it is.
func (s Screen) title(sig analysis.Signal) string {
	title := display.Escape(sig.Column)
	if unit := sig.Profile.Field.Unit; unit != "" {
		title += " in " + display.Escape(unit)
	}
	return string(title) + ", share of rows"
}

// instead is what stands in place of a diff, "" if there is one.
func (s Screen) instead(w, h int) string {
	if len(s.state.Triage.Signals) > 0 {
		return ""
	}
	if text := screen.Instead(s.state, "columns are compared when it is done", w, h, s.sheet); text != "" {
		return text
	}
	say := func(text display.Text) string { return screen.Say(themes.Text, text, w, h, s.sheet) }
	switch {
	case !screen.Inferences(s.state):
		return say("No inferences are loaded, so there are no columns to compare. The timeline (2) plots what there is.")
	case s.state.Triage.Verdict.Outcome == analysis.NoChange:
		return say("Quality did not change, so no columns were compared. To compare two windows all the same, " +
			"put their edges on the timeline (2) with [ ] { }.")
	case s.state.Windows.Zero():
		return say("There are no two windows to compare: no change was found. " +
			"Put their edges on the timeline (2) with [ ] { }.")
	}
	return say("No columns were compared: " + display.Escape(s.state.Triage.Verdict.Why) +
		". Screen 9 shows what was recognised.")
}
