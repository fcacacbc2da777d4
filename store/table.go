package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"

	"andon/analysis"
)

// Fields are the columns of the inferences that have any value, in the order
// of the file.
func (f *File) Fields(ctx context.Context) ([]analysis.Field, error) {
	var out []analysis.Field
	err := f.read(ctx, "read the columns of", func(tx *sql.Tx) error {
		c, err := readCatalog(ctx, tx, analysis.InferenceKind)
		if err != nil {
			return err
		}
		for _, col := range c.columns {
			if col.filled {
				out = append(out, col.Field)
			}
		}
		return nil
	})
	return out, err
}

// RowCount is the number of inferences.
func (f *File) RowCount(ctx context.Context) (int64, error) {
	var n int64
	err := f.read(ctx, "count the rows of", func(tx *sql.Tx) (err error) {
		n, err = lastRow(ctx, tx, "inference")
		return err
	})
	return n, err
}

// Table loads the inferences into memory for analysis: every column with
// values but ids, frame paths, free text and blobs, which no statistic uses
// (ask Columns for those). Row i is rowid i+1. It reads segments, never rows.
//
// The result does not follow the file: load it again after an import. A file
// without inferences has no time column, which is an error of
// [analysis.NewTable].
func (f *File) Table(ctx context.Context) (*analysis.Table, error) {
	columns, err := f.compactColumns(ctx, statistic)
	if err != nil {
		return nil, err
	}
	return analysis.NewTable(columns)
}

// Columns loads the named columns, in the order of the names. An unknown name
// or a blob is an error that names it.
func (f *File) Columns(ctx context.Context, wanted ...string) ([]analysis.Column, error) {
	columns, err := f.columns(ctx, 1, math.MaxInt64, func(col *column) bool { return slices.Contains(wanted, col.Name) })
	if err != nil {
		return nil, err
	}
	out := make([]analysis.Column, len(wanted))
	for i, name := range wanted {
		at := slices.IndexFunc(columns, func(c analysis.Column) bool { return c.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("read column %q of %q: there is no such column with values; andon map lists them", name, f.path)
		}
		out[i] = columns[at]
	}
	return out, nil
}

// columns loads rows from..until, as far as there are any, of the filled
// columns that are wanted; a blob never is.
func (f *File) columns(ctx context.Context, from, until int64, wanted func(*column) bool) ([]analysis.Column, error) {
	var out []analysis.Column
	err := f.read(ctx, "read the columns of", func(tx *sql.Tx) error {
		columns, rows, err := filledColumns(ctx, tx, wanted)
		if err != nil {
			return err
		}
		for _, col := range columns {
			loaded, err := loadColumn(ctx, tx, col, from, min(until, rows))
			if err != nil {
				return err
			}
			out = append(out, loaded)
		}
		return nil
	})
	return out, err
}

// filledColumns are the inferences' columns that are wanted and hold values,
// with their dictionaries, and the number of the last row; blobs never are.
func filledColumns(ctx context.Context, tx *sql.Tx, wanted func(*column) bool) (columns []*column, rows int64, err error) {
	c, err := readCatalog(ctx, tx, analysis.InferenceKind)
	if err != nil {
		return nil, 0, err
	}
	if err := readDictionaries(ctx, tx, c); err != nil {
		return nil, 0, err
	}
	if rows, err = lastRow(ctx, tx, "inference"); err != nil {
		return nil, 0, err
	}
	for _, col := range c.columns {
		if col.filled && col.Type != analysis.Blob && wanted(col) {
			columns = append(columns, col)
		}
	}
	return columns, rows, nil
}

// loadColumn reads rows from..until of a column from its segments.
func loadColumn(ctx context.Context, q querier, col *column, from, until int64) (analysis.Column, error) {
	c := analysis.Column{Field: col.Field}
	rows := until - from + 1
	switch c.Type {
	case analysis.Number:
		c.Numbers = make([]float64, 0, rows)
	case analysis.Time:
		c.Times = make([]int64, 0, rows)
	default:
		c.Codes = make([]uint32, 0, rows)
	}
	local, err := appendSegments(ctx, q, col, &c, from, until)
	if err != nil || c.Type != analysis.Text {
		return c, err
	}
	if local {
		unite(&c)
	} else {
		c.Dict = col.dict.values
	}
	return c, nil
}

// unite makes the words of a dictionary that several segments made distinct,
// in order of first appearance.
func unite(c *analysis.Column) {
	code := make([]uint32, len(c.Dict)+1)
	known := make(map[string]uint32, len(c.Dict))
	words := c.Dict[:0:0]
	for i, word := range c.Dict {
		at, ok := known[word]
		if !ok {
			words = append(words, word)
			at = uint32(len(words))
			known[word] = at
		}
		code[i+1] = at
	}
	for i, old := range c.Codes {
		c.Codes[i] = code[old]
	}
	c.Dict = words
}
