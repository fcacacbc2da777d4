package analysis

import (
	"context"
	"fmt"
	"math"
)

// A log without a status cannot say that a call failed: it has a row without an
// answer, which quality leaves out, and the drop goes unseen.
//
//	answered   ▇▇▇▇▇▇▇▇▇▇▃▃▃▃
//	quality    ▇▆▇▇▆▇▇▆▇▇▆▇▇▇    of what was answered
//
// A few such rows are nobody's business, and may be how a model abstains. Where
// they suddenly become more, the plant got no answer there: those count as wrong.

// How many rows must have become silent, and how plainly.
//
// Source: practice incidents, training rounds.
const (
	silentLeast = .05 // share of the rows
	silentZ     = 6
)

// heedSilence makes the rows without an answer wrong where theirs would have
// been judged, if answers stopped coming.
func (t *Table) heedSilence() error {
	answers, labels := t.role(RolePrediction), t.role(RoleLabel)
	judged := t.measure.Scale == Proportion && t.measure.Metric != "" && (labels != nil || !t.measure.Realised())
	if !judged || answers == nil || answers.full() || t.role(RoleStatus) != nil {
		return nil
	}
	stopped, err := t.stopsAnswering(answers)
	if err != nil || !stopped {
		return err
	}
	n := 0
	quality := t.quality.values
	for i, q := range quality {
		if answers.Null(i) && (!t.measure.Realised() || q != q && !labels.Null(i)) {
			quality[i] = 0
			n++
		}
	}
	kept := t.measure.Warnings[:0:0]
	for _, w := range t.measure.Warnings {
		if w != UnansweredRows(n) {
			kept = append(kept, w)
		}
	}
	t.measure.Warnings = append(kept, fmt.Sprintf("answers stopped coming: %d rows without one count as wrong", n))
	t.measure.Known = known(quality)
	if t.measure.Realised() {
		t.measure.Labelled = t.measure.Known
	}
	return nil
}

// stopsAnswering reports whether the share of rows with an answer fell.
func (t *Table) stopsAnswering(answers *Column) (bool, error) {
	said := make([]float64, t.Rows())
	for i := range said {
		if !answers.Null(i) {
			said[i] = 1
		}
	}
	series, err := t.with(said, Measure{Metric: Accuracy, Scale: Proportion}).Series(context.Background(), nil, StepFor(t.Span(), t.Rows()))
	if err != nil {
		return false, fmt.Errorf("see whether answers stopped coming: %w", err)
	}
	changes, _ := Changes(series)
	worst := Worst(changes)
	return worst != nil && worst.Before-worst.After >= silentLeast && math.Abs(worst.Z) >= silentZ, nil
}

// with is the table with another quality for each row.
func (t *Table) with(quality []float64, m Measure) *Table {
	other := *t
	other.selections = &selections{}
	other.quality, other.measure, other.graded = &qualities{values: quality}, m, gradesOf(quality)
	return &other
}
