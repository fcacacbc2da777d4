package command

import (
	"io"
	"os"
	"strings"
	"testing"
)

// A terminal that takes nothing does not hold up whoever writes, and what was
// written arrives whole once it takes again.
func TestWireOverAStalledLine(t *testing.T) {
	far, near, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	w := newWire(near, func(err error) { t.Errorf("the line is lost: %v", err) })
	frame := strings.Repeat("x", 70<<10) // more than a pipe holds
	for _, part := range []string{frame, "\x1b[?u", "end"} {
		if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("Write = %d, %v", n, err)
		}
	}
	if w.queued() == 0 {
		t.Fatal("the line took everything: nothing was stalled")
	}
	got := make([]byte, len(frame)+len("end"))
	if _, err := io.ReadFull(far, got); err != nil || string(got) != frame+"end" {
		t.Errorf("%d bytes arrived, ending in %q (%v)", len(got), got[len(got)-9:], err)
	}
	if !w.drain(drainWithin) {
		t.Errorf("%d bytes are left", w.queued())
	}
}

// A terminal that is gone is told of once, and writing to it stays harmless.
func TestWireOfALostTerminal(t *testing.T) {
	far, near, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	lost := make(chan error, 2)
	w := newWire(near, func(err error) { lost <- err })
	far.Close()
	w.Write([]byte("a"))
	if err := <-lost; err == nil {
		t.Error("the line is lost without a reason")
	}
	w.Write([]byte("b"))
	if !w.drain(drainWithin) || len(lost) > 0 {
		t.Errorf("%d bytes wait for a terminal that is gone; told %d times more", w.queued(), len(lost))
	}
}
