package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A file from someone else is data to look at, not a program to run:
//
//	header ─▶ private copy ─▶ limits ─▶ schema ─▶ Examine ─▶ read-only File
//	  │                                   │          │
//	  └────────── refused ────────────────┴──────────┘
//
// SQLite reads the schema of a file before anything else of it, so the limits
// stand before the first statement (sqlite.org/security.html).

// untrusted is how a file from someone else is read.
var untrusted = reading

// OpenForeign opens an incident file that came from someone else, or whose disk
// is in doubt. The file itself is not touched: a private copy is read, and
// nothing of it is shown before all of it was checked, which costs some 10 s
// for 1 M rows. It can never be written. Close removes the copy.
//
// The errors are those of [OpenReadOnly], and ErrDamaged or ErrAltered with the
// first finding, when [Salvage] may still save its rows.
func OpenForeign(ctx context.Context, path string) (*File, error) {
	f, err := openCopy(ctx, path, checkSchema)
	if err != nil {
		return nil, err
	}
	if err := f.Examine(ctx).Err(); err != nil {
		f.Close()
		return nil, fmt.Errorf("open %q: %w; nothing of it is shown; andon doctor --salvage NEW %[1]q may save its rows", path, err)
	}
	return f, nil
}

// schemaCheck fails if the schema is not that of a version.
type schemaCheck func(ctx context.Context, q querier, version int) error

// openCopy opens a private copy of a file, of which only the schema was
// checked.
func openCopy(ctx context.Context, path string, check schemaCheck) (*File, error) {
	if !hasSQLite {
		return nil, fmt.Errorf("open %q: %w", path, ErrNoCgo)
	}
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "andon-foreign-") // 0700
	if err != nil {
		return nil, explain("copy", path, err)
	}
	copied := filepath.Join(dir, "copy.andon")
	f, err := prepareCopy(ctx, path, copied, check)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	f.private = dir
	return f, nil
}

func prepareCopy(ctx context.Context, path, copied string, check schemaCheck) (*File, error) {
	for _, suffix := range []string{"", "-wal", "-journal"} {
		if err := copyFile(path+suffix, copied+suffix); err != nil && (suffix == "" || !errors.Is(err, fs.ErrNotExist)) {
			return nil, explain("copy", path, err)
		}
	}
	// The file may have been changed between the two looks at it.
	if err := checkHeader(copied); err != nil {
		return nil, err
	}
	if err := raise(ctx, path, copied, check); err != nil {
		return nil, err
	}
	f, err := newFile(path, reading)
	if err != nil {
		return nil, err
	}
	f.reader.Close()
	f.content, f.settings = copied, untrusted
	f.reader = connect(copied, untrusted, readers, limit)
	return f, nil
}

// raise plays the log of a copy into it, and brings an older one up to date,
// if its schema is what that version had.
func raise(ctx context.Context, path, copied string, check schemaCheck) error {
	db := connect(copied, building, 1, limit)
	defer db.Close()
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return explain("open", path, err)
	}
	if err := checkVersion(path, version); err != nil {
		return err
	}
	if err := check(ctx, db, version); err != nil {
		return explain("open", path, err)
	}
	return migrate(ctx, db, path)
}

// copyFile copies a regular file to a new one that only its owner can read.
func copyFile(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%q is not a regular file", from)
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// Inspect examines a private copy of a file, so that nothing happens to the
// file itself, and returns what it found. The error says why it could not even
// be opened: those of [OpenForeign], but a damaged content is in the Health.
func Inspect(ctx context.Context, path string) (Health, error) {
	f, err := openCopy(ctx, path, checkSchema)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Examine(ctx), nil
}

// Engine is the version of SQLite in this binary.
func Engine(ctx context.Context) (string, error) {
	if !hasSQLite {
		return "", ErrNoCgo
	}
	db, err := emptyFile(ctx, 0)
	if err != nil {
		return "", err
	}
	defer db.Close()
	var version string
	err = db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version)
	return version, err
}

// Free is the space left for files beside path, in bytes; false where the
// system does not tell.
func Free(path string) (int64, bool) {
	d, ok := diskOf(path)
	return d.free, ok
}
