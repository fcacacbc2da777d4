// Package frames is the screen that lets a person see the change: frames of
// after that look like nothing before, each beside the before-frame most like
// it, and the same said in numbers.
//
//	sheet   Before      │ After          enter ▸ pair   before │ after
//	        ▒▒▒  ▒▒▒    │ ███  ███                 space ▸ blink, both in one place
//	        cell 2,3  gray → near black  Δ 46
//	r regions: all sixteen cells         m mean before │ mean after │ difference
//
// The pictures arrive decoded: the screen only places them.
package frames

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/ui/picture"
	"andon/ui/screen"
	"andon/ui/style"
)

// Reader answers with the n pairs of frames that show the change best within a
// slice, and with its regions.
type Reader interface {
	Frames(ctx context.Context, w analysis.Windows, where analysis.Where, n int) (camera.Comparison, error)
}

// pairsAsked is how many pairs are looked at in one go: more than anybody
// compares, and independent of the size of the window, so that a resize asks
// nothing.
const pairsAsked = 24

// Screen is the frames of one slice with the cursor on one pair.
type Screen struct {
	reader Reader
	sheet  style.Sheet
	album  *picture.Album // shared by all values of the screen: it only remembers
	zone   *time.Location
	state  screen.State
	scope  int // which of scopes(state) the frames come from
	asked  screen.Question
	answer answer
	mode   mode
	at     int // the pair under the cursor
	top    int // first region shown in the region table
	box    tea.WindowSizeMsg
}

// mode is what fills the screen.
type mode int

const (
	sheet mode = iota
	pair
	blinkBefore
	blinkAfter
	regions
	means
)

// New returns the screen before its first question; times are shown in zone.
func New(reader Reader, sheet style.Sheet, zone *time.Location) Screen {
	return Screen{reader: reader, sheet: sheet, album: picture.NewAlbum(sheet), zone: zone}
}

// ID is screen.Frames.
func (s Screen) ID() screen.ID { return screen.Frames }

// Enter takes the shared state and asks for frames if windows or slice differ
// from what was asked before.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	if state.Where.String() != s.state.Where.String() {
		s.scope = 0
	}
	s.state = state
	s.scope = min(s.scope, len(scopes(state))-1)
	if !state.Ready || state.Stale {
		return s, nil
	}
	return s.ask(false)
}

// Update takes keys, the size of the box and the answers to ask.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if next, cmd, done := screen.Press(s.bindings(), msg.String(), s); done {
			return next, cmd
		}
	case tea.WindowSizeMsg:
		s.box = msg
	case answer:
		return s.accept(msg), nil
	}
	return s, nil
}

// Typing is false: there is no prompt here.
func (s Screen) Typing() bool { return false }

// Under is the pair under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	pin := analysis.Pin{Screen: string(screen.Frames), Where: s.where().String(), Windows: s.state.Windows}
	switch p, ok := s.current(); {
	case s.mode == regions || s.mode == means || !ok:
		pin.Saw = s.regionSentence()
	default:
		pin.Saw = s.pairSentence(p)
	}
	return pin
}

// current is the pair under the cursor.
func (s Screen) current() (camera.Pair, bool) {
	pairs := s.answer.frames.Pairs
	if s.at < 0 || s.at >= len(pairs) {
		return camera.Pair{}, false
	}
	return pairs[s.at], true
}
