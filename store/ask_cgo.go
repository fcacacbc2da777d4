//go:build cgo

package store

import (
	"strings"

	"github.com/mattn/go-sqlite3"
)

// recursive is SQLITE_RECURSIVE of sqlite3.h, which the driver leaves out.
const recursive = 33

// limitQuestion prepares a connection for a question of a person's: values are
// shorter than in statements of ours, unions may be longer, and the authorizer
// lets through what reads.
func limitQuestion(conn *sqlite3.SQLiteConn) error {
	conn.SetLimit(sqlite3.SQLITE_LIMIT_LENGTH, askLength)
	conn.SetLimit(sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 50)
	conn.RegisterAuthorizer(func(action int, _, name, _ string) int {
		switch action {
		case sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, recursive:
			return sqlite3.SQLITE_OK
		case sqlite3.SQLITE_FUNCTION:
			if !strings.EqualFold(name, "load_extension") {
				return sqlite3.SQLITE_OK
			}
		}
		return sqlite3.SQLITE_DENY
	})
	return nil
}
