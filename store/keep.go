package store

import (
	"context"

	"andon/analysis"
)

// keeper stores the records of one kind of batch and returns how many it took
// and the rowids of the first and last; what it could not take it appends to
// the batch's rejects.
type keeper func(ctx context.Context, t *transaction, k *known, source analysis.Source, b *analysis.Batch) (kept span, err error)

// span is consecutive rows of a table; the zero span is none.
type span struct{ first, last int64 }

func (s span) rows() int64 {
	if s.first == 0 {
		return 0
	}
	return s.last - s.first + 1
}

// keepers is who stores what.
var keepers = map[analysis.Kind]keeper{
	analysis.InferenceKind: keepInferences,
	analysis.LabelKind:     keepLabels,
	analysis.FrameKind:     keepFrames,
	analysis.MetricKind:    keepMetrics,
	analysis.EventKind:     keepEvents,
}

// brought is the line about one batch of a source.
type brought struct {
	source int64
	kind   analysis.Kind
	rows   span
	offset int64
	hash   string
}

// keep stores one batch with its rejects, and returns the ledger's line as it
// will be once committed, and what is to be said of the batch.
func keep(ctx context.Context, t *transaction, k *known, source analysis.Source, b *analysis.Batch) (analysis.Source, brought, error) {
	kept := *b // the keeper may add rejects, and the batch is its giver's
	kept.Rejects = kept.Rejects[:len(kept.Rejects):len(kept.Rejects)]
	k.retell(&kept)
	rows, err := keepers[b.Kind](ctx, t, k, source, &kept)
	if err != nil {
		return source, brought{}, err
	}
	if err := keepRejects(ctx, t, source, kept.Rejects); err != nil {
		return source, brought{}, err
	}
	source.Rows += rows.rows()
	source.Rejected += int64(len(kept.Rejects))
	source.Offset = max(source.Offset, b.Offset)
	c := brought{source: source.ID, kind: b.Kind, rows: rows, offset: source.Offset}
	if rows.rows() > 0 {
		c.hash, err = digest(ctx, t, b.Kind, rows)
	}
	return source, c, err
}

// saveChunk writes what is said of a batch, if it brought anything.
func saveChunk(ctx context.Context, q querier, c brought) error {
	if c.rows.rows() == 0 {
		return nil
	}
	_, err := q.ExecContext(ctx, `INSERT INTO chunk (source, kind, first, last, "offset", hash) VALUES (?, ?, ?, ?, ?, ?)`,
		c.source, c.kind, c.rows.first, c.rows.last, c.offset, c.hash)
	return err
}

// lastRow is the highest rowid of a table, 0 where it is empty.
func lastRow(ctx context.Context, q querier, table string) (int64, error) {
	var last int64
	err := q.QueryRowContext(ctx, "SELECT ifnull(max(rowid), 0) FROM "+quote(table)).Scan(&last)
	return last, err
}

// keepRows inserts the columns of a batch into a table and returns the rows
// they became.
func keepRows(ctx context.Context, t *transaction, table string, fixed []analysis.Column, names []string, rows int) (span, error) {
	if rows == 0 {
		return span{}, nil
	}
	before, err := lastRow(ctx, t, table)
	if err != nil {
		return span{}, err
	}
	return span{before + 1, before + int64(rows)}, t.bind(ctx, table, fixed, names, rows)
}

// bind inserts the columns of a batch value by value.
func (t *transaction) bind(ctx context.Context, table string, columns []analysis.Column, names []string, rows int) error {
	boxed := make([]cell, len(columns))
	for i := range columns {
		boxed[i] = cells(&columns[i])
	}
	return t.insert(ctx, table, names, boxed, rows)
}

// constant is a column that says the same in every row.
func constant(v int64, rows int) analysis.Column {
	c := analysis.Column{Field: analysis.Field{Type: analysis.Number}, Numbers: make([]float64, rows)}
	for i := range c.Numbers {
		c.Numbers[i] = float64(v)
	}
	return c
}
