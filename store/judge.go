package store

import (
	"context"
	"fmt"
	"math"

	"andon/analysis"
)

// maxClasses is how many different numbers predictions may be before they are
// amounts and not classes.
const maxClasses = 100

// target says whether numeric predictions and labels are classes or amounts.
// Text always is a class.
type target struct {
	fractional bool
	distinct   [2]map[float64]bool // of prediction, of label
}

// classes reports whether right or wrong makes sense so far.
func (t *target) classes() bool {
	return !t.fractional && len(t.distinct[0]) <= maxClasses && len(t.distinct[1]) <= maxClasses
}

func (t *target) see(which int, values []float64) {
	for _, v := range values {
		if !t.classes() {
			return
		}
		if v == v {
			t.fractional = t.fractional || v != math.Trunc(v)
			t.distinct[which][v] = true
		}
	}
}

// asks returns what is known of the target over all rows so far.
func (k *known) asks(ctx context.Context, q querier) (*target, error) {
	if k.target != nil {
		return k.target, nil
	}
	t := &target{distinct: [2]map[float64]bool{{}, {}}}
	if err := k.saveTails(ctx, q); err != nil {
		return nil, err
	}
	for which, role := range []analysis.Role{analysis.RolePrediction, analysis.RoleLabel} {
		col := k.inference().role(role)
		if col == nil || col.Type != analysis.Number {
			continue
		}
		values := analysis.Column{Field: col.Field}
		if _, err := appendSegments(ctx, q, col, &values, 1, k.rows); err != nil {
			return nil, err
		}
		t.see(which, values.Numbers)
	}
	if err := t.seeLate(ctx, q, k.catalogs[analysis.LabelKind].role(analysis.RoleLabel)); err != nil {
		return nil, err
	}
	k.target = t
	return t, nil
}

// seeLate looks at the labels that came late, joined or not.
func (t *target) seeLate(ctx context.Context, q querier, col *column) error {
	if col == nil || col.Type != analysis.Number {
		return nil
	}
	rows, err := q.QueryContext(ctx, fmt.Sprintf("SELECT DISTINCT %[1]s FROM label WHERE %[1]s IS NOT NULL LIMIT %[2]d", quote(col.sql), maxClasses+1))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var v float64
		if err := rows.Scan(&v); err != nil {
			return err
		}
		t.see(1, []float64{v})
	}
	return rows.Err()
}

// judge works out right (1) and wrong (0) for a batch that has labels and does
// not say itself: nil where there is nothing to say.
//
//	no label                      unknown
//	status says failed            wrong: no usable answer came
//	no prediction                 unknown
//	else                          the classes' canonical texts are equal
func (k *known) judge(ctx context.Context, q querier, b *analysis.Batch) (*analysis.Column, error) {
	label, prediction := b.Role(analysis.RoleLabel), b.Role(analysis.RolePrediction)
	if label == nil || b.Role(analysis.RoleCorrect) != nil || empty(label) {
		return nil, nil
	}
	if label.Type == analysis.Number && (prediction == nil || prediction.Type == analysis.Number) {
		t, err := k.asks(ctx, q)
		if err != nil {
			return nil, err
		}
		t.see(1, label.Numbers)
		if prediction != nil {
			t.see(0, prediction.Numbers)
		}
		if !t.classes() {
			return nil, nil
		}
	}
	said, failed := canonical(prediction), failures(b.Role(analysis.RoleStatus))
	truth := canonical(label)
	out := analysis.Column{Field: analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number}, Numbers: make([]float64, b.Rows)}
	for i := range out.Numbers {
		switch {
		case label.Null(i) || (!failed(i) && (prediction == nil || prediction.Null(i))):
			out.Numbers[i] = math.NaN()
		case !failed(i) && said(i) == truth(i):
			out.Numbers[i] = 1
		}
	}
	return &out, nil
}

// canonical is the class of each row of a column; nil has none.
func canonical(c *analysis.Column) func(i int) string {
	if c == nil {
		return func(int) string { return "" }
	}
	if c.Type != analysis.Text {
		return func(i int) string { return analysis.Canonical(c.String(i)) }
	}
	class := make([]string, len(c.Dict)+1)
	for i, s := range c.Dict {
		class[i+1] = analysis.Canonical(s)
	}
	return func(i int) string { return class[c.Codes[i]] }
}

// failures tells which rows' status says that the service failed.
func failures(c *analysis.Column) func(i int) bool {
	if c == nil {
		return func(int) bool { return false }
	}
	if c.Type != analysis.Text {
		return func(i int) bool { return !c.Null(i) && analysis.Failed(c.String(i)) }
	}
	bad := make([]bool, len(c.Dict)+1)
	for i, s := range c.Dict {
		bad[i+1] = analysis.Failed(s)
	}
	return func(i int) bool { return bad[c.Codes[i]] }
}
