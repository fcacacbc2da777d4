package command

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"io"

	tea "charm.land/bubbletea/v2"

	"andon/ui/display"
	"andon/ui/picture"
	"andon/ui/screen"
)

// Pictures in the terminal's own graphics are shown only when asked for, by
// --pictures or the setting: no terminal is asked what it can, and one that
// cannot would print what it does not know. The console is left for them, since
// its frames are cells:
//
//	i ──▶ console away ──▶ picture, one line of text ──▶ enter ──▶ console back

// protocols are how a terminal takes a picture, by the name the user gives.
var protocols = map[string]func(io.Writer, image.Image) error{"sixel": picture.Sixel, "kitty": picture.Kitty}

// pictureHeight is the height of a picture shown, in pixels: about as much as
// 24 rows have.
const pictureHeight = 360

// gallery shows one pair and waits for enter.
type gallery struct {
	draw func(io.Writer, image.Image) error
	show screen.Show
	wire *wire
	in   io.Reader
}

// exhibit is the console's way to pictures, nil where none were asked for.
func exhibit(protocol string, w *wire) func(screen.Show) tea.Cmd {
	draw := protocols[protocol]
	if draw == nil {
		return nil
	}
	return func(show screen.Show) tea.Cmd {
		return tea.Exec(&gallery{draw: draw, show: show, wire: w}, func(err error) tea.Msg {
			if err != nil {
				return screen.Notify{Text: err.Error()}
			}
			return nil
		})
	}
}

// SetStdin takes the terminal's keys; what is drawn goes over the wire, and
// nowhere else.
func (g *gallery) SetStdin(r io.Reader)  { g.in = r }
func (g *gallery) SetStdout(_ io.Writer) {}
func (g *gallery) SetStderr(_ io.Writer) {}

// Run draws and waits.
func (g *gallery) Run() error {
	img := picture.Pair(g.show.Left, g.show.Right, pictureHeight)
	if img == nil {
		return fmt.Errorf("these frames have no picture to show")
	}
	var drawn bytes.Buffer
	if err := g.draw(&drawn, img); err != nil {
		return err
	}
	const clear, home = "\x1b[2J", "\x1b[H"
	fmt.Fprintf(g.wire, "%s%s%s\r\n", clear, home, display.Escape(g.show.Text))
	g.wire.graphics(drawn.Bytes())
	fmt.Fprint(g.wire, "\r\nenter goes back\r\n")
	_, err := bufio.NewReader(g.in).ReadString('\n')
	if err == io.EOF {
		return nil
	}
	return err
}
