package command

import (
	"errors"
	"os"
	"sync"
	"time"
)

// wire carries the console's bytes to the terminal without making it wait for
// a link that does not take them.
//
//	Bubble Tea ──Write──▶ gate ──▶ queue ──pump──▶ terminal
//	                                 │
//	                                 └─ full: wait a moment, then go on
//
// A write to a stalled terminal (a dead SSH link, Ctrl-S) blocks for ever, and
// with it the loop that reads keys and ends the program. Here only the pump
// blocks. While the terminal is merely slow, Write waits for it, so that
// frames are skipped rather than queued.
type wire struct {
	file    *os.File
	mu      sync.Mutex
	gate    gate
	queue   []byte
	broken  error
	wake    chan struct{} // something to write
	written chan struct{} // something was written
	lost    func(error)   // called once, when the terminal is gone
}

const (
	queueWaits = 4 << 10 // beyond this a Write waits for the terminal
	queueFull  = 1 << 20 // beyond this it does not come back before the terminal does
	patience   = 250 * time.Millisecond
)

// newWire starts the pump; lost is told of a terminal that cannot be written
// to any more.
func newWire(file *os.File, lost func(error)) *wire {
	w := &wire{file: file, gate: newGate(), lost: lost,
		wake: make(chan struct{}, 1), written: make(chan struct{}, 1)}
	go w.pump()
	return w
}

// Write queues what may pass. It never fails: a terminal that is gone is told
// of by lost, and the console must come to its end without it.
func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	if w.broken == nil {
		w.queue = w.gate.pass(w.queue, p)
	}
	w.mu.Unlock()
	nudge(w.wake)
	w.yield()
	return len(p), nil
}

// graphics queues a picture, which the gate would drop: it is encoded here from
// pixels, and holds no byte of a log.
func (w *wire) graphics(p []byte) {
	w.mu.Lock()
	if w.broken == nil {
		w.queue = append(w.queue, p...)
	}
	w.mu.Unlock()
	nudge(w.wake)
	w.yield()
}

// yield waits for a slow terminal, but not for long.
func (w *wire) yield() {
	for limit := time.After(patience); ; {
		n := w.queued()
		if n <= queueWaits {
			return
		}
		select {
		case <-w.written:
		case <-limit:
			if n <= queueFull {
				return
			}
			limit = nil
		}
	}
}

// queued is the number of bytes that wait.
func (w *wire) queued() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.queue)
}

// pump writes what is queued, as long as the terminal takes it.
func (w *wire) pump() {
	for range w.wake {
		for {
			w.mu.Lock()
			chunk := w.queue[:min(len(w.queue), queueWaits)]
			w.mu.Unlock()
			if len(chunk) == 0 {
				break
			}
			n, err := w.file.Write(chunk)
			w.took(n, err)
			nudge(w.written)
			if err != nil {
				w.lost(err)
				return
			}
		}
	}
}

// took drops what was written; with an error, everything.
func (w *wire) took(n int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue = append([]byte(nil), w.queue[n:]...)
	if err != nil {
		w.queue, w.broken = nil, err
	}
}

// drain waits until everything is written, at most that long.
func (w *wire) drain(atMost time.Duration) bool {
	for limit := time.After(atMost); w.queued() > 0; {
		select {
		case <-w.written:
		case <-limit:
			return false
		}
	}
	return true
}

// nudge wakes whoever waits on a channel of one.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Read, Fd and Close make the wire a terminal to Bubble Tea, which asks the
// file descriptor for the size.
func (w *wire) Read(p []byte) (int, error) { return w.file.Read(p) }

// Fd is the terminal's.
func (w *wire) Fd() uintptr { return w.file.Fd() }

// Close is refused: the terminal is not the wire's own.
func (w *wire) Close() error { return errors.ErrUnsupported }
