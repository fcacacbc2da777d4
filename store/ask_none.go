//go:build !cgo

package store

import "github.com/mattn/go-sqlite3"

func limitQuestion(*sqlite3.SQLiteConn) error { return ErrNoCgo }
