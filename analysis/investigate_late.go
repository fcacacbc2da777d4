package analysis

import (
	"context"
	"fmt"
	"time"
)

// Labels come late, and the drop may be younger than they are:
//
//	labels      ▇▇▇▇▇▇▇▇▇▇▇▇▇····   nothing changed, as far as they reach
//	confidence  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▃▃▃   calibrated on the labelled rows
//
// Where the labelled part is quiet, every row is estimated by what confidence
// was worth there, and a change in the part without labels is the incident.

// lateRows is how many rows without labels a tail must have to be looked at.
const lateRows = 100

// unlabelledTail is the triage of the log by estimates, where labels stop
// before its end and the estimates fall after they do. ok is false otherwise.
func unlabelledTail(ctx context.Context, q Inquiry, t Triage) (found Triage, ok bool, err error) {
	table := rowsIn(q.Log)
	late := immature(t.Series)
	if table == nil || late == 0 || t.Measure.Scale != Proportion {
		return t, false, nil
	}
	tail := Window{t.Series.At(len(t.Series.Buckets) - late), q.Log.Span().To}
	if t.Series.Over(tail).Rows < lateRows {
		return t, false, nil
	}
	guess, ok := table.estimated(tail.From)
	if !ok {
		return t, false, nil
	}
	q.Log = guess
	found, err = Investigate(ctx, q)
	if err != nil || found.Onset == nil || found.Verdict.Outcome == NoChange || found.Onset.Latest.Before(tail.From) {
		return t, false, err
	}
	return found, true, nil
}

// Sampler is what a Log without rows at hand may offer besides: some that stand
// for all.
type Sampler interface{ Sample() *Table }

// rowsIn are the rows of a log, or those that stand for them; nil for none.
func rowsIn(log Log) *Table {
	switch log := log.(type) {
	case *Table:
		return log
	case Sampler:
		return log.Sample()
	}
	return nil
}

// estimated is the table with every row's quality estimated by what sureness
// was worth on the rows labelled before a time; ok is false where there are too
// few of them or nothing tells how sure the model was. A failed row is wrong.
func (t *Table) estimated(before time.Time) (*Table, bool) {
	sureness, from, warnings := t.sureness()
	if sureness == nil {
		return nil, false
	}
	labelled := t.unknown()
	limit, rows := nanos(before), 0
	for i, q := range t.Quality() {
		if t.times[i] < limit && q == q {
			labelled[i] = q
			rows++
		}
	}
	if rows < trustKnown {
		return nil, false
	}
	worth := Calibrate(sureness, labelled)
	guess := t.unknown()
	for i, p := range sureness {
		if p == p {
			guess[i] = worth.Rate[worth.Bin(p)]
		}
	}
	fail(t, guess)
	m := Measure{Metric: EstimatedAccuracy, Scale: Proportion, Known: known(guess), Warnings: append(warnings,
		fmt.Sprintf("labels since %s have hardly come: quality is estimated from %s, calibrated on %d labelled rows", day(before), from, rows))}
	return t.with(guess, m), true
}
