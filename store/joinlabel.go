package store

import (
	"context"
	"fmt"

	"andon/analysis"
	"andon/store/segment"
)

// markRepeats finds the new labels whose id had one before, and the conflicts
// among them. A label that repeats never fills anything.
func (j *joiner) markRepeats(ctx context.Context, t *transaction) error {
	if j.truth == "" || j.all.label == j.done.label {
		return nil
	}
	truth := quote(j.truth)
	_, err := t.ExecContext(ctx, fmt.Sprintf(`
		UPDATE label SET repeat = 1, conflict = ifnull(andon_canonical(label.%[1]s) <> andon_canonical(earlier.%[1]s), 0)
		FROM label earlier
		WHERE label.rowid > ?1 AND label.rowid <= ?2
		  AND earlier.rowid = (SELECT min(f.rowid) FROM label f WHERE f.id = label.id)
		  AND earlier.rowid < label.rowid`, truth), j.done.label, j.all.label)
	return err
}

// joinLabels brings the labels to rows first to last and returns the columns
// that changed.
func (j *joiner) joinLabels(ctx context.Context, t *transaction, k *known, first, last int64) ([]*column, error) {
	if j.truth == "" {
		return nil, nil
	}
	label, inference := k.catalogs[analysis.LabelKind], k.inference()
	var filled int64
	for _, part := range j.parts(first, last) {
		fill := fmt.Sprintf(`
			UPDATE inference SET %s FROM label
			WHERE inference.rowid BETWEEN ?1 AND ?2 AND label.id = inference.id
			  AND label.repeat = 0 AND label.rowid > ?3 AND label.%s IS NOT NULL AND inference.%s IS NULL`,
			assign(k, analysis.LabelKind, "label", j.labels), quote(label.find(j.truth).sql), quote(inference.find(j.truth).sql))
		result, err := t.ExecContext(ctx, fill, part.first, part.last, part.above)
		if err != nil {
			return nil, err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return nil, err
		}
		filled += n
		if err := j.settle(ctx, t, k, part); err != nil {
			return nil, err
		}
	}
	if filled == 0 {
		return nil, nil
	}
	changed := make([]*column, len(j.labels))
	for i, p := range j.labels {
		changed[i] = inference.find(p.to)
	}
	judged, err := k.judgeRows(ctx, t, first, last)
	if judged != nil && j.truth == string(analysis.RoleLabel) {
		changed = append(changed, judged)
	}
	return changed, err
}

// met is rows that have met every label up to above.
type met struct{ first, last, above int64 }

// parts splits rows first to last into those that have met the old labels and
// those that are new.
func (j *joiner) parts(first, last int64) []met {
	var parts []met
	if first <= j.done.row && j.all.label > j.done.label {
		parts = append(parts, met{first, min(last, j.done.row), j.done.label})
	}
	if last > j.done.row {
		parts = append(parts, met{max(first, j.done.row+1), last, 0})
	}
	return parts
}

// settle notes with the labels which row they were joined to and whether they
// contradict what stands there.
func (j *joiner) settle(ctx context.Context, t *transaction, k *known, part met) error {
	stands := quote(k.inference().find(j.truth).sql)
	said := quote(k.catalogs[analysis.LabelKind].find(j.truth).sql)
	_, err := t.ExecContext(ctx, fmt.Sprintf(`
		UPDATE label SET "row" = ifnull(label."row", inference.rowid),
		  conflict = max(label.conflict, ifnull(label.%[1]s <> inference.%[2]s AND andon_canonical(label.%[1]s) <> andon_canonical(inference.%[2]s), 0))
		FROM inference
		WHERE inference.rowid BETWEEN ?1 AND ?2 AND label.id = inference.id AND label.rowid > ?3`, said, stands),
		part.first, part.last, part.above)
	return err
}

// judgeRows works out right and wrong for the labelled rows of first to last
// that do not say themselves, as judge does for a batch. It returns the column
// correct, or nil where predictions are amounts.
func (k *known) judgeRows(ctx context.Context, t *transaction, first, last int64) (*column, error) {
	label := k.inference().role(analysis.RoleLabel)
	correct := k.inference().find(string(analysis.RoleCorrect))
	if label == nil || correct == nil {
		return nil, nil
	}
	said, failed := "NULL", "0"
	prediction := k.inference().role(analysis.RolePrediction)
	if prediction != nil {
		said = quote(prediction.sql)
	}
	if status := k.inference().role(analysis.RoleStatus); status != nil {
		failed = "andon_failed(" + quote(status.sql) + ")"
	}
	if label.Type == analysis.Number && (prediction == nil || prediction.Type == analysis.Number) {
		target, err := k.asks(ctx, t)
		if err != nil || !target.classes() {
			return nil, err
		}
	}
	if err := correct.fill(ctx, t, correct.Field); err != nil {
		return nil, err
	}
	right := fmt.Sprintf("andon_canonical(%s) = andon_canonical(%s)", said, quote(label.sql))
	if label.Type == analysis.Text && prediction != nil && prediction.Type == analysis.Text {
		// Equal texts are one class: most rows need no call out of SQLite.
		right = fmt.Sprintf("(%s = %s OR %s)", said, quote(label.sql), right)
	}
	_, err := t.ExecContext(ctx, fmt.Sprintf(`
		UPDATE inference SET %[1]s = CASE WHEN %[2]s THEN 0 ELSE %[5]s END
		WHERE rowid BETWEEN ?1 AND ?2 AND %[1]s IS NULL AND %[4]s IS NOT NULL AND (%[3]s IS NOT NULL OR %[2]s)`,
		quote(correct.sql), failed, said, quote(label.sql), right), first, last)
	return correct, err
}

// clearAmounts takes back what was judged while predictions still looked like
// classes: 0, 1, 1, 0, 17.5. A correct column that the log had stays.
func clearAmounts(ctx context.Context, t *transaction, k *known) error {
	correct := k.inference().find(string(analysis.RoleCorrect))
	label, prediction := k.inference().role(analysis.RoleLabel), k.inference().role(analysis.RolePrediction)
	if correct == nil || !correct.filled || correct.Path != "" || label == nil || prediction == nil ||
		label.Type != analysis.Number || prediction.Type != analysis.Number {
		return nil
	}
	target, err := k.asks(ctx, t)
	if err != nil || target.classes() {
		return err
	}
	correct.filled = false
	delete(k.tails, correct.id)
	k.unrolled = k.rows%segment.Rows != 0
	for first := int64(1); first+segment.Rows-1 <= k.rows; first += segment.Rows {
		k.outdate(first)
	}
	for _, statement := range []string{
		fmt.Sprintf("UPDATE inference SET %[1]s = NULL WHERE %[1]s IS NOT NULL", quote(correct.sql)),
		fmt.Sprintf(`DELETE FROM segment WHERE "column" = %d`, correct.id),
		fmt.Sprintf(`UPDATE "column" SET filled = 0 WHERE id = %d`, correct.id),
	} {
		if _, err := t.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
