package store

import (
	"context"
	"database/sql"

	"andon/analysis/hypothesis"
)

// MoveHypothesis records a move, and the hypothesis itself where nobody has
// moved it yet (its ID is 0). It returns both with their IDs; it is safe when it
// returns. Moves are never changed or taken away.
func (f *File) MoveHypothesis(ctx context.Context, h hypothesis.Hypothesis, m hypothesis.Move) (hypothesis.Hypothesis, error) {
	err := f.record(ctx, "save the hypothesis in", func(ctx context.Context, t *transaction) error {
		return moveHypothesis(ctx, t, &h, &m)
	})
	h.Moves, h.Status = append(h.Moves, m), m.To
	return h, err
}

// moveHypothesis inserts a move, and before it the hypothesis where it is new,
// and gives both their IDs.
func moveHypothesis(ctx context.Context, t *transaction, h *hypothesis.Hypothesis, m *hypothesis.Move) error {
	if h.ID == 0 {
		result, err := t.ExecContext(ctx, `INSERT INTO hypothesis (time, author, cause, "where", event, text, own) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			formatInstant(m.Time), m.Author, h.Cause, h.Where, h.Event, h.Text, h.Own)
		if err != nil {
			return err
		}
		if h.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		h.Time, h.Author = m.Time, m.Author
	}
	m.Hypothesis = h.ID
	result, err := t.ExecContext(ctx, `INSERT INTO hypothesis_move (hypothesis, time, author, "from", "to", before, after, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		m.Hypothesis, formatInstant(m.Time), m.Author, m.From, m.To, m.Before, m.After, m.Reason)
	if err != nil {
		return err
	}
	m.ID, err = result.LastInsertId()
	return err
}

// Hypotheses are all that were kept, each with its moves and where they led, in
// the order they were first moved.
func (f *File) Hypotheses(ctx context.Context) ([]hypothesis.Hypothesis, error) {
	var kept []hypothesis.Hypothesis
	err := f.read(ctx, "read the hypotheses of", func(tx *sql.Tx) error {
		moves, err := readMoves(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT id, time, author, cause, "where", event, text, own FROM hypothesis ORDER BY id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var h hypothesis.Hypothesis
			var at string
			if err := rows.Scan(&h.ID, &at, &h.Author, &h.Cause, &h.Where, &h.Event, &h.Text, &h.Own); err != nil {
				return err
			}
			h.Time = parseInstant(at)
			kept = append(kept, h.With(moves))
		}
		return rows.Err()
	})
	return kept, err
}

func readMoves(ctx context.Context, q querier) ([]hypothesis.Move, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, hypothesis, time, author, "from", "to", before, after, reason FROM hypothesis_move ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var moves []hypothesis.Move
	for rows.Next() {
		var m hypothesis.Move
		var at string
		if err := rows.Scan(&m.ID, &m.Hypothesis, &at, &m.Author, &m.From, &m.To, &m.Before, &m.After, &m.Reason); err != nil {
			return nil, err
		}
		m.Time = parseInstant(at)
		moves = append(moves, m)
	}
	return moves, rows.Err()
}
