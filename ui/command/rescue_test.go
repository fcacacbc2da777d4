package command

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/store"
)

// TestRescue saves notes into a new file after somebody removed the one that is
// open: all of them, each once, with those from before.
func TestRescue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plant.andon")
	file, err := store.Create(t.Context(), path, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := newSession(file, Env{Now: time.Now, Getenv: func(string) string { return "" }})
	if err := s.AddNote(t.Context(), "before", analysis.Pin{}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	rescued := filepath.Join(filepath.Dir(path), "plant-rescued.andon")
	for _, text := range []string{"gloves look black", "gloves look black", "asked Maria"} {
		if err := s.AddNote(t.Context(), text, analysis.Pin{}); !errors.Is(err, store.ErrMoved) || !strings.Contains(err.Error(), rescued) {
			t.Fatalf("%q: %v, want ErrMoved that names %s", text, err, rescued)
		}
	}
	saved, err := store.Open(t.Context(), rescued)
	if err != nil {
		t.Fatal(err)
	}
	defer saved.Close()
	notes, err := saved.Notes(t.Context())
	if err != nil || len(notes) != 3 || notes[2].Text != "asked Maria" {
		t.Errorf("%v, %v", notes, err)
	}
	if err := store.VerifyNotes(notes); err != nil {
		t.Error(err)
	}
}
