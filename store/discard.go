package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Discard closes the file and removes it with its ballast: for a file that was
// made for a load which then brought nothing.
func (f *File) Discard() error {
	if err := f.Close(); err != nil {
		return err
	}
	for _, path := range []string{f.path, ballastPath(f.path)} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("discard %q: %w", f.path, err)
		}
	}
	return nil
}
