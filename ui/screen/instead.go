package screen

import (
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// Instead is what a screen shows in a box of w x h cells before it has
// anything of its own: the error, the import, or that the file is being read.
// Then says what the screen waits for while loading. It is "" once there is a
// state to show.
func Instead(s State, then display.Text, w, h int, sheet style.Sheet) string {
	switch {
	case s.Err != nil:
		return Say(themes.Bad, display.Escape(s.Err.Error()), w, h, sheet)
	case s.Loading.Active && len(s.Sources) == 0:
		return Say(themes.Text, "loading "+display.Escape(s.Loading.Source)+": "+then, w, h, sheet)
	case !s.Ready:
		return Say(themes.Text, "reading the incident file ...", w, h, sheet)
	}
	return ""
}

// sayWidth is the longest line of a message: longer ones are hard to read.
const sayWidth = 72

// Say is a message in the middle of a box of w x h cells, wrapped to fit.
func Say(slot themes.Slot, text display.Text, w, h int, sheet style.Sheet) string {
	var lines []string
	for _, l := range display.Wrap(text, min(w, sayWidth)) {
		lines = append(lines, sheet.Paint(slot, string(l)))
	}
	return sheet.Middle(strings.Join(lines, "\n"), w, h)
}
