//go:build !cgo

package store

import "github.com/mattn/go-sqlite3"

func limit(*sqlite3.SQLiteConn) error { return ErrNoCgo }

func deserialize(any, []byte, string) error { return ErrNoCgo }
