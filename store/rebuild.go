package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"andon/analysis"
	"andon/store/segment"
)

// Rebuild makes everything derived anew from the rows: the dictionaries, all
// segments, and the rollups. Rows that another program changed are taken as
// they are now.
//
//	column ─ read, encode (others write meanwhile) ─▶ put in place, at once
//
// It goes column by column, so that a reader finds a column as it was or as it
// is to be, and then rolls up segment by segment. Others can write meanwhile:
// each transaction only puts in place what was made before, and where somebody
// was quicker it is made again.
func (f *File) Rebuild(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.drain(ctx); err != nil {
		return err
	}
	f.known = nil
	defer func() { f.known = nil }()
	for at := 0; ; at++ {
		more, err := f.rebuildColumn(ctx, at)
		if err != nil {
			return err
		}
		if !more {
			return f.rollAnew(ctx)
		}
	}
}

// rebuilt is a column that was made anew and is not in place yet.
type rebuilt struct {
	generation int64 // of the file that it was made from
	column     *column
	segments   []placed
}

// placed is a segment and where it begins.
type placed struct {
	first int64
	*stored
}

// errOvertaken says that the file has changed since a column was read.
var errOvertaken = errors.New("others keep writing to the file")

// rebuildColumn rebuilds the inference's column at a place in the catalog, and
// reports whether there was one.
func (f *File) rebuildColumn(ctx context.Context, at int) (more bool, err error) {
	for range 5 {
		var r *rebuilt
		err = f.read(ctx, "read a column of", func(tx *sql.Tx) (err error) {
			r, err = readRebuilt(ctx, tx, at)
			return err
		})
		if err != nil || r == nil {
			return false, err
		}
		err = f.write(ctx, "rebuild the segments of", r.put)
		if !errors.Is(err, errOvertaken) {
			return true, err
		}
	}
	return false, err
}

// readRebuilt makes the segments of a column from its rows; nil where there is
// no such column.
func readRebuilt(ctx context.Context, q querier, at int) (*rebuilt, error) {
	c, err := readCatalog(ctx, q, analysis.InferenceKind)
	if err != nil || at >= len(c.columns) {
		return nil, err
	}
	r := &rebuilt{column: c.columns[at]}
	if err := q.QueryRowContext(ctx, "SELECT generation FROM state").Scan(&r.generation); err != nil {
		return nil, err
	}
	rows, err := lastRow(ctx, q, inferenceTable)
	if err != nil || r.column.Type == analysis.Blob {
		return r, err
	}
	if dimensionLike(r.column.Field) {
		r.column.dict = &dictionary{codes: map[string]uint32{}}
	}
	for first := int64(1); first <= rows; first += segment.Rows {
		values, err := readRows(ctx, q, inferenceTable, []*column{r.column}, first, min(first+segment.Rows-1, rows))
		if err != nil {
			return nil, err
		}
		t := newTail(r.column)
		t.extend(values[0], 0)
		s, err := t.encode(t.values.Len())
		if err != nil {
			return nil, err
		}
		r.segments = append(r.segments, placed{first, s})
	}
	return r, nil
}

// put replaces the column's segments and words.
func (r *rebuilt) put(ctx context.Context, t *transaction) error {
	var generation int64
	if err := t.QueryRowContext(ctx, "SELECT generation FROM state").Scan(&generation); err != nil {
		return err
	}
	if generation != r.generation {
		return errOvertaken
	}
	for _, table := range []string{"segment", "dictionary"} {
		if _, err := t.ExecContext(ctx, fmt.Sprintf(`DELETE FROM %s WHERE "column" = ?`, table), r.column.id); err != nil {
			return err
		}
	}
	if _, err := t.ExecContext(ctx, `UPDATE "column" SET words = NULL WHERE id = ?`, r.column.id); err != nil {
		return err
	}
	for _, s := range r.segments {
		if err := replace(ctx, t, r.column, s.first, s.stored); err != nil {
			return err
		}
	}
	if r.column.dict != nil {
		if err := r.column.dict.save(ctx, t, r.column.id); err != nil {
			return err
		}
	}
	_, err := t.ExecContext(ctx, "UPDATE state SET generation = ?", generation+1)
	return err
}

// rollAnew makes all rollups anew, a segment a transaction.
func (f *File) rollAnew(ctx context.Context) error {
	f.known = nil
	err := f.write(ctx, "empty the rollups of", func(ctx context.Context, t *transaction) error {
		_, err := t.ExecContext(ctx, "DELETE FROM rollup; DELETE FROM rolled; DELETE FROM scale")
		return err
	})
	for first, rows := int64(1), int64(1); err == nil && first <= rows; first += segment.Rows {
		err = f.write(ctx, "roll up the segments of", func(ctx context.Context, t *transaction) error {
			k, err := f.refresh(ctx, t)
			if err != nil {
				return err
			}
			if rows = k.rows; first > rows {
				return nil
			}
			k.outdate(first)
			return k.rollStale(ctx, t)
		})
	}
	return err
}
