package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"andon/analysis"
)

// AddFinding keeps a claim with its evidence and returns it with its ID. A
// finding is never changed: a step done again is a new finding, and the last
// one of a step counts.
func (f *File) AddFinding(ctx context.Context, n analysis.Finding) (analysis.Finding, error) {
	err := f.record(ctx, "save the finding in", func(ctx context.Context, t *transaction) error {
		return addFinding(ctx, t, &n)
	})
	return n, err
}

// addFinding inserts a finding and gives it its ID.
func addFinding(ctx context.Context, t *transaction, n *analysis.Finding) error {
	windows, err := json.Marshal(n.Windows)
	if err != nil {
		return err
	}
	result, err := t.ExecContext(ctx, `INSERT INTO finding (time, step, outcome, claim, query, params, "where", windows, result, hash) VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?)`,
		formatInstant(n.Time), n.Step, n.Outcome, n.Claim, n.Query, n.Params, n.Where, string(windows), n.Result, n.Hash)
	if err != nil {
		return err
	}
	n.ID, err = result.LastInsertId()
	return err
}

// Findings are all findings, in the order they were made.
func (f *File) Findings(ctx context.Context) ([]analysis.Finding, error) {
	var out []analysis.Finding
	err := f.read(ctx, "read the findings of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, time, step, outcome, claim, query, ifnull(params, ''), "where", windows, result, hash FROM finding ORDER BY id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var n analysis.Finding
			var at, windows string
			if err := rows.Scan(&n.ID, &at, &n.Step, &n.Outcome, &n.Claim, &n.Query, &n.Params, &n.Where, &windows, &n.Result, &n.Hash); err != nil {
				return err
			}
			n.Time = parseInstant(at)
			if err := json.Unmarshal([]byte(windows), &n.Windows); err != nil {
				return err
			}
			out = append(out, n)
		}
		return rows.Err()
	})
	return out, err
}
