package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"andon/analysis"
)

// TestSaveTo saves a file that somebody removed, or put another in the place
// of, with the notes that were saved before.
func TestSaveTo(t *testing.T) {
	for name, happen := range map[string]func(path string) error{
		"removed": os.Remove,
		"replaced": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, []byte("another file"), 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			load(t, f, analysis.Source{Path: "log"}, plantBatch(0, 500))
			if _, err := f.AddNote(t.Context(), analysis.Note{Text: "seen"}); err != nil {
				t.Fatal(err)
			}
			if err := happen(f.Path()); err != nil {
				t.Fatal(err)
			}
			if _, err := f.AddNote(t.Context(), analysis.Note{Text: "lost"}); !errors.Is(err, ErrMoved) {
				t.Fatalf("error %v, want ErrMoved", err)
			}
			to := filepath.Join(t.TempDir(), "saved.andon")
			if err := f.SaveTo(t.Context(), to); err != nil {
				t.Fatal(err)
			}
			if err := f.SaveTo(t.Context(), to); !errors.Is(err, ErrExists) {
				t.Errorf("error %v, want ErrExists", err)
			}
			info, err := os.Stat(to)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v, %v", info.Mode(), err)
			}
			g, err := Open(t.Context(), to)
			if err != nil {
				t.Fatal(err)
			}
			defer g.Close()
			sound(t, g)
			if err := g.Examine(t.Context()).Err(); err != nil {
				t.Error(err)
			}
			if n, err := g.RowCount(t.Context()); n != 500 || err != nil || len(notes(t, g)) != 1 {
				t.Errorf("%d rows, %d notes, %v", n, len(notes(t, g)), err)
			}
		})
	}
}
