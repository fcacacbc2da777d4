package store

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"andon/analysis"
)

const busyVariable = "ANDON_STORE_BUSY"

// writeBusily is a child that takes notes and loads rows for a while, as one of
// several consoles on a file.
func writeBusily(ctx context.Context, path string) error {
	f, err := Open(ctx, path)
	if err != nil {
		return err
	}
	for i := range 15 {
		if _, err := f.AddNote(ctx, analysis.Note{Text: fmt.Sprint(os.Getpid())}); err != nil {
			return err
		}
		l, err := f.Load(ctx, analysis.Source{Path: "log", Kind: analysis.InferenceKind})
		if err != nil {
			return err
		}
		if err := l.Append(ctx, plantBatch(i*100, 100)); err != nil {
			return err
		}
		if _, err := l.Finish(ctx); err != nil {
			return err
		}
	}
	return f.Close()
}

// TestFourProcesses lets four consoles write to one file at once: none fails
// busy, nothing is overwritten, and a fifth sees what the others wrote.
func TestFourProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.andon")
	f, err := Create(t.Context(), path, start)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var writers []*exec.Cmd
	for range 4 {
		c := exec.CommandContext(t.Context(), program)
		c.Env, c.Stderr = append(os.Environ(), busyVariable+"="+path), os.Stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		writers = append(writers, c)
	}
	for _, c := range writers {
		if err := c.Wait(); err != nil {
			t.Errorf("a writer failed: %v", err)
		}
	}
	written := notes(t, f)
	if err := VerifyNotes(written); err != nil || len(written) != 60 {
		t.Errorf("%d notes, %v", len(written), err)
	}
	if n, err := f.RowCount(t.Context()); n != 6000 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
	sound(t, f)
}

// TestNotesOfOthers asks right after another console has saved: what is saved
// is seen at the next look, so a look every second shows it within two.
func TestNotesOfOthers(t *testing.T) {
	a := create(t)
	b, err := Open(t.Context(), a.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	before, err := a.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := a.Version(t.Context()); again != before || err != nil {
		t.Errorf("the version moved by itself (%v)", err)
	}
	for i, change := range []func() error{
		func() error { _, err := b.AddNote(t.Context(), analysis.Note{Text: "seen?"}); return err },
		func() error {
			_, err := b.AddEvent(t.Context(), analysis.Event{Time: start, Kind: "deploy", Title: "2.4.0"})
			return err
		},
		func() error {
			_, err := b.AddFinding(t.Context(), analysis.Finding{Time: start, Claim: "x"})
			return err
		},
		func() error {
			return b.SetIncident(t.Context(), analysis.Incident{Title: "other", Created: start, Status: "open"})
		},
	} {
		began := time.Now()
		if err := change(); err != nil {
			t.Fatal(err)
		}
		after, err := a.Version(t.Context())
		if err != nil || after == before {
			t.Errorf("change %d is not seen (%v)", i, err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("change %d took %v to be seen", i, took)
		}
		before = after
	}
	if all := notes(t, a); len(all) != 1 {
		t.Errorf("%d notes", len(all))
	}
}
