package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"andon/ui"
)

// guard sees to it that the console ends, and leaves the terminal as it was,
// whatever ends it.
//
//	HUP, TERM, INT ─┐
//	terminal gone  ─┼▶ end ─▶ the console is cancelled ─▶ modes restored, exit
//	panic          ─┘    └─ after endWithin, if it has not ended: force
//	TSTP, ctrl+z   ───▶ terminal given back ─▶ stopped ─▶ CONT ─▶ drawn again
//
// Bubble Tea's own handler knows neither HUP nor TSTP, and sends what it knows
// through the loop that a stalled terminal blocks. A draft is on disk from its
// first key on (guard_draft.go), but for the last keys before the end.
type guard struct {
	in     *os.File
	wire   *wire
	modes  *term.State // the terminal's, before the console
	cancel context.CancelFunc
	done   chan struct{}
	exit   func(code int)

	mu    sync.Mutex
	cause error
	timer *time.Timer
}

// endWithin is how long an ending may take: a closing shell kills what is left
// after a few seconds.
const endWithin = 1500 * time.Millisecond

// drainWithin is how long the last bytes may take to a terminal.
const drainWithin = time.Second

// newGuard remembers how the terminal is, and returns with it the context of
// everything the console does.
func newGuard(ctx context.Context, in, out *os.File) (*guard, context.Context) {
	g := &guard{in: in, done: make(chan struct{}), exit: os.Exit}
	g.modes, _ = term.GetState(in.Fd())
	ctx, g.cancel = context.WithCancel(context.WithoutCancel(ctx)) // signals are the guard's own
	g.wire = newWire(out, func(err error) { g.end(gone{err}) })
	return g, ctx
}

// run runs the console under the guard and says what ended it.
func (g *guard) run(p *tea.Program) error {
	go g.watch(p)
	model, err := p.Run()
	g.wire.drain(drainWithin)
	if c, ok := model.(caught); ok {
		model = c.Model
	}
	if console, ok := model.(ui.Model); ok {
		err = errors.Join(err, console.KeepLast())
	}
	if cause := g.why(); cause != nil {
		return failure{exitOf(cause), cause}
	}
	if err != nil {
		return fmt.Errorf("run the console: %w", err)
	}
	return nil
}

// end ends the console, the first cause counts.
func (g *guard) end(cause error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.cause != nil {
		return
	}
	g.cause = cause
	g.timer = time.AfterFunc(endWithin, g.force)
	g.cancel()
}

// why is what ended the console, nil if the user did.
func (g *guard) why() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.cause
}

// release ends the guard's work, when nothing is left to end.
func (g *guard) release() {
	close(g.done)
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.timer != nil {
		g.timer.Stop()
	}
	g.cancel()
}

// leave is what a terminal needs that still shows the console: no marks around
// pasted text, a cursor, plain text, the first screen.
const leave = "\x1b[?2004l\x1b[?25h\x1b[m\x1b[?1049l"

// force ends a console that did not end by itself. What is in the incident
// file is safe: it is committed or it never was.
func (g *guard) force() {
	g.wire.Write([]byte(leave))
	if g.modes != nil {
		term.Restore(g.in.Fd(), g.modes)
	}
	g.exit(exitOf(g.why()))
}

// ended is a signal as the reason of an end.
type ended struct{ signal os.Signal }

func (e ended) Error() string { return fmt.Sprintf("ended by a signal (%s)", e.signal) }

// gone is the loss of the terminal as the reason of an end.
type gone struct{ err error }

func (g gone) Error() string { return fmt.Sprintf("the terminal is gone: %v", g.err) }

// exitOf is the exit code of a cause: 128 and the signal's number, as shells
// have it; a lost terminal counts as a hang-up.
func exitOf(cause error) int {
	const signalled, hangup = 128, 1
	switch c := cause.(type) {
	case ended:
		if s, ok := c.signal.(syscall.Signal); ok {
			return signalled + int(s)
		}
	case gone:
		return signalled + hangup
	}
	return exitInternal
}
