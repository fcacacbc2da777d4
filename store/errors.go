package store

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// What can be wrong with an incident file. Each is matched with errors.Is; the
// message around it names the file, what was attempted and what to do next.
var (
	ErrExists      = errors.New("the file exists already")
	ErrNotFound    = errors.New("there is no such file")
	ErrNotIncident = errors.New("this is not an incident file")
	ErrNewer       = errors.New("the file was written by a newer Andon")
	ErrPresent     = errors.New("this source is already in the incident file")
	ErrReadOnly    = errors.New("the incident file cannot be written")
	ErrFull        = errors.New("the disk is full")
	ErrBusy        = errors.New("another program is writing to the incident file")
	ErrDamaged     = errors.New("the incident file is damaged")
	ErrAltered     = errors.New("a row is not what was loaded: another program changed it, or the disk did")
	ErrMoved       = errors.New("the incident file was removed, renamed or replaced while it was open")
	ErrColumns     = errors.New("too many columns")
	ErrNoTime      = errors.New("no time column")
	ErrNotRolled   = errors.New("the rollups do not tell this: ask the segments")
	ErrUnsafe      = errors.New("SQLite did not take a setting that keeps data safe")
	ErrNoCgo       = errors.New("this andon was built without cgo, which SQLite needs: install a C compiler (gcc) and build again with CGO_ENABLED=1")
)

// The primary result codes of SQLite that have a sentence of their own
// (sqlite.org/rescode.html).
const (
	codePerm      = 3
	codeBusy      = 5
	codeLocked    = 6
	codeReadOnly  = 8
	codeIO        = 10
	codeCorrupt   = 11
	codeFull      = 13
	codeCantOpen  = 14
	codeNotADB    = 26
	codeMovedFile = 8 | 4<<8   // SQLITE_READONLY_DBMOVED
	codeNoRoom    = 10 | 19<<8 // SQLITE_IOERR_SHMSIZE: no room for the -shm
)

// explain turns an error of SQLite or of the system into a sentence: what was
// attempted, on which file, what is wrong, and what to do next. It goes by
// result codes, never by the driver's text. Errors it does not know keep their
// own words behind the attempt.
func explain(attempt, path string, err error) error {
	if err == nil {
		return nil
	}
	wrap := func(kind error, next string) error {
		return fmt.Errorf("%s %q: %w: %s (%w)", attempt, path, kind, next, err)
	}
	primary, extended := resultCode(err)
	switch {
	case extended == codeMovedFile:
		return wrap(ErrMoved, "save to another place")
	case primary == codeFull, extended == codeNoRoom, errors.Is(err, syscall.ENOSPC):
		return wrap(ErrFull, "free some space and try again; what was committed before is kept")
	case primary == codeReadOnly, primary == codePerm, errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return wrap(ErrReadOnly, "check the permissions of the file and its directory, or take a place where you may write")
	case primary == codeCantOpen:
		return wrap(ErrReadOnly, "SQLite must be able to create files beside it; check the directory, or take a place where you may write")
	case primary == codeBusy, primary == codeLocked:
		return wrap(ErrBusy, "wait until it is done and try again")
	case primary == codeNotADB:
		return wrap(ErrNotIncident, "it is no SQLite database; give its sources to andon import instead")
	case primary == codeCorrupt:
		return wrap(ErrDamaged, "andon doctor --salvage NEW saves what can be read of it into a new file")
	case primary == codeIO:
		return fmt.Errorf("%s %q: the disk or the link to it failed; check space and hardware (%w)", attempt, path, err)
	}
	return fmt.Errorf("%s %q: %w", attempt, path, err)
}
