package screen

import (
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
	case len(s.Pending) > 0 && len(s.Sources) == 0:
		return Say(themes.Text, Unloaded, w, h, sheet)
	case s.Loading.Active && len(s.Sources) == 0:
		return Say(themes.Text, "loading "+display.Escape(s.Loading.Source)+": "+then, w, h, sheet)
	case !s.Ready:
		return Say(themes.Text, "reading the incident file ...", w, h, sheet)
	}
	return ""
}
