package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
)

// copyTable saves a fixed table row by row, with its ids: a note keeps its
// place in the chain, and what is lost leaves a hole there. A row of a source
// that is lost goes to the line of the salvage.
func (s *Salvaged) copyTable(ctx context.Context, f, g *File, table string, salvage analysis.Source) error {
	rows, columns, err := s.readTable(ctx, f, table)
	if err != nil {
		return err
	}
	if table == "source" {
		return s.copySources(ctx, g, columns, rows, salvage)
	}
	sources, err := g.Sources(ctx)
	if err != nil {
		return err
	}
	from := slices.Index(columns, "source")
	return g.write(ctx, "salvage "+table+" into", func(ctx context.Context, t *transaction) error {
		for _, row := range rows {
			if from >= 0 && !slices.ContainsFunc(sources, func(s analysis.Source) bool { return any(s.ID) == row[from] }) {
				row[from] = s.line
			}
			s.keepRow(ctx, t, table, columns, row)
		}
		return nil
	})
}

// copySources keeps the ledger as it was, every source as read to its end,
// and adds the line of the salvage.
func (s *Salvaged) copySources(ctx context.Context, g *File, columns []string, rows [][]any, salvage analysis.Source) error {
	done := slices.Index(columns, "done")
	return g.write(ctx, "salvage the ledger into", func(ctx context.Context, t *transaction) error {
		for _, row := range rows {
			row[done] = int64(1)
			s.keepRow(ctx, t, "source", columns, row)
		}
		line := salvage
		if err := insertSource(ctx, t, &line); err != nil {
			return err
		}
		s.line = line.ID
		return updateSource(ctx, t, line, true)
	})
}

// keepRow inserts one row, or counts it as gone where the table refuses it.
func (s *Salvaged) keepRow(ctx context.Context, t *transaction, table string, columns []string, row []any) {
	if _, err := t.ExecContext(ctx, insertSQL(table, columns, 1), row...); err != nil {
		s.Gone++
		return
	}
	s.Other++
}

// readTable reads the rows of a fixed table that can be read.
func (s *Salvaged) readTable(ctx context.Context, f *File, table string) (rows [][]any, columns []string, err error) {
	err = f.read(ctx, "salvage", func(tx *sql.Tx) error {
		found, err := tableColumns(ctx, tx, analysis.Kind(table))
		if err != nil {
			return err
		}
		for name := range found {
			columns = append(columns, name)
		}
		if len(columns) == 0 {
			return nil // of an older version, which had no such table
		}
		slices.Sort(columns)
		quoted := make([]string, len(columns))
		for i, name := range columns {
			quoted[i] = quote(name)
		}
		query := fmt.Sprintf("SELECT %s FROM %s WHERE rowid BETWEEN ? AND ? ORDER BY rowid", strings.Join(quoted, ", "), quote(table))
		last, _ := lastRow(ctx, tx, table) // unreadable: none
		eachReadable(span{min(1, last), last}, func(part span) error {
			some, err := readValues(ctx, tx, query, len(columns), part)
			rows = append(rows, some...)
			return err
		}, func() { s.Gone++ })
		return nil
	})
	return rows, columns, err
}

// readValues is all rows of a part, or none.
func readValues(ctx context.Context, q querier, query string, n int, part span) ([][]any, error) {
	rows, err := q.QueryContext(ctx, query, part.first, part.last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		values, pointers := make([]any, n), make([]any, n)
		for i := range values {
			pointers[i] = &values[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			return nil, err
		}
		out = append(out, values)
	}
	if rows.Err() != nil {
		return nil, errors.Join(ErrDamaged, rows.Err())
	}
	return out, nil
}
