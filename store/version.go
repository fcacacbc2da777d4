package store

import (
	"context"
	"database/sql"
)

// Version stands for everything saved in the file. Two that are equal mean
// that nothing changed between; it says nothing of what did.
type Version struct {
	generation int64  // rows and segments
	seal       string // incident, sources, columns, events and findings
	notes      int64
}

// Version is the file's version as of now, whoever wrote it: a console that
// asks every second sees what another has saved within two. It costs some
// 50 µs.
func (f *File) Version(ctx context.Context) (Version, error) {
	var v Version
	err := f.read(ctx, "look for news in", func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT generation, seal, (SELECT ifnull(max(id), 0) FROM note) FROM state").Scan(&v.generation, &v.seal, &v.notes)
	})
	return v, err
}

// SameRows reports whether the rows and metrics loaded are those of another
// version: what differs, if anything, is what people wrote, the ledger or the
// events.
func (v Version) SameRows(o Version) bool { return v.generation == o.generation }
