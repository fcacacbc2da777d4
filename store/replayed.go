package store

import (
	"context"
	"database/sql"

	"andon/analysis/swap"
)

// AddReplay keeps the answers of one replay and returns its number, counted
// from 1. What a replay said is never changed: another replay is another number.
func (f *File) AddReplay(ctx context.Context, answers []swap.Answer) (number int64, err error) {
	err = f.record(ctx, "save the replay in", func(ctx context.Context, t *transaction) error {
		if err := t.QueryRowContext(ctx, "SELECT ifnull(max(swap), 0) + 1 FROM replayed").Scan(&number); err != nil {
			return err
		}
		for _, a := range answers {
			if _, err := t.ExecContext(ctx, `INSERT INTO replayed (swap, "row", side, slice, model, version, prediction, logged, correct) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				number, a.Row, a.Side, a.Slice, a.Model, a.Version, a.Prediction, a.Logged, a.Correct); err != nil {
				return err
			}
		}
		return nil
	})
	return number, err
}

// Replay is the answers of the replay of that number, in the order they were
// read; none where there is no such replay.
func (f *File) Replay(ctx context.Context, number int64) (answers []swap.Answer, err error) {
	err = f.read(ctx, "read the replays of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT "row", side, slice, model, version, prediction, logged, correct FROM replayed WHERE swap = ? ORDER BY id`, number)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var a swap.Answer
			if err := rows.Scan(&a.Row, &a.Side, &a.Slice, &a.Model, &a.Version, &a.Prediction, &a.Logged, &a.Correct); err != nil {
				return err
			}
			answers = append(answers, a)
		}
		return rows.Err()
	})
	return answers, err
}
