package store

import (
	"os"
	"path/filepath"
	"testing"

	"andon/analysis"
)

// TestOpenToRead comes in by the door that fits the file.
func TestOpenToRead(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plantBatch(0, 300))
	path := f.Path()
	f.Close()
	for foreign, wantCopy := range map[bool]bool{false: false, true: true} {
		f, err := OpenToRead(t.Context(), path, foreign)
		if err != nil {
			t.Fatal(err)
		}
		if f.ReadOnly() != wantCopy || (f.private != "") != wantCopy {
			t.Errorf("foreign %v: read-only %v, a copy at %q", foreign, f.ReadOnly(), f.private)
		}
		if n, err := f.RowCount(t.Context()); err != nil || n != 300 || f.Path() != path {
			t.Errorf("foreign %v: %d rows of %q, %v", foreign, n, f.Path(), err)
		}
		f.Close()
	}
	if strangers(path) || strangers(filepath.Join(t.TempDir(), "none")) {
		t.Error("our own file, or none, is said to be a stranger's")
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
