package data

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
)

// Reader answers with what the file holds. Inventory sums up the columns of
// the inferences with their filling in that many stretches of time; Rejects
// are the first records of a source that could not be used; Spread counts the
// records of every source, by its id, in equal parts of a window; Ask answers a
// question in SQL that only reads. Recast gives a column another role, keeps
// that with a note, and says what changed. SayRole and SayKind change how a
// pending source, by its place in the state, is understood; Begin loads them.
type Reader interface {
	Inventory(ctx context.Context, stretches int) ([]analysis.ColumnStats, error)
	Rejects(ctx context.Context, source int64, limit int) ([]analysis.Reject, error)
	Spread(ctx context.Context, w analysis.Window, parts int) (map[int64][]int, error)
	Ask(ctx context.Context, sql string) (Reply, error)
	Recast(ctx context.Context, column string, role analysis.Role) (said string, err error)
	SayRole(ctx context.Context, source int, path string, role analysis.Role) error
	SayKind(ctx context.Context, source int, kind analysis.Kind) error
	Begin()
}

const (
	stretches  = 48  // of the coverage bars: half an hour of a day, or the days of seven weeks
	mostReject = 500 // shown of one source; the count says how many there are
)

// inventory is the answer to the question of that number.
type inventory struct {
	number  int
	done    bool
	columns []analysis.ColumnStats
	err     error
}

// spread is the answer to the question of that number.
type spread struct {
	number int
	counts map[int64][]int
	err    error
}

// rejected is the answer to the question of that number.
type rejected struct {
	number  int
	done    bool
	source  int64
	rejects []analysis.Reject
	err     error
}

func (s Screen) askInventory() (Screen, tea.Cmd) {
	s.asked++
	s.stock.number = s.asked // until it comes, the columns known so far stay
	q, reader := inventory{number: s.asked, done: true}, s.reader
	return s, func() tea.Msg {
		q.columns, q.err = reader.Inventory(context.Background(), stretches)
		return q
	}
}

// askSpread asks for the span that coverage is drawn over.
func (s Screen) askSpread() (Screen, tea.Cmd) {
	series := s.state.Triage.Series
	if len(series.Buckets) == 0 {
		return s, nil
	}
	s.asked++
	s.spread.number = s.asked
	q, reader := spread{number: s.asked}, s.reader
	span := analysis.Window{From: series.Start, To: series.At(len(series.Buckets))}
	return s, func() tea.Msg {
		q.counts, q.err = reader.Spread(context.Background(), span, stretches)
		return q
	}
}

// lay keeps the answer that is awaited; without one the bars are missing, which
// is no reason to hide the sources.
func (s Screen) lay(a spread) Screen {
	if a.number == s.spread.number && a.err == nil {
		s.spread = a
		s.sources = s.sources.With(s.sourceRows())
	}
	return s
}

// take keeps the answer that is awaited and drops any other.
func (s Screen) take(a inventory) Screen {
	if a.number != s.stock.number {
		return s
	}
	before, _ := s.column()
	s.stock = a
	s.columns = s.columns.With(s.columnRows())
	for i, c := range a.columns {
		if c.Field.Name == before.Field.Name {
			s.columns = s.columns.Select(i)
		}
	}
	return s
}

// askRejects asks for those of the source under the cursor, if it has any.
func (s Screen) askRejects() (Screen, tea.Cmd) {
	source, ok := s.source()
	s.asked++
	s.refused = rejected{number: s.asked, source: source.ID, done: !ok || source.Rejected == 0}
	s.rejects = s.rejects.With(nil)
	if s.refused.done {
		return s, nil
	}
	q, reader := s.refused, s.reader
	return s, func() tea.Msg {
		q.rejects, q.err = reader.Rejects(context.Background(), q.source, mostReject)
		q.done = true
		return q
	}
}

// refuse keeps the answer that is awaited and drops any other.
func (s Screen) refuse(a rejected) Screen {
	if a.number == s.refused.number {
		s.refused = a
		s.rejects = s.rejects.With(s.rejectRows())
	}
	return s
}
