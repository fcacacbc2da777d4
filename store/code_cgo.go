//go:build cgo

package store

import (
	"errors"

	"github.com/mattn/go-sqlite3"
)

// hasSQLite is whether the engine was compiled in.
const hasSQLite = true

// resultCode is SQLite's primary and extended result code, or 0 for an error
// that is not SQLite's.
func resultCode(err error) (primary, extended int) {
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return int(e.Code), int(e.ExtendedCode)
	}
	return 0, 0
}
