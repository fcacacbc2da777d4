package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// readers is how many snapshots can be read at once: a screen, an import's
// progress and a triage with two cores.
const readers = 4

// File is an open incident file. Its methods may be called from any goroutine.
type File struct {
	path     string
	identity os.FileInfo // what the path led to when it was opened
	writer   *sql.DB     // one connection; nil when read-only
	reader   *sql.DB
	private  string // directory of the copy that is read instead, or ""
	content  string // what is read: the path, or the copy's
	settings []setting

	mu     sync.Mutex    // guards what follows: loading is one at a time
	known  *known        // the writer's view of what is committed, or nil
	queue  []queued      // batches not yet committed
	ahead  int64         // inferences committed and in flight, as far as known
	flush  time.Time     // when the queue was last empty
	flying []*commitment // being committed, in their order

	hurry    bool // see Hurry; with hastened the committer's alone
	hastened bool // the file has no write-ahead log at present
	fleeting bool // see Fleeting
}

// Open opens an incident file for reading and writing and brings an older one
// up to date.
//
// Before SQLite touches the file its header is checked: ErrNotFound,
// ErrNotIncident (another file, or another program's database) and ErrNewer
// leave it byte for byte as it was. ErrReadOnly says that it, or its
// directory, cannot be written: [OpenReadOnly] can still show it.
func Open(ctx context.Context, path string) (*File, error) {
	if err := examine(ctx, path); err != nil {
		return nil, err
	}
	f, err := newFile(path, reading)
	if err != nil {
		return nil, err
	}
	f.writer = connect(f.path, settingsFor(f.path), 1)
	err = f.start(ctx)
	if errors.Is(err, ErrFull) && dropBallast(f.path) {
		err = f.start(ctx) // SQLite wants room for a lock file, even to read
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	layBallast(f.path)
	return f, nil
}

func (f *File) start(ctx context.Context) error {
	if err := writable(f.path); err != nil {
		return explain("open", f.path, err)
	}
	if err := f.writer.PingContext(ctx); err != nil {
		return explain("open", f.path, err)
	}
	return migrate(ctx, f.writer, f.path)
}

// writable asks the system for the right to write: SQLite by itself would fall
// back to reading and fail at the first note.
func writable(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return file.Close()
}

// OpenReadOnly opens an incident file without ever writing to it. The errors
// are those of [Open]; an older file fails with ErrReadOnly, since it would
// have to be brought up to date first.
//
// On media or a full disk that allow no lock file beside it, a file without a
// -wal is read as it stands. With a -wal beside it that would hide rows, so it
// fails and asks for a copy of both.
func OpenReadOnly(ctx context.Context, path string) (*File, error) {
	if err := examine(ctx, path); err != nil {
		return nil, err
	}
	f, err := newFile(path, reading)
	if err != nil {
		return nil, err
	}
	version, err := f.version(ctx)
	if err != nil && !leftover(f.path) {
		f.reader.Close()
		f.settings = frozen
		f.reader = connect(f.path, frozen, readers)
		version, err = f.version(ctx)
	}
	switch {
	case err != nil && leftover(f.path):
		err = fmt.Errorf("%w (a %s stands beside it with rows not yet in the file: copy both to a writable directory)", err, filepath.Base(f.path)+"-wal")
	case err == nil && version < len(migrations):
		err = fmt.Errorf("open %q: %w: it is from an older Andon (version %d) and must be brought up to date on a writable copy", path, ErrReadOnly, version)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// examine checks what can be known of a file without changing it. A -wal may
// hold a newer version than the header; a read-only connection sees it and,
// unlike a writing one, does not fold it into the file when it closes.
func examine(ctx context.Context, path string) error {
	if !hasSQLite {
		return fmt.Errorf("open %q: %w", path, ErrNoCgo)
	}
	if err := checkHeader(path); err != nil || !leftover(path) {
		return err
	}
	f, err := newFile(path, reading)
	if err != nil {
		return err
	}
	defer f.Close()
	version, err := f.version(ctx)
	if err != nil {
		return nil // the writing connection will say why, in its own words
	}
	return checkVersion(path, version)
}

// leftover reports whether a -wal with content stands beside the file.
func leftover(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}

func newFile(path string, settings []setting) (*File, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, explain("open", path, err)
	}
	identity, err := os.Stat(absolute)
	if err != nil {
		return nil, explain("open", path, err)
	}
	return &File{path: absolute, identity: identity, reader: connect(absolute, settings, readers), content: absolute, settings: settings}, nil
}

func (f *File) version(ctx context.Context) (int, error) {
	var version int
	err := f.reader.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return version, explain("open", f.path, err)
}

// Path is the absolute path of the file.
func (f *File) Path() string { return f.path }

// ReadOnly reports whether the file was opened with [OpenReadOnly].
func (f *File) ReadOnly() bool { return f.writer == nil }

// Close commits what is still queued, folds the write-ahead log into the file,
// so that a copy of the one file is complete, and closes it. It reports rows
// that could not be committed; closing itself always succeeds.
func (f *File) Close() error {
	f.mu.Lock()
	err := f.drain(context.Background())
	if f.writer != nil {
		_ = f.steady(context.Background()) // the next to open it does the same
	}
	f.mu.Unlock()
	if f.writer != nil {
		// Another process may hold the log; then it folds it in.
		_, _ = f.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	}
	f.reader.Close()
	if f.writer != nil {
		f.writer.Close()
	}
	if f.private != "" {
		os.RemoveAll(f.private)
	}
	return err
}
