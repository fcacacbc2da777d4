package store

import (
	"context"
	"fmt"
	"slices"

	"andon/analysis"
)

// Columns may swap their names, so all that move step aside first:
//
//	klass ─▶ aside_1 ─▶ prediction
//	prediction ─▶ aside_2 ─▶ guess

// rename gives the moved columns their new names, roles and types.
func (r *recasting) rename(ctx context.Context, t *transaction) error {
	c := r.k.inference()
	for i := range r.moved {
		if err := r.k.call(ctx, t, r.moved[i].column, fmt.Sprintf("aside_%d", i+1)); err != nil {
			return err
		}
	}
	for _, m := range r.moved {
		if holder := c.find(m.to.Name); holder != nil {
			if err := r.k.drop(ctx, t, holder); err != nil {
				return err
			}
		}
		if m.from.Type != m.to.Type || m.from.Name == string(analysis.RoleCorrect) {
			if err := retype(ctx, t, c, m.column, m.to.Type); err != nil {
				return err
			}
		}
		if err := r.k.call(ctx, t, m.column, m.to.Name); err != nil {
			return err
		}
		m.column.Role, m.column.Type = m.to.Role, m.to.Type
		if _, err := t.ExecContext(ctx, `UPDATE "column" SET role = ?, type = ? WHERE id = ?`, m.to.Role, m.to.Type.String(), m.column.id); err != nil {
			return err
		}
	}
	return r.k.complete(ctx, t)
}

// call gives a column another name, in the table and in the catalog.
func (k *known) call(ctx context.Context, t *transaction, col *column, name string) error {
	old := col.sql
	col.Name, col.sql = name, "" // its own name is free for it
	col.sql = columnName(name, k.inference().taken)
	_, err := t.ExecContext(ctx, fmt.Sprintf("ALTER TABLE inference RENAME COLUMN %s TO %s", quote(old), quote(col.sql)))
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, `UPDATE "column" SET name = ?, sql = ? WHERE id = ?`, col.Name, col.sql, col.id)
	return err
}

// drop removes a column that holds nothing, or only what was worked out here.
func (k *known) drop(ctx context.Context, t *transaction, col *column) error {
	if err := k.empty(ctx, t, col); err != nil {
		return err
	}
	delete(k.tails, col.id)
	c := k.inference()
	c.columns = slices.DeleteFunc(c.columns, func(o *column) bool { return o == col })
	if _, err := t.ExecContext(ctx, "ALTER TABLE inference DROP COLUMN "+quote(col.sql)); err != nil {
		return err
	}
	for _, statement := range []string{`DELETE FROM segment WHERE "column" = ?`, `DELETE FROM "column" WHERE id = ?`} {
		if _, err := t.ExecContext(ctx, statement, col.id); err != nil {
			return err
		}
	}
	return nil
}

// complete gives the table back those of its first columns whose role nobody
// fills any more: queries and joins name them.
func (k *known) complete(ctx context.Context, t *transaction) error {
	for _, f := range []analysis.Field{
		{Name: "id", Role: analysis.RoleID, Type: analysis.Text},
		{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number},
	} {
		if k.inference().find(f.Name) != nil {
			continue
		}
		if _, err := k.inference().add(ctx, t, f); err != nil {
			return err
		}
	}
	return nil
}
