package store

import (
	"context"
	"database/sql"
)

// A log is found again under another name by its trace, which importers make
// and which means nothing here. It is as old as the rows: one transaction
// brings both, so that a killed follower knows exactly what it has.

// Trace keeps what the source is known by once the batches given after it are
// committed.
func (l *Load) Trace(trace string) {
	l.file.mu.Lock()
	defer l.file.mu.Unlock()
	l.trace = trace
}

// Hashed says the hash of a source that was begun without, for the next commit
// to keep: it may be worked out while the rows are read, where a trace finds the
// source again or nobody will resume it.
func (l *Load) Hashed(hash string) {
	l.file.mu.Lock()
	defer l.file.mu.Unlock()
	l.source.Hash = hash
}

// saveTrace keeps the trace of a source; "" is none.
func saveTrace(ctx context.Context, q querier, source int64, trace string) error {
	if trace == "" {
		return nil
	}
	_, err := q.ExecContext(ctx, "INSERT INTO stream (source, trace) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE SET trace = ?2", source, trace)
	return err
}

// Traces are what the sources of the ledger are known by, by source ID. Those
// without one are left out.
func (f *File) Traces(ctx context.Context) (map[int64]string, error) {
	traces := map[int64]string{}
	err := f.read(ctx, "read the traces of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT source, trace FROM stream")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var source int64
			var trace string
			if err := rows.Scan(&source, &trace); err != nil {
				return err
			}
			traces[source] = trace
		}
		return rows.Err()
	})
	return traces, err
}
