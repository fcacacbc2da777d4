//go:build cgo

package store

import "github.com/mattn/go-sqlite3"

// limits are what statements of ours need on the largest file, and no more.
var limits = map[int]int{
	sqlite3.SQLITE_LIMIT_LENGTH:              64 << 20,
	sqlite3.SQLITE_LIMIT_SQL_LENGTH:          1 << 20,
	sqlite3.SQLITE_LIMIT_COLUMN:              2000,
	sqlite3.SQLITE_LIMIT_EXPR_DEPTH:          100,
	sqlite3.SQLITE_LIMIT_COMPOUND_SELECT:     4,
	sqlite3.SQLITE_LIMIT_VDBE_OP:             25_000,
	sqlite3.SQLITE_LIMIT_ATTACHED:            0,
	sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
	sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH:       2,
}

func limit(conn *sqlite3.SQLiteConn) error {
	for id, most := range limits {
		conn.SetLimit(id, most)
	}
	return nil
}

// deserialize makes an attached database out of its image.
func deserialize(conn any, image []byte, name string) error {
	return conn.(*sqlite3.SQLiteConn).Deserialize(image, name)
}
