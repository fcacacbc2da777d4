package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"
)

// A file that was removed, renamed or replaced while it was open is still there
// for the connection that holds it, and for nobody else:
//
//	path ─▶ (nothing, or another file)
//	writer ─▶ the file as it was ─ SaveTo ─▶ a new file under another name

// SaveTo writes everything the file holds, as committed, into a new file that
// only its owner can read. It is what is left to do after ErrMoved; f itself
// stays as it is. It fails with ErrExists if something is at path. What waits
// in a Load is not in it.
func (f *File) SaveTo(ctx context.Context, path string) error {
	if f.writer == nil {
		return fmt.Errorf("save %q to %q: %w: it was opened read-only; copy the file", f.path, path, ErrReadOnly)
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("save %q to %q: %w: choose another name", f.path, path, ErrExists)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".andon-save-*") // 0600; SQLite fills an empty file
	if err != nil {
		return explain("save", path, err)
	}
	defer os.Remove(temporary.Name())
	defer temporary.Close()
	err = f.onWriter(ctx, func(conn any) error {
		into := []driver.NamedValue{{Ordinal: 1, Value: temporary.Name()}}
		_, err := conn.(driver.ExecerContext).ExecContext(ctx, "VACUUM INTO ?", into)
		return err
	})
	if err != nil {
		return err
	}
	if err := temporary.Sync(); err != nil { // VACUUM INTO leaves that to us
		return explain("save", path, err)
	}
	return publish(temporary.Name(), path)
}
