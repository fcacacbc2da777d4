package store

import (
	"context"
	"database/sql"
)

// Repeated counts the inferences beyond the first n whose id one of those n
// has too: a log that was loaded before under another name, or in part. A file
// whose inferences have no id answers 0. Cost: two passes over the ids.
func (f *File) Repeated(ctx context.Context, n int64) (int64, error) {
	if n == 0 {
		return 0, nil
	}
	var repeated int64
	err := f.read(ctx, "look for repeated ids in", func(tx *sql.Tx) error {
		var has bool
		if err := tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM pragma_table_info('inference') WHERE name = 'id'`).Scan(&has); err != nil || !has {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM inference WHERE rowid > ?1 AND id IN (SELECT id FROM inference WHERE rowid <= ?1)`, n).Scan(&repeated)
	})
	return repeated, err
}
