package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"andon/analysis"
)

// The notes are a chain, so that a shared record shows whether it was altered:
//
//	note 1 ── hash ──▶ prev note 2 ── hash ──▶ prev note 3
//
// Each hash covers the note's own fields and the hash before it. Changing a
// note breaks the chain there; how many there are is kept apart (state.notes),
// so that a lost end shows. Whoever cuts off both goes unseen but by a reader
// who keeps the last hash (a report prints it).

// ErrBroken is within the error of [VerifyNotes].
var ErrBroken = errors.New("the chain of notes is broken")

// HashNote is the SHA-256, in hex, of everything in a note but its Hash: as a
// JSON array of ID, time (as the file keeps it), author, text, pin, supersedes
// and prev.
func HashNote(n analysis.Note) (string, error) {
	text, err := json.Marshal([]any{n.ID, formatInstant(n.Time), n.Author, n.Text, n.Pin, n.Supersedes, n.Prev})
	if err != nil {
		return "", fmt.Errorf("hash note %d: %w", n.ID, err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// VerifyNotes checks that notes, in their order, are the whole chain from the
// first: none altered, none missing between, none added without its place. The
// error names the first that does not fit. No notes are a whole chain.
func VerifyNotes(notes []analysis.Note) error {
	prev := ""
	for i, n := range notes {
		hash, err := HashNote(n)
		if err != nil {
			return err
		}
		if n.ID != int64(i+1) || n.Prev != prev || n.Hash != hash {
			return fmt.Errorf("%w at note %d: it, or the one before, was altered or removed after it was written", ErrBroken, n.ID)
		}
		prev = n.Hash
	}
	return nil
}

// AddNote appends a note and returns it with its ID, Prev and Hash; what the
// caller put there is ignored. It is saved when AddNote returns: it survives a
// power cut. ErrMoved says that the file is no longer at its path.
func (f *File) AddNote(ctx context.Context, n analysis.Note) (analysis.Note, error) {
	err := f.record(ctx, "save the note in", func(ctx context.Context, t *transaction) error {
		return addNote(ctx, t, &n)
	})
	return n, err
}

// addNote puts a note at the end of the chain.
func addNote(ctx context.Context, t *transaction, n *analysis.Note) error {
	err := t.QueryRowContext(ctx, "SELECT ifnull(max(id), 0) + 1, ifnull((SELECT hash FROM note ORDER BY id DESC LIMIT 1), '') FROM note").Scan(&n.ID, &n.Prev)
	if err != nil {
		return err
	}
	n.Time = parseInstant(formatInstant(n.Time)) // UTC, as it will be read
	if n.Hash, err = HashNote(*n); err != nil {
		return err
	}
	pin, err := json.Marshal(n.Pin)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, "INSERT INTO note (id, time, author, text, pin, supersedes, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		n.ID, formatInstant(n.Time), n.Author, n.Text, string(pin), n.Supersedes, n.Prev, n.Hash)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, "UPDATE state SET notes = ?", n.ID)
	return err
}

// checkEnd fails if the end of the chain is gone.
func checkEnd(ctx context.Context, q querier) error {
	var saved, last int64
	err := q.QueryRowContext(ctx, "SELECT ifnull(notes, 0), (SELECT ifnull(max(id), 0) FROM note) FROM state").Scan(&saved, &last)
	if err == nil && last < saved {
		err = fmt.Errorf("%w: %d notes were saved and the last one there is %d; andon doctor --salvage saves what is left", ErrBroken, saved, last)
	}
	return err
}

// Notes are all notes, also superseded ones, in the order they were written.
// ErrBroken says that the last of them are gone.
func (f *File) Notes(ctx context.Context) ([]analysis.Note, error) {
	var out []analysis.Note
	err := f.read(ctx, "read the notes of", func(tx *sql.Tx) error {
		if err := checkEnd(ctx, tx); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT id, time, author, text, pin, supersedes, prev, hash FROM note ORDER BY id")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var n analysis.Note
			var at, pin string
			if err := rows.Scan(&n.ID, &at, &n.Author, &n.Text, &pin, &n.Supersedes, &n.Prev, &n.Hash); err != nil {
				return err
			}
			n.Time = parseInstant(at)
			if err := json.Unmarshal([]byte(pin), &n.Pin); err != nil {
				return fmt.Errorf("%w at note %d: its pin cannot be read (%w)", ErrBroken, n.ID, err)
			}
			out = append(out, n)
		}
		return rows.Err()
	})
	return out, err
}
