package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// A log may be too large to copy. Then the file holds a sample of its rows,
// what the log is, and every question that was put to it with the answer:
//
//	fleet   which table, up to when          query   text ─▶ result, hash, cost
//
// so that what was asked once is answered again without the cluster.

// Query is one question to the fleet, with what it cost.
type Query struct {
	Text    string
	Hash    string // SHA-256 of the result, hex
	Bytes   int64  // of the result as it is kept
	Read    int64  // rows the servers read
	Seconds float64
	Time    time.Time
}

// Fleet says which table of a cluster the log is, as SetFleet was told; "" for
// a file that holds its whole log.
func (f *File) Fleet(ctx context.Context) (about string, err error) {
	err = f.read(ctx, "read which fleet is behind", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT about FROM fleet").Scan(&about)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return about, err
}

// SetFleet says which table the log is. A file has one.
func (f *File) SetFleet(ctx context.Context, about string) error {
	return f.record(ctx, "keep which fleet is behind", func(ctx context.Context, t *transaction) error {
		_, err := t.ExecContext(ctx, "INSERT INTO fleet (one, about) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET about = excluded.about", about)
		return err
	})
}

// Recall is the result of a query that was asked before; held is false where it
// was not. A result that is not what was kept is ErrDamaged.
func (f *File) Recall(ctx context.Context, text string) (result []byte, held bool, err error) {
	err = f.read(ctx, "recall an answer of the fleet from", func(tx *sql.Tx) error {
		var hash string
		err := tx.QueryRowContext(ctx, "SELECT result, hash FROM query WHERE text = ?", text).Scan(&result, &hash)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil && hash != digestOf(result) {
			return fmt.Errorf("%w: the answer to %.80q is not what the fleet said", ErrDamaged, text)
		}
		held = err == nil
		return err
	})
	return result, held, err
}

// Remember keeps the result of a query with what it cost. A query has one
// result: the first stands.
func (f *File) Remember(ctx context.Context, text string, result []byte, read int64, took time.Duration, at time.Time) error {
	return f.record(ctx, "keep an answer of the fleet in", func(ctx context.Context, t *transaction) error {
		_, err := t.ExecContext(ctx, "INSERT INTO query (text, result, hash, read, seconds, time) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (text) DO NOTHING",
			text, result, digestOf(result), read, took.Seconds(), formatInstant(at))
		return err
	})
}

// Queries are all that the fleet was asked, in that order.
func (f *File) Queries(ctx context.Context) ([]Query, error) {
	var out []Query
	err := f.read(ctx, "list what the fleet was asked by", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT text, hash, length(result), read, seconds, time FROM query ORDER BY id")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var q Query
			var at string
			if err := rows.Scan(&q.Text, &q.Hash, &q.Bytes, &q.Read, &q.Seconds, &at); err != nil {
				return err
			}
			q.Time = parseInstant(at)
			out = append(out, q)
		}
		return rows.Err()
	})
	return out, err
}

func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
