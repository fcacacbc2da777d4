package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"

	"andon/analysis"
	"andon/analysis/saved"
)

// storedBound is a bound as JSON, which knows no infinity: an open side is null.
type storedBound struct {
	Column string   `json:"column"`
	Lo     *float64 `json:"lo"`
	Hi     *float64 `json:"hi"`
	Why    string   `json:"why"`
}

// AddSavedCheck keeps a check and returns it with its ID. The last one of a
// name counts.
func (f *File) AddSavedCheck(ctx context.Context, c saved.Check) (saved.Check, error) {
	err := f.record(ctx, "save the check in", func(ctx context.Context, t *transaction) error {
		bounds := []storedBound{}
		for _, b := range c.Bounds {
			bounds = append(bounds, storedBound{b.Column, finite(b.Lo), finite(b.Hi), b.Why})
		}
		text, err := json.Marshal(bounds)
		if err != nil {
			return err
		}
		result, err := t.ExecContext(ctx, `INSERT INTO saved_check (time, author, incident, name, "where", bounds) VALUES (?, ?, ?, ?, ?, ?)`,
			formatInstant(c.Time), c.Author, c.Incident, c.Name, c.Where.String(), string(text))
		if err != nil {
			return err
		}
		c.ID, err = result.LastInsertId()
		return err
	})
	return c, err
}

// finite is a number, or nil where it is none.
func finite(v float64) *float64 {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	return &v
}

// SavedChecks are all checks that were saved, in their order.
func (f *File) SavedChecks(ctx context.Context) ([]saved.Check, error) {
	var out []saved.Check
	err := f.read(ctx, "read the saved checks of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, time, author, incident, name, "where", bounds FROM saved_check ORDER BY id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c saved.Check
			var at, where, bounds string
			if err := rows.Scan(&c.ID, &at, &c.Author, &c.Incident, &c.Name, &where, &bounds); err != nil {
				return err
			}
			c.Time = parseInstant(at)
			if c.Where, err = analysis.ParseWhere(where); err != nil {
				return err
			}
			if c.Bounds, err = readBounds(bounds); err != nil {
				return err
			}
			out = append(out, c)
		}
		return rows.Err()
	})
	return out, err
}

func readBounds(text string) ([]saved.Bound, error) {
	var stored []storedBound
	if err := json.Unmarshal([]byte(text), &stored); err != nil {
		return nil, err
	}
	var out []saved.Bound
	for _, b := range stored {
		bound := saved.Bound{Column: b.Column, Lo: math.Inf(-1), Hi: math.Inf(1), Why: b.Why}
		if b.Lo != nil {
			bound.Lo = *b.Lo
		}
		if b.Hi != nil {
			bound.Hi = *b.Hi
		}
		out = append(out, bound)
	}
	return out, nil
}
