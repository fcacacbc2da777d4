package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// A log without a status cannot say that a call failed: it has a row without an
// answer, which quality leaves out, and the drop goes unseen.
//
//	answered   ▇▇▇▇▇▇▇▇▇▇▃▃▃▃
//	quality    ▇▆▇▇▆▇▇▆▇▇▆▇▇▇    of what was answered
//
// A few such rows are nobody's business, and may be how a model abstains. Where
// they suddenly become more, the plant got no answer there: those count as wrong.

// silentLeast is the share of rows that must have become silent.
const silentLeast = .05

// heedSilence is the log with its unanswered rows as wrong ones where answers
// stopped coming, or else the log itself.
func heedSilence(ctx context.Context, log Log) (Log, error) {
	table := rowsIn(log)
	if table == nil || table.measure.Scale != Proportion {
		return log, nil
	}
	silent, answered := table.silent()
	if silent == nil {
		return log, nil
	}
	series, err := answered.Series(ctx, nil, StepFor(table.Span(), table.Rows()))
	if err != nil {
		return nil, fmt.Errorf("see whether answers stopped coming: %w", err)
	}
	changes, _ := Changes(series)
	if worst := Worst(changes); worst != nil && worst.Before-worst.After >= silentLeast && math.Abs(worst.Z) >= sentinelZ {
		return silent, nil
	}
	return log, nil
}

// silent is the table whose rows without an answer are wrong where their answer
// would have been judged, and the one whose quality is whether a row was
// answered; nil where the log has a status to tell, or every answer.
func (t *Table) silent() (wrong, answered *Table) {
	answers, labels := t.role(RolePrediction), t.role(RoleLabel)
	if answers == nil || answers.full() || t.role(RoleStatus) != nil || t.measure.Realised() && labels == nil {
		return nil, nil
	}
	quality, said, more := slices.Clone(t.quality), make([]float64, t.Rows()), 0
	for i := range said {
		switch {
		case !answers.Null(i):
			said[i] = 1
		case !t.measure.Realised(), quality[i] != quality[i] && !labels.Null(i):
			quality[i] = 0
			more++
		}
	}
	if more == 0 {
		return nil, nil
	}
	m := t.measure
	m.Known = known(quality)
	if m.Realised() {
		m.Labelled += more
	}
	m.Warnings = append(slices.DeleteFunc(slices.Clone(m.Warnings), func(w string) bool { return w == UnansweredRows(more) }),
		fmt.Sprintf("answers stopped coming: %d rows without one count as wrong", more))
	return t.with(quality, m), t.with(said, Measure{Metric: Accuracy, Scale: Proportion, Known: t.Rows(), Labelled: t.Rows()})
}

// with is the table with another quality for each row.
func (t *Table) with(quality []float64, m Measure) *Table {
	other := *t
	other.selections = &selections{}
	other.quality, other.measure, other.graded = quality, m, gradesOf(quality)
	return &other
}
