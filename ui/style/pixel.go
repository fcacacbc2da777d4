package style

import (
	"image/color"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Pixels are the two pixels of a half-block cell.
type Pixels struct{ Upper, Lower color.RGBA }

// HalfBlocks are cells of two pixels each in the nearest colours the terminal
// has, one line. A colour is sent only where it changes. The sheet must have
// colours and Glyphs.Half.
func (s Sheet) HalfBlocks(cells []Pixels) string {
	var b strings.Builder
	var last Pixels
	profile := s.profile()
	for i, c := range cells {
		var sgr ansi.Style
		if i == 0 || c.Upper != last.Upper {
			sgr = sgr.ForegroundColor(profile.Convert(c.Upper))
		}
		if i == 0 || c.Lower != last.Lower {
			sgr = sgr.BackgroundColor(profile.Convert(c.Lower))
		}
		if len(sgr) > 0 {
			b.WriteString(sgr.String())
		}
		b.WriteString(s.Glyphs.Half)
		last = c
	}
	if len(cells) > 0 {
		b.WriteString(ansi.ResetStyle)
	}
	return b.String()
}
