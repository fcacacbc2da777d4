package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"andon/analysis"
)

// pageSize suits rows of some hundred bytes and blobs of some ten thousand.
const pageSize = 8192

// Create makes a new incident file and opens it for writing. The title is the
// file's name without its extension, and now is when the incident was created.
//
// The file is readable by its owner only. It is built under a temporary name
// in the same directory and then linked, so path is never half made and never
// overwritten: it fails with ErrExists if anything is there, be it the
// log of a file that is gone, with ErrNotFound
// where there is no such directory, and with ErrReadOnly or ErrFull where the
// directory does not take it.
func Create(ctx context.Context, path string, now time.Time) (*File, error) {
	if !hasSQLite {
		return nil, fmt.Errorf("create %q: %w", path, ErrNoCgo)
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("create %q: %w: open it, or choose another name", path, ErrExists)
	}
	if err := noOrphan(path); err != nil {
		return nil, err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".andon-new-*") // 0600
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("create %q: %w: make the directory first", path, ErrNotFound)
	}
	if err != nil {
		return nil, explain("create", path, err)
	}
	defer os.Remove(temporary.Name())
	if err := temporary.Close(); err != nil {
		return nil, explain("create", path, err)
	}
	// Once begun it is finished: a transaction rolled back behind the back of
	// whoever cancels would leave its journal.
	if err := build(context.WithoutCancel(ctx), temporary.Name(), path, now); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := publish(temporary.Name(), path); err != nil {
		return nil, err
	}
	return Open(ctx, path)
}

// noOrphan refuses the name of a file that is gone but whose log is still
// there, as after a kill and an rm: SQLite would play that log into the new
// file and ruin it.
func noOrphan(path string) error {
	for _, suffix := range []string{"-wal", "-journal"} {
		if info, err := os.Lstat(path + suffix); err == nil && info.Size() > 0 {
			return fmt.Errorf("create %q: %w: %q is left of a file that is gone; remove it, or choose another name", path, ErrExists, path+suffix)
		}
	}
	return nil
}

// build fills the temporary file with the schema and the incident's head.
func build(ctx context.Context, temporary, path string, now time.Time) error {
	db := connect(temporary, building, 1)
	defer db.Close()
	head := fmt.Sprintf("PRAGMA page_size = %d; PRAGMA application_id = %d", pageSize, applicationID)
	if _, err := db.ExecContext(ctx, head); err != nil {
		return explain("create", path, err)
	}
	if err := migrate(ctx, db, path); err != nil {
		return err
	}
	name := filepath.Base(path)
	incident := analysis.Incident{Title: name[:len(name)-len(filepath.Ext(name))], Created: now, Status: "open"}
	if err := setIncident(ctx, db, incident); err != nil {
		return explain("create", path, err)
	}
	if err := setSeal(ctx, db); err != nil {
		return explain("create", path, err)
	}
	return explain("create", path, db.Close())
}

// publish gives the finished file its name, and fails if the name was taken
// meanwhile. Where the file system knows no hard links, the name is reserved
// first and then replaced.
func publish(temporary, path string) error {
	err := os.Link(temporary, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		var file *os.File
		if file, err = os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
			file.Close()
			err = os.Rename(temporary, path)
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("create %q: %w: open it, or choose another name", path, ErrExists)
	}
	if err != nil {
		return explain("create", path, err)
	}
	syncDirectory(filepath.Dir(path))
	return nil
}

// syncDirectory makes a new name durable. Some file systems refuse to
// synchronise a directory; the file itself is safe all the same.
func syncDirectory(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
