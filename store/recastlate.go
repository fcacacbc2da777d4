package store

import (
	"context"
	"fmt"
	"slices"

	"andon/analysis"
)

// Labels and frames came to their rows by id, by the frame's path or by time.
// Where one of these is another column now, they part from their rows and are
// joined again:
//
//	labels  only where the log has no labels of its own: else nobody could
//	        tell any more which of the two a row's label was
//	frames  always, as frame.* holds nothing else

// unjoin parts late labels and frames from rows that they may not belong to any
// more, and reports whether there are any to join again.
func (r *recasting) unjoin(ctx context.Context, t *transaction) (again bool, err error) {
	var labels, joined, frames int64
	err = t.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM label), (SELECT count("row") FROM label), (SELECT count(*) FROM frame)`).Scan(&labels, &joined, &frames)
	if err != nil {
		return false, err
	}
	if joined > 0 && r.touches(analysis.RoleLabel, analysis.RoleCorrect, analysis.RoleReviewer, analysis.RoleLabelTime) {
		return false, fmt.Errorf("%w: %d late labels are joined to the rows; load the log into a new file with andon import --role, and the labels after it", ErrRole, joined)
	}
	if labels > 0 && r.touches(analysis.RoleID) {
		if err := r.unlabel(ctx, t, joined); err != nil {
			return false, err
		}
		again = true
	}
	if frames > 0 && r.touches(analysis.RoleID, analysis.RoleFrame, analysis.RoleTime) {
		if err := r.unframe(ctx, t); err != nil {
			return false, err
		}
		again = true
	}
	return again, nil
}

// unlabel empties the columns that late labels filled.
func (r *recasting) unlabel(ctx context.Context, t *transaction, joined int64) error {
	sources, err := inferenceLedger(ctx, t)
	if err != nil {
		return err
	}
	logged := map[string]bool{"time": true, "id": true}
	for _, s := range sources {
		for _, f := range s.Fields {
			logged[f.Name] = true
			if joined > 0 && (f.Role == analysis.RoleLabel || f.Role == analysis.RoleCorrect) {
				return fmt.Errorf("%w: %d late labels are joined by the id so far, and the log has labels of its own; load both into a new file with andon import --role", ErrRole, joined)
			}
		}
	}
	for _, late := range r.k.catalogs[analysis.LabelKind].columns {
		if col := r.k.inference().find(late.Name); col != nil && col.filled && !logged[col.Name] {
			if err := r.k.empty(ctx, t, col); err != nil {
				return err
			}
		}
	}
	r.unlabelled = true
	_, err = t.ExecContext(ctx, `UPDATE label SET "row" = NULL, repeat = 0, conflict = 0; UPDATE state SET joined_row = 0, joined_label = 0`)
	return err
}

// unframe empties the columns that frames filled.
func (r *recasting) unframe(ctx context.Context, t *transaction) error {
	for _, col := range slices.Clone(r.k.inference().columns) {
		if !col.Derived() || !col.filled {
			continue
		}
		if err := r.k.empty(ctx, t, col); err != nil {
			return err
		}
	}
	_, err := t.ExecContext(ctx, `UPDATE frame SET "row" = NULL; UPDATE state SET joined_row = 0, joined_frame = 0`)
	return err
}
