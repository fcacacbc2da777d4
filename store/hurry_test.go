package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

// hurryFrom lowers what counts as a big commit.
func hurryFrom(t testing.TB, rows int) {
	t.Helper()
	before := hurryRows
	hurryRows = rows
	t.Cleanup(func() { hurryRows = before })
}

// untimed keeps a slow machine from committing early.
func untimed(t testing.TB) {
	t.Helper()
	before := flushEvery
	flushEvery = time.Hour
	t.Cleanup(func() { flushEvery = before })
}

// mode is how the file is written just now.
func mode(t testing.TB, f *File) string {
	t.Helper()
	var journal, synchronous string
	if err := f.writer.QueryRow("PRAGMA journal_mode").Scan(&journal); err != nil {
		t.Fatal(err)
	}
	if err := f.writer.QueryRow("PRAGMA synchronous").Scan(&synchronous); err != nil {
		t.Fatal(err)
	}
	return journal + " " + synchronous
}

// TestHurry leaves the log for the big commits of a load, of which the first is
// none, and takes it up again once all is flushed.
func TestHurry(t *testing.T) {
	untimed(t)
	f := create(t)
	if _, err := f.RowCount(t.Context()); err != nil { // leaves an idle reader
		t.Fatal(err)
	}
	f.Hurry()
	l, err := f.Load(t.Context(), analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		if err := l.Append(t.Context(), plantBatch(i*firstRows, firstRows)); err != nil {
			t.Fatal(err)
		}
		f.mu.Lock()
		_ = f.settle()
		f.mu.Unlock()
		if i == 0 {
			if n, err := f.RowCount(t.Context()); err != nil || n != firstRows {
				t.Errorf("%d rows are there to be seen at first, %v", n, err)
			}
		}
		if got, want := mode(t, f), map[bool]string{false: "wal 2", true: "delete 3"}[i >= 7]; got != want { // 65,536 rows are a segment
			t.Errorf("after batch %d: %s, want %s", i, got, want)
		}
	}
	if _, err := l.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := mode(t, f); got != "wal 2" {
		t.Errorf("at the end: %s", got)
	}
	if n, err := f.RowCount(t.Context()); err != nil || n != 10*firstRows {
		t.Errorf("%d rows, %v", n, err)
	}
	sound(t, f)
}

// TestFleeting waits for no disk while it loads, keeps transactions whole, and
// ends as any file does, with the same rows.
func TestFleeting(t *testing.T) {
	hurryFrom(t, 1)
	plain := create(t)
	load(t, plain, analysis.Source{Path: "log"}, plantBatch(0, 1_000), plantBatch(1_000, 1_000))
	f := create(t)
	f.Fleeting()
	l, err := f.Load(t.Context(), analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Append(t.Context(), plantBatch(0, 1_000)); err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	f.launch(t.Context(), l)
	_ = f.settle()
	f.mu.Unlock()
	if got := mode(t, f); got != "memory 0" {
		t.Errorf("while it loads: %s", got)
	}
	stop := errors.New("stop")
	if err := f.write(t.Context(), "test", func(ctx context.Context, tx *transaction) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM inference WHERE rowid % 3 = 0")
		return errors.Join(err, stop)
	}); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if err := l.Append(t.Context(), plantBatch(1_000, 1_000)); err != nil {
		t.Fatal(err)
	}
	l.Hashed("abc")
	if src, err := l.Finish(t.Context()); err != nil || src.Hash != "abc" {
		t.Fatalf("hash %q, %v", src.Hash, err)
	}
	if got := mode(t, f); got != "wal 2" {
		t.Errorf("at the end: %s", got)
	}
	if typed(t, f) != typed(t, plain) {
		t.Error("the rows differ from those of a load that waits")
	}
	sound(t, f)
}

// TestHurryInCompany keeps the log where another has the file open, and takes
// it up again when one opens it meanwhile; neither waits or fails.
func TestHurryInCompany(t *testing.T) {
	hurryFrom(t, 1)
	f := create(t)
	other, err := Open(t.Context(), f.Path())
	if err != nil {
		t.Fatal(err)
	}
	f.Hurry()
	load(t, f, analysis.Source{Path: "log"}, plantBatch(0, 500))
	if got := mode(t, f); got != "wal 2" || f.hastened {
		t.Errorf("%s, hastened %v beside another", got, f.hastened)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	f = reopen(t, f)
	f.Hurry()
	l, err := f.Load(t.Context(), analysis.Source{Path: "more"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		if err := l.Append(t.Context(), plantBatch(500+i*20_000, 20_000)); err != nil {
			t.Fatal(err)
		}
		if i == 4 {
			if other, err = Open(t.Context(), f.Path()); err != nil {
				t.Fatal(err)
			}
			defer other.Close()
			if _, err := other.AddNote(t.Context(), analysis.Note{Text: "seen"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := l.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := mode(t, f); !strings.HasPrefix(got, "wal") || len(notes(t, f)) != 1 {
		t.Errorf("%s, %d notes", got, len(notes(t, f)))
	}
	sound(t, f)
}

// TestHurryKilled takes the place of a machine that stops while a hurried commit
// is on its way into the file: what was in it before is there, in the file that
// went on and in the one that was left behind.
func TestHurryKilled(t *testing.T) {
	hurryFrom(t, 1)
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plantBatch(0, 5000))
	f.Hurry()
	if err := f.hasten(t.Context(), 1); err != nil || !f.hastened {
		t.Fatalf("hastened %v, %v", f.hastened, err)
	}
	// Too little memory for all pages, so that some go into the file at once.
	if _, err := f.writer.Exec("PRAGMA cache_size = 10; PRAGMA cache_spill = 1"); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(t.TempDir(), "left.andon")
	stop := errors.New("the machine stops")
	err := f.write(t.Context(), "load into", func(ctx context.Context, tx *transaction) error {
		if _, err := tx.ExecContext(ctx, "UPDATE inference SET prediction = 'half'"); err != nil {
			return err
		}
		for _, tail := range []string{"", "-journal"} {
			data, err := os.ReadFile(f.Path() + tail)
			if err == nil {
				err = os.WriteFile(left+tail, data, 0o600)
			}
			if err != nil {
				return err
			}
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(left); err != nil || !bytes.Contains(data, []byte("half")) {
		t.Fatalf("nothing of the commit was in the file yet: %v", err)
	}
	killed, err := Open(t.Context(), left)
	if err != nil {
		t.Fatal(err)
	}
	defer killed.Close()
	for _, f := range []*File{killed, reopen(t, f)} {
		var half int
		if err := f.reader.QueryRow("SELECT count(*) FROM inference WHERE prediction = 'half'").Scan(&half); err != nil || half != 0 {
			t.Errorf("%s: %d rows of a commit that never was, %v", f.Path(), half, err)
		}
		sound(t, f)
	}
}
