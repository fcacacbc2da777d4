package command

import (
	"context"
	"fmt"
	"strings"
	"time"

	"andon/analysis"
	"andon/analysis/news"
)

// standing is a triage and what it was made from, so that not every row that
// is added costs another one: it takes seconds over millions of rows.
//
//	rows        ●●●●●●●●●●●●●●●●●●●●●│●●●●
//	level       └── 92.1 % ─────────┘│    still within its band?  it stands
//	                                 └ since: 91.8 % or 60.3 %    else ask again
type standing struct {
	made    bool
	asked   wish
	triage  analysis.Triage
	level   analysis.Sum // quality of all its rows
	fields  string       // names and roles of the columns, which people may change
	edition int          // of the rows, up to which it is known to stand
	partial bool         // sources were loading when it was begun
}

// aTenth more rows are worth another look whatever they say: windows and
// intervals move with them.
const aTenth = 10

// stands reports whether a triage can be shown for an edition of the rows, and
// the level of quality of these rows, for the next time. One begun while sources
// were loading never outlives that: what came after it, frames, labels and
// metrics, may judge the same rows otherwise. Cost: one pass over the rows of an
// edition not seen yet.
func (s *session) stands(ctx context.Context, held standing, where analysis.Where, edition int) (bool, analysis.Sum, error) {
	held.made = held.made && (!held.partial || s.loading.Load())
	if held.made && held.edition == edition {
		return true, held.level, nil
	}
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return false, analysis.Sum{}, err // metrics alone: to ask again costs little
	}
	level, err := levelOf(ctx, table, where)
	if err != nil {
		return false, level, usage("%w", err)
	}
	if !held.made || held.fields != fieldsOf(table) {
		return false, level, nil
	}
	fresh := level.Sub(held.level)
	if fresh.Rows < 0 || fresh.Rows*aTenth > held.level.Rows {
		return false, level, nil
	}
	reference := held.level
	if q := held.triage.Quality; q != nil && held.triage.Onset != nil {
		reference = q.After
	}
	return !news.Left(reference, fresh, table.Measure().Scale), level, nil
}

// levelOf is the quality of all rows of a filter; where nothing is known of
// quality, their confidence takes its place.
func levelOf(ctx context.Context, table *analysis.Table, where analysis.Where) (analysis.Sum, error) {
	const all = 100 * 365 * 24 * time.Hour // one bucket, or two
	if confidence := table.Role(analysis.RoleConfidence); table.Measure().Known == 0 && confidence != nil && confidence.Type == analysis.Number {
		series, err := table.Trend(ctx, confidence.Name, where, all)
		return series.Total(), err
	}
	series, err := table.Series(ctx, where, all)
	return series.Total(), err
}

// fieldsOf are the columns and roles that a triage rests on.
func fieldsOf(table *analysis.Table) string {
	var b strings.Builder
	for _, f := range table.Fields() {
		fmt.Fprintf(&b, "%s %s %s\n", f.Name, f.Role, f.Type)
	}
	return b.String()
}
