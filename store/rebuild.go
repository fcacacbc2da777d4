package store

import (
	"context"
	"fmt"

	"andon/analysis"
	"andon/store/segment"
)

// Rebuild makes everything derived anew from the rows: the dictionaries and
// all segments. Rows that another program changed are taken as they are now.
//
// It goes column by column, a transaction each, so that a reader finds a column
// as it was or as it is to be. A column of a million rows takes a second or
// two, during which others cannot write.
func (f *File) Rebuild(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.drain(ctx); err != nil {
		return err
	}
	f.known = nil
	defer func() { f.known = nil }()
	for at := 0; ; at++ {
		more := false
		err := f.write(ctx, "rebuild the segments of", func(ctx context.Context, t *transaction) (err error) {
			more, err = rebuildColumn(ctx, t, at)
			return err
		})
		if err != nil || !more {
			return err
		}
	}
}

// rebuildColumn rebuilds the inference's column at a place in the catalog, and
// reports whether there was one.
func rebuildColumn(ctx context.Context, t *transaction, at int) (bool, error) {
	c, err := readCatalog(ctx, t, analysis.InferenceKind)
	if err != nil || at >= len(c.columns) {
		return false, err
	}
	col := c.columns[at]
	for _, table := range []string{"segment", "dictionary"} {
		if _, err := t.ExecContext(ctx, fmt.Sprintf(`DELETE FROM %s WHERE "column" = ?`, table), col.id); err != nil {
			return false, err
		}
	}
	if _, err := t.ExecContext(ctx, `UPDATE "column" SET words = NULL WHERE id = ?`, col.id); err != nil {
		return false, err
	}
	k := &known{catalogs: map[analysis.Kind]*catalog{analysis.InferenceKind: c}, tails: map[int64]*tail{}}
	if err := t.QueryRowContext(ctx, "SELECT generation FROM state").Scan(&k.generation); err != nil {
		return false, err
	}
	if k.rows, err = lastRow(ctx, t, "inference"); err != nil {
		return false, err
	}
	if col.Type != analysis.Blob {
		if dimensionLike(col.Field) {
			col.dict = &dictionary{codes: map[string]uint32{}}
		}
		for first := int64(1); first <= k.rows; first += segment.Rows {
			if err := k.rebuild(ctx, t, first, col); err != nil {
				return false, err
			}
		}
	}
	return true, k.save(ctx, t)
}
