package store

import (
	"context"
	"fmt"

	"andon/analysis"
)

// keepInferences stores inferences as rows and in the segments.
func keepInferences(ctx context.Context, t *transaction, k *known, _ analysis.Source, b *analysis.Batch) (span, error) {
	if err := withTime(b); err != nil || b.Rows == 0 {
		return span{}, err
	}
	correct, err := k.judge(ctx, t, b)
	if err != nil {
		return span{}, err
	}
	if correct != nil {
		b.Columns = append(b.Columns[:len(b.Columns):len(b.Columns)], *correct)
	}
	columns, values, err := k.resolve(ctx, t, analysis.InferenceKind, b.Columns)
	if err != nil {
		return span{}, err
	}
	sqlNames := make([]string, len(columns))
	for i, col := range columns {
		sqlNames[i] = col.sql
	}
	form, err := k.inference().laidOut(ctx, t)
	if err != nil {
		return span{}, err
	}
	if err := t.arrive(ctx, form.columns, values, sqlNames, b.Rows); err != nil {
		return span{}, err
	}
	kept := span{k.rows + 1, k.rows + int64(b.Rows)}
	return kept, k.extend(ctx, t, columns, values, b.Rows)
}

// withTime turns the rows without a time into rejects: no window holds them.
func withTime(b *analysis.Batch) error {
	clock := b.Role(analysis.RoleTime)
	if clock == nil || clock.Type != analysis.Time {
		return fmt.Errorf("%w: none of the %d columns has the role time; map one (andon map)", ErrNoTime, len(b.Columns))
	}
	missing := nulls(clock)
	if missing == 0 {
		return nil
	}
	at := make([]int, 0, b.Rows-missing)
	for i := range b.Rows {
		if !clock.Null(i) {
			at = append(at, i)
			continue
		}
		b.Rejects = append(b.Rejects, analysis.Reject{Offset: b.Offset, Reason: "the record has no time"})
	}
	columns := make([]analysis.Column, len(b.Columns))
	for i := range b.Columns {
		columns[i] = gather(&b.Columns[i], at)
	}
	b.Columns, b.Rows = columns, len(at)
	return nil
}

// resolve finds or makes the table's column for each of a batch's, and gives
// the values the type the table has.
func (k *known) resolve(ctx context.Context, q *transaction, kind analysis.Kind, batch []analysis.Column) ([]*column, []analysis.Column, error) {
	c := k.catalogs[kind]
	columns := make([]*column, len(batch))
	values := make([]analysis.Column, len(batch))
	for i, field := range fieldsOf(batch) {
		col := c.find(field.Name)
		var err error
		if col == nil {
			if err = q.land(ctx); err != nil {
				return nil, nil, err
			}
			if col, err = c.add(ctx, q, field); err != nil {
				return nil, nil, err
			}
			if kind == analysis.InferenceKind && dimensionLike(field) {
				col.dict = &dictionary{codes: map[string]uint32{}}
			}
		}
		if values[i], err = k.fit(ctx, q, c, col, &batch[i]); err != nil {
			return nil, nil, err
		}
		if !empty(&values[i]) {
			if err := col.fill(ctx, q, field); err != nil {
				return nil, nil, err
			}
		}
		columns[i] = col
	}
	return columns, values, nil
}

// fieldsOf are the fields of a batch under the names they get: the first of a
// role that names its column takes that name, so that the times of all sources
// are one column whatever each calls them; others keep their own. Two of one
// name become two.
func fieldsOf(batch []analysis.Column) []analysis.Field {
	fields := make([]analysis.Field, len(batch))
	taken := map[string]bool{}
	named := make([]bool, len(batch))
	for i := range batch {
		fields[i] = batch[i].Field
		if role := string(fields[i].Role); fields[i].Role.Named() && !taken[role] {
			fields[i].Name, named[i], taken[role] = role, true, true
		}
	}
	for i := range fields {
		if named[i] {
			continue
		}
		own := fields[i].Name
		for n := 2; taken[fields[i].Name]; n++ {
			fields[i].Name = fmt.Sprintf("%s_%d", own, n)
		}
		taken[fields[i].Name] = true
	}
	return fields
}

// fit gives values the type of their column, or the column the type text,
// which takes everything.
func (k *known) fit(ctx context.Context, q *transaction, c *catalog, col *column, values *analysis.Column) (analysis.Column, error) {
	if col.Role == analysis.RoleCorrect && values.Type == analysis.Text {
		return rightWrong(values), nil
	}
	if fitting, ok := convert(values, col.Type); ok {
		return fitting, nil
	}
	if col.Type == analysis.Blob || values.Type == analysis.Blob {
		return analysis.Column{}, fmt.Errorf("column %q is %s in the file and %s in the source; rename one in the mapping", col.Name, col.Type, values.Type)
	}
	if err := q.land(ctx); err != nil {
		return analysis.Column{}, err
	}
	if err := k.widen(ctx, q, c, col); err != nil {
		return analysis.Column{}, err
	}
	fitting, _ := convert(values, analysis.Text)
	return fitting, nil
}
