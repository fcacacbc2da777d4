package store

import (
	"context"
	"database/sql"

	"andon/analysis"
	"andon/store/segment"
)

// Stretch is some consecutive inferences of one source, as columns, for whoever
// passes the whole log on without holding it.
type Stretch struct {
	Source  string // its path in the ledger
	Offset  int64  // of the first row among the source's inferences
	Columns []analysis.Column
}

// Stretches hands over all inferences, every column with values but pictures,
// a stretch at a time in the order of the file; do must not keep them. It
// stops at the first error. Cost: one read of the segments; 65,536 rows are in
// memory at once.
func (f *File) Stretches(ctx context.Context, do func(Stretch) error) error {
	chunks, err := f.chunks(ctx)
	if err != nil {
		return err
	}
	offsets := map[string]int64{}
	for len(chunks) > 0 {
		first := firstRow(chunks[0].first)
		last := first + segment.Rows - 1
		columns, err := f.columns(ctx, first, last, func(*column) bool { return true })
		if err != nil {
			return err
		}
		for len(chunks) > 0 && chunks[0].first <= last {
			c := &chunks[0]
			until := min(c.last, last)
			s := Stretch{Source: c.source, Offset: offsets[c.source], Columns: make([]analysis.Column, len(columns))}
			for i, column := range columns {
				s.Columns[i] = part(&column, int(c.first-first), int(until-first)+1)
			}
			if err := do(s); err != nil {
				return err
			}
			offsets[c.source] += until - c.first + 1
			if c.first = until + 1; c.first > c.last {
				chunks = chunks[1:]
			}
		}
	}
	return nil
}

// sourceChunk is which rows came from which source.
type sourceChunk struct {
	source      string
	first, last int64
}

func (f *File) chunks(ctx context.Context) ([]sourceChunk, error) {
	var out []sourceChunk
	err := f.read(ctx, "read the ledger of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT s.path, c.first, c.last FROM chunk c JOIN source s ON s.id = c.source WHERE c.kind = ? AND c.last >= c.first ORDER BY c.first", analysis.InferenceKind)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c sourceChunk
			if err := rows.Scan(&c.source, &c.first, &c.last); err != nil {
				return err
			}
			out = append(out, c)
		}
		return rows.Err()
	})
	return out, err
}
