package command

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"andon/analysis"
	"andon/store"
)

// Somebody removed, renamed or replaced the incident file while it is open. The
// connection still holds it, so at the first note that cannot be saved all of it
// goes into a new file beside the old place, and the note with it:
//
//	plant.andon ✗   ─▶   plant-rescued.andon

// rescues is how many names are tried for the new file.
const rescues = 100

// keepNote saves a note, in the rescued file where the incident's is gone. That
// is told as an error, since the file on screen does not have the note.
func (s *session) keepNote(ctx context.Context, n analysis.Note) error {
	_, err := s.file.AddNote(ctx, n)
	if !errors.Is(err, store.ErrMoved) {
		return err
	}
	path, failed := s.rescue(ctx)
	if failed == nil {
		failed = noteIn(ctx, path, n)
	}
	if failed != nil {
		return errors.Join(err, failed)
	}
	return fmt.Errorf("%w; the note and everything else are safe in %q: leave, and open that", store.ErrMoved, path)
}

// rescue saves the file that is open into a new one, once.
func (s *session) rescue(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rescued != "" {
		return s.rescued, nil
	}
	path := s.file.Path()
	stem := path[:len(path)-len(filepath.Ext(path))] + "-rescued"
	err := store.ErrExists
	for n := 1; n <= rescues && errors.Is(err, store.ErrExists); n++ {
		path = stem + ".andon"
		if n > 1 {
			path = fmt.Sprintf("%s-%d.andon", stem, n)
		}
		err = s.file.SaveTo(ctx, path)
	}
	if err == nil {
		s.rescued = path
	}
	return path, err
}

// noteIn adds a note to another incident file, unless it is there: a note that
// could not be saved comes back into its prompt and may be sent again.
func noteIn(ctx context.Context, path string, n analysis.Note) error {
	file, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer file.Close()
	notes, err := file.Notes(ctx)
	if err != nil || slices.ContainsFunc(notes, func(o analysis.Note) bool { return o.Text == n.Text && o.Author == n.Author }) {
		return err
	}
	_, err = file.AddNote(ctx, n)
	return err
}
