package store

import (
	"context"
	"database/sql"

	"andon/analysis"
)

// keptRejects bounds the rejects kept of one source; all are counted. A log of
// which every line is bad must not fill the disk a second time.
const keptRejects = 10_000

func keepRejects(ctx context.Context, q querier, source analysis.Source, rejects []analysis.Reject) error {
	room := max(0, keptRejects-source.Rejected)
	for _, r := range rejects[:min(int64(len(rejects)), room)] {
		_, err := q.ExecContext(ctx, `INSERT INTO reject (source, line, "offset", reason, raw) VALUES (?, ?, ?, ?, ?)`,
			source.ID, r.Line, r.Offset, r.Reason, r.Raw[:min(len(r.Raw), analysis.MaxRaw)])
		if err != nil {
			return err
		}
	}
	return nil
}

// Rejects are the first limit records of a source that could not be used, or
// of all sources where source is 0. The ledger counts all of them; at most
// 10,000 of a source are kept.
func (f *File) Rejects(ctx context.Context, source int64, limit int) ([]analysis.Reject, error) {
	var out []analysis.Reject
	err := f.read(ctx, "read the rejects of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT line, "offset", reason, raw FROM reject WHERE ?1 = 0 OR source = ?1 ORDER BY id LIMIT ?2`, source, limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r analysis.Reject
			if err := rows.Scan(&r.Line, &r.Offset, &r.Reason, &r.Raw); err != nil {
				return err
			}
			out = append(out, r)
		}
		return rows.Err()
	})
	return out, err
}
