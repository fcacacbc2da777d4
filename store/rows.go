package store

import (
	"context"
	"database/sql"
	"fmt"

	"andon/analysis"
)

// Examples are a few rows as text, to show: Values[i][j] is field j of row
// Rows[i], "" for null. Text is as the log had it and must be escaped.
type Examples struct {
	Fields []analysis.Field
	Rows   []int64
	Values [][]string
}

// maxExamples bounds one question for rows: they are to be looked at, not to
// be analysed.
const maxExamples = 10_000

// Example reads the inferences with the given rowids (row i of a Table is
// rowid i+1), in the order asked. A rowid that does not exist is left out. At
// most 10,000 are read.
func (f *File) Example(ctx context.Context, rowids []int64) (Examples, error) {
	var out Examples
	rowids = rowids[:min(len(rowids), maxExamples)]
	err := f.read(ctx, "read rows of", func(tx *sql.Tx) error {
		query, fields, err := exampleQuery(ctx, tx)
		if err != nil {
			return err
		}
		out.Fields = fields
		statement, err := tx.PrepareContext(ctx, query+" WHERE rowid = ?")
		if err != nil {
			return err
		}
		defer statement.Close()
		for _, id := range rowids {
			rows, err := statement.QueryContext(ctx, id)
			if err != nil {
				return err
			}
			if err := out.add(rows); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// Rows reads n inferences from rowid first on, at most 10,000.
func (f *File) Rows(ctx context.Context, first int64, n int) (Examples, error) {
	var out Examples
	err := f.read(ctx, "read rows of", func(tx *sql.Tx) error {
		query, fields, err := exampleQuery(ctx, tx)
		if err != nil {
			return err
		}
		out.Fields = fields
		rows, err := tx.QueryContext(ctx, query+" WHERE rowid >= ? ORDER BY rowid LIMIT ?", first, min(n, maxExamples))
		if err != nil {
			return err
		}
		return out.add(rows)
	})
	return out, err
}

// exampleQuery asks for the rowid and every filled column that can be shown.
func exampleQuery(ctx context.Context, q querier) (string, []analysis.Field, error) {
	c, err := readCatalog(ctx, q, analysis.InferenceKind)
	if err != nil {
		return "", nil, err
	}
	var shown []*column
	var fields []analysis.Field
	for _, col := range c.columns {
		if col.filled && col.Type != analysis.Blob {
			shown = append(shown, col)
			fields = append(fields, col.Field)
		}
	}
	if len(shown) == 0 {
		return "SELECT rowid FROM inference", nil, nil
	}
	return "SELECT rowid, " + names(shown) + " FROM inference", fields, nil
}

// add appends what rows hold and closes them.
func (e *Examples) add(rows *sql.Rows) error {
	defer rows.Close()
	cells := make([]any, len(e.Fields)+1)
	pointers := make([]any, len(cells))
	for i := range cells {
		pointers[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(pointers...); err != nil {
			return err
		}
		values := make([]string, len(e.Fields))
		for i, v := range cells[1:] {
			values[i] = textOf(v)
		}
		e.Rows = append(e.Rows, cells[0].(int64))
		e.Values = append(e.Values, values)
	}
	return rows.Err()
}

// readRows reads columns over the rows first to last of a table, in full:
// how segments are rebuilt. A value that is not of its column's type, because
// another tool wrote it, is null.
func readRows(ctx context.Context, q querier, table string, columns []*column, first, last int64) ([]analysis.Column, error) {
	rows, err := q.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE rowid BETWEEN ? AND ? ORDER BY rowid", names(columns), quote(table)), first, last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	builders := make([]*analysis.Builder, len(columns))
	cells := make([]any, len(columns))
	pointers := make([]any, len(columns))
	for i, col := range columns {
		builders[i] = analysis.NewBuilder(col.Field)
		pointers[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(pointers...); err != nil {
			return nil, err
		}
		for i, b := range builders {
			push(b, columns[i].Type, cells[i])
		}
	}
	out := make([]analysis.Column, len(columns))
	for i, b := range builders {
		out[i] = b.Column()
	}
	return out, rows.Err()
}

// push appends a value of a table to a builder.
func push(b *analysis.Builder, t analysis.Type, v any) {
	switch v := v.(type) {
	case int64:
		if t == analysis.Number {
			b.Number(float64(v))
			return
		}
	case float64:
		if t == analysis.Number {
			b.Number(v)
			return
		}
	case []byte:
		if t == analysis.Blob {
			b.Blob(v)
			return
		}
	case string:
		switch t {
		case analysis.Text:
			b.Text(v)
			return
		case analysis.Time:
			b.Time(parseTime(v))
			return
		}
	}
	b.Null()
}
