package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"andon/analysis"
)

const sourceColumns = `id, path, hash, format, kind, rows, rejected, "offset", bytes, time, fields, warnings, done`

// Sources are the lines of the ledger, in the order they were loaded. One whose
// Offset is below its Bytes may have been broken off; see [File.Unfinished].
func (f *File) Sources(ctx context.Context) ([]analysis.Source, error) {
	return f.sources(ctx, "SELECT "+sourceColumns+" FROM source ORDER BY id")
}

// Unfinished are the sources that were not loaded to their end: give one to
// [File.Load] to resume it.
func (f *File) Unfinished(ctx context.Context) ([]analysis.Source, error) {
	return f.sources(ctx, "SELECT "+sourceColumns+" FROM source WHERE done = 0 ORDER BY id")
}

func (f *File) sources(ctx context.Context, query string) ([]analysis.Source, error) {
	var out []analysis.Source
	err := f.read(ctx, "read the sources of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			s, _, err := scanSource(rows.Scan)
			if err != nil {
				return err
			}
			out = append(out, s)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		return readBys(ctx, tx, out)
	})
	return out, err
}

func scanSource(scan func(...any) error) (s analysis.Source, done bool, err error) {
	var at, fields, warnings string
	err = scan(&s.ID, &s.Path, &s.Hash, &s.Format, &s.Kind, &s.Rows, &s.Rejected, &s.Offset, &s.Bytes, &at, &fields, &warnings, &done)
	if err != nil {
		return s, false, err
	}
	s.Time = parseInstant(at)
	if err := json.Unmarshal([]byte(fields), &s.Fields); err != nil {
		return s, false, err
	}
	return s, done, json.Unmarshal([]byte(warnings), &s.Warnings)
}

// findSource is the ledger's line for src: by its ID, else by its hash, where
// a finished one goes before one that was broken off. Nil is none.
func findSource(ctx context.Context, q querier, src analysis.Source) (*analysis.Source, bool, error) {
	if src.ID == 0 && src.Hash == "" {
		return nil, false, nil
	}
	row := q.QueryRowContext(ctx, "SELECT "+sourceColumns+" FROM source WHERE id = ?1 OR (?1 = 0 AND hash = ?2 AND kind = ?3) ORDER BY done DESC, id LIMIT 1", src.ID, src.Hash, src.Kind)
	s, done, err := scanSource(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		if src.ID != 0 {
			return nil, false, errors.New("the ledger has no such source to resume")
		}
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return &s, done, nil
}

func insertSource(ctx context.Context, q querier, s *analysis.Source) error {
	fields, warnings, err := sourceLists(*s)
	if err != nil {
		return err
	}
	result, err := q.ExecContext(ctx, `INSERT INTO source (path, hash, format, kind, rows, rejected, "offset", bytes, time, fields, warnings, done) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		s.Path, s.Hash, s.Format, s.Kind, s.Rows, s.Rejected, s.Offset, s.Bytes, formatInstant(s.Time), fields, warnings)
	if err != nil {
		return err
	}
	s.ID, err = result.LastInsertId()
	return err
}

// updateSource writes how far a source has come.
func updateSource(ctx context.Context, q querier, s analysis.Source, done bool) error {
	_, warnings, err := sourceLists(s)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, `UPDATE source SET hash = ?, bytes = ?, rows = ?, rejected = ?, "offset" = ?, warnings = ?, done = ? WHERE id = ?`,
		s.Hash, s.Bytes, s.Rows, s.Rejected, s.Offset, warnings, done, s.ID)
	return err
}

// unmoved fails where somebody else has loaded from the source since this load
// last committed: two imports of one log at once would keep its rows twice.
func unmoved(ctx context.Context, q querier, s analysis.Source) error {
	var offset, rows int64
	err := q.QueryRowContext(ctx, `SELECT "offset", rows FROM source WHERE id = ?`, s.ID).Scan(&offset, &rows)
	if err == nil && (offset != s.Offset || rows != s.Rows) {
		return fmt.Errorf("%w: another import is loading the same source, %q; let it finish", ErrBusy, s.Path)
	}
	return err
}

func sourceLists(s analysis.Source) (fields, warnings string, err error) {
	f, err := json.Marshal(s.Fields)
	if err != nil {
		return "", "", err
	}
	w, err := json.Marshal(s.Warnings)
	return string(f), string(w), err
}
