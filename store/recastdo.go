package store

import (
	"context"
	"fmt"

	"andon/analysis"
	"andon/store/segment"
)

// do changes the columns and what follows from their roles; rejoin says that
// labels and frames are to be joined again.
func (r *recasting) do(ctx context.Context, t *transaction) (rejoin bool, err error) {
	if rejoin, err = r.unjoin(ctx, t); err != nil {
		return false, err
	}
	if err := r.dropJudged(ctx, t); err != nil {
		return false, err
	}
	if err := r.rename(ctx, t); err != nil {
		return false, err
	}
	for _, m := range r.moved {
		if m.from.Type != m.to.Type || dimensionLike(m.from) != dimensionLike(m.to) {
			if err := r.k.remake(ctx, t, m.column); err != nil {
				return false, err
			}
		}
	}
	if err := r.judge(ctx, t); err != nil {
		return false, err
	}
	if err := r.ledger(ctx, t); err != nil {
		return false, err
	}
	return rejoin, r.k.rollAll(ctx, t)
}

// remake makes the words and segments of a column anew from its rows.
func (k *known) remake(ctx context.Context, t *transaction, col *column) error {
	col.dict, col.words.Valid = nil, false
	if dimensionLike(col.Field) {
		col.dict = &dictionary{codes: map[string]uint32{}}
	}
	delete(k.tails, col.id)
	delete(k.scales, col.id)
	for _, statement := range []string{`DELETE FROM segment WHERE "column" = ?`, `DELETE FROM dictionary WHERE "column" = ?`,
		`DELETE FROM scale WHERE "column" = ?`, `UPDATE "column" SET words = NULL WHERE id = ?`} {
		if _, err := t.ExecContext(ctx, statement, col.id); err != nil {
			return err
		}
	}
	for first := int64(1); first <= k.rows; first += segment.Rows {
		if err := k.rebuild(ctx, t, first, col); err != nil {
			return err
		}
	}
	return nil
}

// rollAll has every rollup made anew when the transaction is saved.
func (k *known) rollAll(ctx context.Context, t *transaction) error {
	k.unrolled = k.rows%segment.Rows != 0
	for first := int64(1); first+segment.Rows-1 <= k.rows; first += segment.Rows {
		k.outdate(first)
	}
	_, err := t.ExecContext(ctx, "DELETE FROM rollup; DELETE FROM rolled")
	return err
}

// touches reports whether any column takes or gives up one of the roles.
func (r *recasting) touches(roles ...analysis.Role) bool {
	for _, m := range r.moved {
		for _, role := range roles {
			if m.from.Role == role || m.to.Role == role {
				return true
			}
		}
	}
	return false
}

// dropJudged takes back what was judged by the roles so far. A correct column
// that the log had stays.
func (r *recasting) dropJudged(ctx context.Context, t *transaction) error {
	r.k.target = nil
	correct := r.k.inference().find(string(analysis.RoleCorrect))
	if correct == nil || !correct.filled || correct.Path != "" ||
		!r.unlabelled && !r.touches(analysis.RolePrediction, analysis.RoleLabel, analysis.RoleStatus, analysis.RoleCorrect) {
		return nil
	}
	return r.k.empty(ctx, t, correct)
}

// empty leaves a column without a value.
func (k *known) empty(ctx context.Context, t *transaction, col *column) error {
	_, err := t.ExecContext(ctx, fmt.Sprintf("UPDATE inference SET %[1]s = NULL WHERE %[1]s IS NOT NULL", quote(col.sql)))
	if err != nil {
		return err
	}
	col.filled = false
	if _, err := t.ExecContext(ctx, `UPDATE "column" SET filled = 0 WHERE id = ?`, col.id); err != nil {
		return err
	}
	return k.remake(ctx, t, col)
}

// judge works out right and wrong by the new roles, where the log does not say
// itself.
func (r *recasting) judge(ctx context.Context, t *transaction) error {
	correct := r.k.inference().find(string(analysis.RoleCorrect))
	if correct == nil || correct.Path != "" ||
		!r.touches(analysis.RolePrediction, analysis.RoleLabel, analysis.RoleStatus, analysis.RoleCorrect) {
		return nil
	}
	r.k.target = nil
	for first := int64(1); first <= r.k.rows; first += segment.Rows {
		judged, err := r.k.judgeRows(ctx, t, first, min(first+segment.Rows-1, r.k.rows))
		if err != nil || judged == nil {
			return err
		}
		if err := r.k.rebuild(ctx, t, first, judged); err != nil {
			return err
		}
	}
	return nil
}
