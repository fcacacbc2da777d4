package uitest

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"andon/ui/style"
)

// Boxes are what the root leaves of terminals of 40x12, 80x24, 120x40 and
// 200x60 cells.
var Boxes = [][2]int{{40, 9}, {80, 21}, {120, 37}, {200, 57}}

// Look is one way to take goldens: the sheet that is drawn on, the mark on the
// golden's name, and whether the styles are kept.
type Look struct {
	Mark   string
	Sheet  func(testing.TB) style.Sheet
	Styled bool
}

// The looks of a screen: its text with everything a terminal can show, without
// colours and UTF-8, and its styles in 16 colours.
var (
	Text    = Look{"", Truecolour, false}
	ASCII   = Look{"-ascii", Mono, false}
	Colours = Look{"-16", Basic, true}
)

// Goldens asserts how a screen looks in each box: testdata/NAME-WxHMARK.golden.
// Show plays the screen on a sheet in a box of w x h cells.
func Goldens(t *testing.T, name string, boxes [][2]int, show func(s style.Sheet, w, h int) *Player, looks ...Look) {
	t.Helper()
	for _, box := range boxes {
		w, h := box[0], box[1]
		for _, look := range looks {
			name := fmt.Sprintf("%s-%dx%d%s", name, w, h, look.Mark)
			t.Run(name, func(t *testing.T) {
				view := show(look.Sheet(t), w, h).Screen.View(w, h)
				if look.Styled {
					GoldenStyled(t, name, view, w, h)
				} else {
					Golden(t, name, view, w, h)
				}
			})
		}
	}
}

// Golden asserts that a view fills exactly w x h cells and that its text, the
// styles taken off, is testdata/NAME.golden; -update rewrites the file.
func Golden(t testing.TB, name, view string, w, h int) {
	t.Helper()
	Exact(t, view, w, h)
	golden.RequireEqual(named{t, name}, ansi.Strip(view)+"\n")
}

// GoldenStyled is Golden with the styles kept.
func GoldenStyled(t testing.TB, name, view string, w, h int) {
	t.Helper()
	Exact(t, view, w, h)
	golden.RequireEqual(named{t, name}, view+"\n")
}

// named gives a test the name of its golden.
type named struct {
	testing.TB
	name string
}

// Name is the path of the golden below testdata.
func (n named) Name() string { return n.name }
