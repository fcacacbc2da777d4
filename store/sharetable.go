package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path"
	"slices"

	"andon/analysis"
)

// special are the tables that are not copied row by row: wide ones, what is
// derived, what is written anew, and what would tell of the logs themselves. Of
// a fleet's table the copy holds the sample alone: what the cluster said is of
// all rows and columns.
var special = []string{"inference", "label", "frame", "source", "metric", "note", "reject", "chunk", "column", "dictionary", "segment", "rollup", "rolled", "scale", "state", "stream", "mapping", "fleet", "query", "recast"}

// plainTables are all others, in the order they were made, so that what a row
// refers to is there before it. A table that a later version adds is among
// them, with every text redacted.
func plainTables(ctx context.Context, q querier) ([]string, error) {
	tables, err := texts(ctx, q, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
	return slices.DeleteFunc(tables, func(t string) bool { return slices.Contains(special, t) }), err
}

// copySources copies the ledger, without hashes and directories; the counts
// are those of the copy, made by what is loaded.
func (s *sharing) copySources(ctx context.Context) error {
	sources, err := s.from.Sources(ctx)
	if err != nil {
		return err
	}
	return s.into.write(ctx, "share the ledger into", func(ctx context.Context, t *transaction) error {
		for _, src := range sources {
			if src.Path != "" {
				src.Path = s.redactor.Text(path.Base(slashed(src.Path)))
			}
			kept := slices.DeleteFunc(src.Fields, func(f analysis.Field) bool { return !s.keeps(f) })
			fields, err := json.Marshal(kept)
			if err != nil {
				return err
			}
			warnings, err := json.Marshal(each(src.Warnings, s.redactor.Text))
			if err != nil {
				return err
			}
			_, err = t.ExecContext(ctx, `INSERT INTO source (id, path, hash, format, kind, rows, rejected, "offset", bytes, time, fields, warnings, done) VALUES (?, ?, '', ?, ?, 0, ?, 0, ?, ?, ?, ?, 1)`,
				src.ID, src.Path, src.Format, src.Kind, src.Rejected, src.Bytes, formatInstant(src.Time), string(fields), string(warnings))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// copyTables copies the plain tables, metrics, and the reasons of rejects.
func (s *sharing) copyTables(ctx context.Context) error {
	var tables []string
	err := s.from.read(ctx, "read", func(tx *sql.Tx) (err error) {
		tables, err = plainTables(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, table := range append(tables, "metric", "reject") {
		if err := s.copyTable(ctx, table); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	if err := s.rehash(ctx); err != nil {
		return err
	}
	return s.into.write(ctx, "count what was shared into", func(ctx context.Context, t *transaction) error {
		_, err := t.ExecContext(ctx, `UPDATE source SET rows = (SELECT count(*) FROM event WHERE source = source.id) WHERE kind = 'event';
			UPDATE source SET rows = (SELECT count(*) FROM metric WHERE source = source.id) WHERE kind = 'metric'`)
		return err
	})
}

// copyTable copies a table row by row.
func (s *sharing) copyTable(ctx context.Context, table string) error {
	return s.into.write(ctx, "share "+table+" into", func(ctx context.Context, t *transaction) error {
		return s.from.read(ctx, "read", func(tx *sql.Tx) error {
			rows, err := tx.QueryContext(ctx, "SELECT * FROM "+quote(table)+" ORDER BY rowid")
			if err != nil {
				return err
			}
			defer rows.Close()
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			insert, err := t.PrepareContext(ctx, "INSERT OR REPLACE"+insertSQL(table, columns, 1)[len("INSERT"):])
			if err != nil {
				return err
			}
			defer insert.Close()
			for rows.Next() {
				row, err := scanRow(rows, len(columns))
				if err != nil {
					return err
				}
				if !s.copyRow(table, columns, row) {
					continue
				}
				if _, err := insert.ExecContext(ctx, row...); err != nil {
					return err
				}
				s.said.Copied[table]++
			}
			return rows.Err()
		})
	})
}

func scanRow(rows *sql.Rows, n int) ([]any, error) {
	values, pointers := make([]any, n), make([]any, n)
	for i := range values {
		pointers[i] = &values[i]
	}
	err := rows.Scan(pointers...)
	return values, err
}

// copyRow redacts a row in place and reports whether it goes into the copy: a
// row about an inference only with it, a measured or logged one only if its
// time lies within the windows or between them.
func (s *sharing) copyRow(table string, columns []string, row []any) bool {
	logged := table == "event" || table == "metric"
	for i, name := range columns {
		switch value := row[i].(type) {
		case []byte:
			row[i] = nil // the raw bytes of a reject
		case int64:
			if name != "row" {
				continue
			}
			if value = s.newRow(value); value == 0 {
				return false
			}
			row[i] = value
		case string:
			if logged && name == "time" && !s.covers(parseTime(value)) {
				return false
			}
			row[i] = s.cell(name, value)
		}
	}
	return true
}

// cell is a text of a plain table as the copy has it.
func (s *sharing) cell(name, value string) string {
	switch name {
	case "where", "slice":
		return eachText(name, value, s.where)
	case "scope", "labels":
		value = s.keptKeys(value)
	}
	return eachText(name, value, s.text)
}

// keptKeys is a JSON object without the columns that are left out.
func (s *sharing) keptKeys(object string) string {
	var m map[string]string
	if len(s.said.LeftOut) == 0 || json.Unmarshal([]byte(object), &m) != nil {
		return object
	}
	for _, name := range s.said.LeftOut {
		delete(m, name)
	}
	text, err := json.Marshal(m)
	if err != nil {
		return object
	}
	return string(text)
}

// covers reports whether an instant lies between the beginning of the first
// window and the end of the last: what explains a drop lies between before and
// after.
func (s *sharing) covers(ns int64) bool {
	if len(s.cut.Windows) == 0 {
		return true
	}
	from, to := s.cut.Windows[0].From, s.cut.Windows[0].To
	for _, w := range s.cut.Windows {
		if w.From.Before(from) {
			from = w.From
		}
		if w.To.After(to) {
			to = w.To
		}
	}
	return ns >= from.UnixNano() && ns < to.UnixNano()
}

// rehash gives findings whose words were redacted the hash of their new words,
// so that running them again in the copy compares like with like.
func (s *sharing) rehash(ctx context.Context) error {
	if s.cut.Rehash == nil {
		return nil
	}
	before, err := s.from.Findings(ctx)
	if err != nil {
		return err
	}
	after, err := s.into.Findings(ctx)
	if err != nil {
		return err
	}
	return s.into.write(ctx, "share the findings into", func(ctx context.Context, t *transaction) error {
		for i, f := range after {
			if s.cut.Rehash(before[i]) != before[i].Hash {
				continue // not made by this rule
			}
			if _, err := t.ExecContext(ctx, "UPDATE finding SET hash = ? WHERE id = ?", s.cut.Rehash(f), f.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// copyNotes chains the notes anew, in their order.
func (s *sharing) copyNotes(ctx context.Context) error {
	notes, err := s.from.Notes(ctx)
	if err != nil {
		return err
	}
	place := map[int64]int64{}
	for _, n := range notes {
		old := n.ID
		n.Author, n.Text = s.text(Author, n.Author), s.redactor.Text(n.Text)
		n.Pin.Where, n.Pin.Saw = s.where("", n.Pin.Where), s.redactor.Text(n.Pin.Saw)
		n.Supersedes = place[n.Supersedes]
		if n, err = s.into.AddNote(ctx, n); err != nil {
			return err
		}
		place[old] = n.ID
		s.said.Copied["note"]++
	}
	return nil
}
