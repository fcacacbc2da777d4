//go:build unix

package command_test

import (
	"bytes"
	"testing"
)

// Pictures in the terminal's own graphics come only when asked for, over the
// same wire, and enter brings the console back.
func TestGallery(t *testing.T) {
	t.Parallel()
	for protocol, begins := range map[string]string{"sixel": "\x1bPq", "kitty": "\x1b_Ga=T"} {
		l := dial(t, nil, "--pictures", protocol, incident(t)).listen()
		l.await(`verdict floor`)
		l.press("5")
		l.await(`pair 1/`)
		l.settle()
		l.press("i")
		l.await(`enter goes back`)
		if drawn := l.settle(); !bytes.Contains(drawn, []byte(begins)) || !bytes.Contains(drawn, []byte("as unlike before")) {
			t.Errorf("%s: no picture, or nothing said of it: %.200q", protocol, drawn)
		}
		l.press("\r")
		l.await(`pair 1/`)
		l.press("q")
		if code := l.ends(patience); code != 0 || l.modes() != l.before {
			t.Errorf("%s: ended with %d, the terminal %s, want as before", protocol, code, l.modes())
		}
	}
	l := dial(t, nil, incident(t)).listen()
	l.await(`verdict floor`)
	l.press("5")
	l.await(`pair 1/`)
	l.press("i")
	l.await(`start andon with --pictures`)
	if bytes.Contains(l.all(), []byte("\x1bP")) || bytes.Contains(l.all(), []byte("\x1b_")) {
		t.Error("a picture came that nobody asked for")
	}
}
