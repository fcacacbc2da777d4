package store

import (
	"context"
	"fmt"

	"andon/analysis"
	"andon/store/segment"
)

// widen turns a number or time column into text, because a source brought a
// value that is neither: a code that was "7" for weeks and is "7a" today. The
// values so far are written in their shortest decimal. It rewrites the table
// once; that a column changes its nature is rare.
func (k *known) widen(ctx context.Context, q querier, c *catalog, col *column) error {
	if col.Type == analysis.Number {
		if err := retype(ctx, q, c, col, analysis.Text); err != nil {
			return err
		}
	}
	col.Type = analysis.Text
	if _, err := q.ExecContext(ctx, `UPDATE "column" SET type = ? WHERE id = ?`, col.Type.String(), col.id); err != nil {
		return err
	}
	if c.kind != analysis.InferenceKind {
		return nil
	}
	if dimensionLike(col.Field) {
		col.dict = &dictionary{codes: map[string]uint32{}}
	}
	for first := int64(1); first <= k.rows; first += segment.Rows {
		if err := k.rebuild(ctx, q, first, col); err != nil {
			return err
		}
	}
	return nil
}

// retype replaces a column by one of the same name that is declared for another
// type: in place SQLite would turn "007" into 7 again.
func retype(ctx context.Context, q querier, c *catalog, col *column, to analysis.Type) error {
	table, old, fresh := quote(string(c.kind)), quote(col.sql), quote(columnName(col.sql, c.taken))
	c.layout = nil
	value := old
	if to == analysis.Text {
		value = "andon_text(" + old + ")"
	}
	for _, statement := range []string{
		fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", table, fresh, declared(to)),
		fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s IS NOT NULL", table, fresh, value, old),
		fmt.Sprintf("ALTER TABLE %s DROP COLUMN %s", table, old),
		fmt.Sprintf("ALTER TABLE %s RENAME COLUMN %s TO %s", table, fresh, old),
	} {
		if _, err := q.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// rebuild makes the segments of columns that begin at row first anew from the
// rows.
func (k *known) rebuild(ctx context.Context, q querier, first int64, columns ...*column) error {
	last := min(first+segment.Rows-1, k.rows)
	values, err := readRows(ctx, q, "inference", columns, first, last)
	if err != nil {
		return err
	}
	for i, col := range columns {
		t := newTail(col)
		t.extend(values[i], 0)
		if last < first+segment.Rows-1 {
			k.tails[col.id] = t // the one that fills up; save writes it
			continue
		}
		s, err := t.encode(t.values.Len())
		if err != nil {
			return err
		}
		if err := replace(ctx, q, col, first, s); err != nil {
			return err
		}
		k.outdate(first)
	}
	return nil
}
