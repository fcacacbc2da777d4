package store

import (
	"context"
	"database/sql"

	"andon/analysis"
)

// AddCountermeasure keeps a countermeasure that was taken and returns it with
// its ID. It is never changed; whether it worked is a finding.
func (f *File) AddCountermeasure(ctx context.Context, c analysis.Taken) (analysis.Taken, error) {
	err := f.record(ctx, "save the countermeasure in", func(ctx context.Context, t *transaction) error {
		result, err := t.ExecContext(ctx, `INSERT INTO countermeasure (time, author, incident, "do", cause, taken, "from", "until") VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			formatInstant(c.Time), c.Author, c.Incident, c.Do, c.Cause, formatInstant(c.Taken), formatInstant(c.Verify.From), formatInstant(c.Verify.To))
		if err != nil {
			return err
		}
		c.ID, err = result.LastInsertId()
		return err
	})
	return c, err
}

// Countermeasures are those that were taken, in the order they were written
// down, each with the last finding that verified it or failed to.
func (f *File) Countermeasures(ctx context.Context) ([]analysis.Taken, error) {
	var out []analysis.Taken
	err := f.read(ctx, "read the countermeasures of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, time, author, incident, "do", cause, taken, "from", "until" FROM countermeasure ORDER BY id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c analysis.Taken
			var at, taken, from, until string
			if err := rows.Scan(&c.ID, &at, &c.Author, &c.Incident, &c.Do, &c.Cause, &taken, &from, &until); err != nil {
				return err
			}
			c.Time, c.Taken = parseInstant(at), parseInstant(taken)
			c.Verify = analysis.Window{From: parseInstant(from), To: parseInstant(until)}
			out = append(out, c)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	findings, err := f.Findings(ctx)
	return analysis.WithOutcomes(out, findings), err
}
