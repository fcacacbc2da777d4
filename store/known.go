package store

import (
	"context"
	"errors"
	"sync"

	"andon/analysis"
	"andon/store/rollup"
	"andon/store/segment"
)

// known is the writer's view of the committed file, kept from one transaction
// to the next: the columns, the dictionaries and the tail of every segment. It
// is valid for one generation; another process that writes makes a new one.
type known struct {
	generation int64
	catalogs   map[analysis.Kind]*catalog
	rows       int64           // of inference
	tails      map[int64]*tail // by column id
	target     *target         // whether predictions are classes; nil until asked

	scales   map[int64]rollup.Scale // of rollups, by column id
	unrolled bool                   // the tails hold what their rollups do not
	stale    []int64                // full segments whose rollups must be made anew

	recast   map[string]retold // fields that people gave other roles, by path
	repeated map[int64]int64   // events that were told already, by source, not yet handed to its Load
}

// refresh returns the view, read again if another process has written.
func (f *File) refresh(ctx context.Context, t *transaction) (*known, error) {
	var generation int64
	if err := t.QueryRowContext(ctx, "SELECT generation FROM state").Scan(&generation); err != nil {
		return nil, err
	}
	if f.known != nil && f.known.generation == generation {
		return f.known, nil
	}
	k, err := readKnown(ctx, t, generation)
	f.known = k
	return k, err
}

func readKnown(ctx context.Context, q querier, generation int64) (*known, error) {
	k := &known{generation: generation, catalogs: map[analysis.Kind]*catalog{}, tails: map[int64]*tail{}, repeated: map[int64]int64{}}
	for _, kind := range wide {
		c, err := readCatalog(ctx, q, kind)
		if err != nil {
			return nil, err
		}
		k.catalogs[kind] = c
	}
	if err := readDictionaries(ctx, q, k.inference()); err != nil {
		return nil, err
	}
	var err error
	if k.scales, err = readScales(ctx, q); err != nil {
		return nil, err
	}
	if k.recast, err = readRetold(ctx, q); err != nil {
		return nil, err
	}
	if k.rows, err = lastRow(ctx, q, "inference"); err != nil {
		return nil, err
	}
	if k.rows%segment.Rows == 0 {
		return k, nil
	}
	for _, col := range k.inference().columns {
		if err := k.readTail(ctx, q, col); err != nil {
			return nil, err
		}
	}
	return k, nil
}

func (k *known) inference() *catalog { return k.catalogs[analysis.InferenceKind] }

// readTail reads what the last segment of a column holds so far.
func (k *known) readTail(ctx context.Context, q querier, col *column) error {
	first := firstRow(k.rows)
	t := newTail(col)
	var data []byte
	err := q.QueryRowContext(ctx, `SELECT ifnull((SELECT data FROM segment WHERE "column" = ? AND first = ?), x'')`, col.id, first).Scan(&data)
	if err != nil || len(data) == 0 {
		return err
	}
	coding, _, err := segment.Append(&t.values, data)
	if err != nil {
		return damagedSegment(col, first, err)
	}
	switch coding {
	case segment.Shared:
		err = checkCodes(col, t.values.Codes)
	case segment.Words, segment.Each:
		t.local = true
	case segment.Elsewhere:
		t.bulky = true
	}
	for _, word := range t.values.Dict {
		t.bytes += len(word)
	}
	k.tails[col.id] = t
	if err != nil {
		return damagedSegment(col, first, err)
	}
	return nil
}

// extend adds columns, of equal length and of their column's type, as the next
// rows of the segments, and writes those that are full.
func (k *known) extend(ctx context.Context, tx *transaction, columns []*column, values []analysis.Column, rows int) error {
	for from := 0; from < rows; {
		at := int(k.rows % segment.Rows)
		n := min(rows-from, segment.Rows-at)
		for i, col := range columns {
			if col.Type == analysis.Blob {
				continue
			}
			t := k.tails[col.id]
			if t == nil {
				t = newTail(col)
				k.tails[col.id] = t
			}
			t.extend(part(&values[i], from, from+n), at)
		}
		k.rows += int64(n)
		from += n
		if k.rows%segment.Rows == 0 {
			if err := k.settle(ctx, tx); err != nil {
				return err
			}
			for _, t := range k.tails {
				t.restart()
			}
		}
	}
	return nil
}

// settle writes the segments that changed and their rollups. Both are worked
// out while SQLite copies the rows that are on their way:
//
//	encode ─┬──────────┬─▶ write segments ─▶ write rollups
//	roll   ─┤          │
//	land   ─┴──────────┘
func (k *known) settle(ctx context.Context, t *transaction) error {
	dirty := k.dirty()
	var r rolling
	if k.unrolled = k.unrolled || len(dirty) > 0; k.unrolled {
		var err error
		if r, err = k.rolling(ctx, t, k.tailing()); err != nil {
			return err
		}
	}
	var segments []*stored
	var hours []rollup.Hour
	var failed error
	var work sync.WaitGroup
	work.Go(func() { segments, failed = encodeTails(dirty, k.tailing().rows) })
	work.Go(func() { hours = r.roll() })
	err := t.land(ctx)
	work.Wait()
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	if err := k.replaceTails(ctx, t, dirty, segments); err != nil {
		return err
	}
	k.unrolled = false
	return r.save(ctx, t, hours)
}

// saveTails writes the segments that changed, for who asks them at once.
func (k *known) saveTails(ctx context.Context, q querier) error {
	dirty := k.dirty()
	segments, err := encodeTails(dirty, k.tailing().rows)
	if err != nil {
		return err
	}
	k.unrolled = k.unrolled || len(dirty) > 0
	return k.replaceTails(ctx, q, dirty, segments)
}

// dirty are the tails that changed.
func (k *known) dirty() []*tail {
	var dirty []*tail
	for _, col := range k.inference().columns {
		if t := k.tails[col.id]; t != nil && t.dirty {
			dirty = append(dirty, t)
		}
	}
	return dirty
}

// replaceTails stores the segments of tails.
func (k *known) replaceTails(ctx context.Context, q querier, dirty []*tail, segments []*stored) error {
	for i, t := range dirty {
		t.dirty = false
		if err := replace(ctx, q, t.column, firstRow(k.rows), segments[i]); err != nil {
			return err
		}
	}
	return nil
}

// save writes what has changed beside the rows and begins a new generation.
func (k *known) save(ctx context.Context, q *transaction) error {
	if err := k.settle(ctx, q); err != nil {
		return err
	}
	if err := k.rollStale(ctx, q); err != nil {
		return err
	}
	for _, col := range k.inference().columns {
		if col.dict == nil {
			continue
		}
		if err := col.dict.save(ctx, q, col.id); err != nil {
			return err
		}
	}
	k.generation++
	_, err := q.ExecContext(ctx, "UPDATE state SET generation = ?", k.generation)
	return err
}
