package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"andon/analysis"
)

// onDisk makes every path lie on a disk of the test's choice.
func onDisk(t *testing.T, d disk) {
	t.Helper()
	before := statfs
	statfs = func(string) (disk, bool) { return d, true }
	t.Cleanup(func() { statfs = before })
}

// TestNetworkDisks opens files as if they lay on a network share: no -wal is
// ever made there, and notes and loads work.
func TestNetworkDisks(t *testing.T) {
	fromRows(t, 1)
	for kind, name := range networks {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			f.Close()
			onDisk(t, disk{kind: kind, free: 1 << 40})
			f, err := Open(t.Context(), f.Path())
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if got := ask(t, f, "PRAGMA journal_mode"); got != "delete" {
				t.Errorf("journal_mode is %s", got)
			}
			load(t, f, analysis.Source{Path: "log"}, plant())
			if _, err := f.AddNote(t.Context(), analysis.Note{Text: "on a share"}); err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(f.Path() + "-wal"); err == nil {
				t.Error("there is a -wal on a network file system")
			}
			sound(t, f)
		})
	}
}

// TestLocalDisk comes back from a share to a local disk.
func TestLocalDisk(t *testing.T) {
	onDisk(t, disk{kind: 0x6969, free: 1 << 40})
	f := create(t)
	f.Close()
	onDisk(t, disk{kind: 0xef53, free: 1 << 40})
	f, err := Open(t.Context(), f.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := ask(t, f, "PRAGMA journal_mode"); got != "wal" {
		t.Errorf("journal_mode is %s", got)
	}
}

// TestBallast is laid where there is room for it and nowhere else.
func TestBallast(t *testing.T) {
	for free, want := range map[int64]bool{spare - 1: false, spare: true, 1 << 40: true} {
		onDisk(t, disk{free: free})
		path := filepath.Join(t.TempDir(), "x.andon")
		f, err := Create(t.Context(), path, start)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		info, err := os.Stat(ballastPath(path))
		if laid := err == nil; laid != want {
			t.Errorf("with %d bytes free: laid %v, want %v", free, laid, want)
		}
		if want && (info.Size() != ballastSize || info.Mode().Perm() != 0o600) {
			t.Errorf("ballast of %d bytes, mode %v", info.Size(), info.Mode())
		}
	}
}

// TestShort says how much is missing, and nothing where it is not known.
func TestShort(t *testing.T) {
	onDisk(t, disk{free: 1_500_000})
	for need, want := range map[int64]string{0: "", 1_500_000: "", 43_500_000: "; about 42.0 MB are missing for the rest"} {
		if got := short("x", need); got != want {
			t.Errorf("need %d: %q, want %q", need, got, want)
		}
	}
}

// TestMovedLoad removes the file under a load.
func TestMovedLoad(t *testing.T) {
	f := create(t)
	l, err := f.Load(t.Context(), analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(f.Path(), f.Path()+".old"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Append(t.Context(), plant()), l.Flush(t.Context())); !errors.Is(err, ErrMoved) {
		t.Errorf("error %v, want ErrMoved", err)
	}
}
