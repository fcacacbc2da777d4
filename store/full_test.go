package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"andon/analysis"
)

// small mounts a file system of 12 MB and returns its directory.
func small(t *testing.T) string {
	t.Helper()
	if os.Getenv("ANDON_HEAVY") == "" {
		t.Skip("skip: needs ANDON_HEAVY=1 and root, to mount a small disk")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=12m", "none", dir).CombinedOutput(); err != nil {
		t.Skipf("skip: needs root, to mount a small disk: %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	return dir
}

// TestLoadFull fills the disk with a load: what was committed stands, the
// error says what is wrong and how much is missing, notes can be taken from the
// ballast, and with space the load goes on to its end.
func TestLoadFull(t *testing.T) {
	dir := small(t)
	f, err := Create(t.Context(), filepath.Join(dir, "x.andon"), start)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.AddNote(t.Context(), analysis.Note{Text: "before"}); err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, 5<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	src := analysis.Source{Path: "log", Hash: "h", Bytes: 100_000_000}
	l, err := f.Load(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	const each, all = 500, 40
	for i := 0; err == nil && i < all; i++ {
		err = errors.Join(l.Append(t.Context(), plantBatch(i*each, each)), l.Flush(t.Context()))
	}
	if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "MB are missing for the rest") {
		t.Fatalf("error %v, want ErrFull and how much is missing", err)
	}
	for range 100 {
		if _, err := f.AddNote(t.Context(), analysis.Note{Text: "the disk is full"}); err != nil {
			t.Fatalf("a note on the full disk: %v", err)
		}
	}
	if _, err := f.RowCount(t.Context()); err != nil {
		t.Errorf("reading on the full disk: %v", err)
	}
	if _, err := os.Stat(ballastPath(f.Path())); err == nil {
		t.Error("the ballast was not needed: the disk is not full enough to prove anything")
	}
	f.Close()
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if f, err = Open(t.Context(), f.Path()); err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sound(t, f)
	if all := notes(t, f); len(all) != 101 {
		t.Errorf("%d notes", len(all))
	}
	if l, err = f.Load(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	done := int(l.Source().Rows)
	if n, err := f.RowCount(t.Context()); int(n) != done || done == 0 || err != nil {
		t.Errorf("%d rows where the ledger says %d (%v)", n, done, err)
	}
	if err := errors.Join(l.Append(t.Context(), plantBatch(done, each)), l.Flush(t.Context())); err != nil {
		t.Errorf("with space again: %v", err)
	}
	sound(t, f)
}

// TestCreateFull has no room for a file at all.
func TestCreateFull(t *testing.T) {
	dir := small(t)
	if err := os.WriteFile(filepath.Join(dir, "ballast"), make([]byte, 12<<20-8192), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(t.Context(), filepath.Join(dir, "x.andon"), start); !errors.Is(err, ErrFull) {
		t.Errorf("error %v, want ErrFull", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("%v are left", left)
	}
}

// TestOpenFull opens a closed file where there is no room left for the lock
// file beside it: the ballast makes some, and without ballast the file can
// still be shown.
func TestOpenFull(t *testing.T) {
	dir := small(t)
	f, err := Create(t.Context(), filepath.Join(dir, "x.andon"), start)
	if err != nil {
		t.Fatal(err)
	}
	load(t, f, analysis.Source{Path: "log"}, plant())
	f.Close()
	fill := func(name string) {
		// The last write is cut short where the disk ends.
		_ = os.WriteFile(filepath.Join(dir, name), make([]byte, 12<<20), 0o600)
	}
	fill("filler")
	if f, err = Open(t.Context(), f.Path()); err != nil {
		t.Fatal(err)
	}
	if _, err := f.AddNote(t.Context(), analysis.Note{Text: "the disk is full"}); err != nil {
		t.Errorf("a note on the full disk: %v", err)
	}
	f.Close()
	_ = dropBallast(f.Path())
	fill("more")
	if _, err := Open(t.Context(), f.Path()); !errors.Is(err, ErrFull) {
		t.Errorf("error %v, want ErrFull", err)
	}
	shown(t, f.Path())
}

// TestOpenReadOnlyMedia opens a closed file on a disk that cannot be written,
// and refuses one whose log would be left out.
func TestOpenReadOnlyMedia(t *testing.T) {
	dir := small(t)
	f, err := Create(t.Context(), filepath.Join(dir, "x.andon"), start)
	if err != nil {
		t.Fatal(err)
	}
	load(t, f, analysis.Source{Path: "log"}, plant())
	open := filepath.Join(dir, "open.andon")
	for _, suffix := range []string{"", "-wal"} { // as a kill would leave it
		content, err := os.ReadFile(f.Path() + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(open+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f.Close()
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if _, err := Open(t.Context(), f.Path()); !errors.Is(err, ErrReadOnly) {
		t.Errorf("error %v, want ErrReadOnly", err)
	}
	shown(t, f.Path())
	if _, err := OpenReadOnly(t.Context(), open); err == nil {
		t.Error("a file was opened without the rows in its log")
	}
}

// shown fails unless the file can be read.
func shown(t *testing.T, path string) {
	t.Helper()
	f, err := OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if n, err := f.RowCount(t.Context()); n != 6 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
}
