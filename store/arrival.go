package store

import (
	"context"
	"errors"

	"andon/analysis"
	"andon/store/pages"
)

// Making pages of rows takes as long as SQLite takes to copy them, so both go
// on at once:
//
//	arrive ─▶ arrive ─▶ ...  segments ─▶ land: copy 1 ─▶ copy 2 ─▶ commit
//	   │         └─▶ pages of batch 2 ──────────────────────▲
//	   └─▶ pages of batch 1 ─────────────────────▲
//
// Whatever changes the table's columns or asks for its rows lands first.

// arrival is a batch of inferences on its way into the table.
type arrival struct {
	columns []analysis.Column
	names   []string
	rows    int
	image   chan made
}

// made is an image or why there is none.
type made struct {
	image *[]byte
	err   error
}

// arrive adds rows to the inferences, whose layout is nil where no page can be
// copied into them, at the latest when the transaction lands.
func (t *transaction) arrive(ctx context.Context, layout []plain, columns []analysis.Column, names []string, rows int) error {
	if layout == nil || rows < bulkRows || t.batches+len(t.arrivals) >= maxBatches {
		if err := t.land(ctx); err != nil {
			return err
		}
		return t.bind(ctx, inferenceTable, columns, names, rows)
	}
	a := arrival{columns: columns, names: names, rows: rows, image: make(chan made, 1)}
	t.arrivals = append(t.arrivals, a)
	go func() {
		image, err := draw(inferenceTable, layout, columns, names, rows)
		a.image <- made{image, err}
	}()
	return nil
}

// land copies the rows that are on their way into the table, in their order.
func (t *transaction) land(ctx context.Context) error {
	for len(t.arrivals) > 0 {
		if err := t.landFirst(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (t *transaction) landFirst(ctx context.Context) error {
	a := t.arrivals[0]
	t.arrivals = t.arrivals[1:]
	m := <-a.image
	if errors.Is(m.err, pages.ErrTooLarge) {
		return t.bind(ctx, inferenceTable, a.columns, a.names, a.rows)
	}
	if m.err != nil {
		return m.err
	}
	defer images.Put(m.image)
	return t.transfer(ctx, inferenceTable, *m.image)
}
