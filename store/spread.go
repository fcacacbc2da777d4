package store

import (
	"context"
	"database/sql"

	"andon/analysis"
)

// Where the records of a source lie in time says which part of an incident it
// can tell of:
//
//	inference.jsonl  ▆▆▇▇▇▆▇▇ ▇▆▇    its rows are ranges of rowids (chunk)
//	labels.csv       ▅▅▆▁▁····       labels and frames have the time of their inference
//	events.yaml      · ▁  ▁   ▁      metrics and events have their own

// Spread counts the records of every source, by its id, in n equal parts of a
// window; what lies outside is left out, and so are labels and frames that no
// inference was found for. Cost: one pass over the inferences' times, and a look
// at every other record.
func (f *File) Spread(ctx context.Context, w analysis.Window, n int) (map[int64][]int, error) {
	s := spreading{from: w.From.UnixNano(), width: w.Duration().Nanoseconds(), n: n, counts: map[int64][]int{}}
	if n <= 0 || w.Empty() {
		return s.counts, nil
	}
	err := f.read(ctx, "count the records of", func(tx *sql.Tx) error {
		clock, err := inferenceTimes(ctx, tx)
		if err != nil {
			return err
		}
		if err := s.ranges(ctx, tx, clock); err != nil {
			return err
		}
		for _, table := range []string{"label", "frame"} {
			err := eachOf(ctx, tx, `SELECT source, "row" FROM `+table+` WHERE "row" IS NOT NULL`, func(source, row int64) {
				if row >= 1 && row <= int64(len(clock)) {
					s.add(source, clock[row-1])
				}
			})
			if err != nil {
				return err
			}
		}
		for _, table := range []string{"metric", "event"} {
			err := eachOf(ctx, tx, `SELECT source, time FROM `+table, func(source int64, at string) { s.add(source, parseTime(at)) })
			if err != nil {
				return err
			}
		}
		return nil
	})
	return s.counts, err
}

// spreading is a count under way.
type spreading struct {
	from, width int64
	n           int
	counts      map[int64][]int
}

func (s spreading) add(source, at int64) {
	if at < s.from || at-s.from >= s.width {
		return
	}
	if s.counts[source] == nil {
		s.counts[source] = make([]int, s.n)
	}
	s.counts[source][int(float64(at-s.from)/float64(s.width)*float64(s.n))]++
}

// ranges counts the inferences.
func (s spreading) ranges(ctx context.Context, tx *sql.Tx, clock []int64) error {
	rows, err := tx.QueryContext(ctx, "SELECT source, first, last FROM chunk WHERE kind = ?", string(analysis.InferenceKind))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var source, first, last int64
		if err := rows.Scan(&source, &first, &last); err != nil {
			return err
		}
		for row := max(1, first); row <= min(last, int64(len(clock))); row++ {
			s.add(source, clock[row-1])
		}
	}
	return rows.Err()
}

// inferenceTimes are the times of all inferences, in the order of their rowids.
func inferenceTimes(ctx context.Context, tx *sql.Tx) ([]int64, error) {
	c, err := readCatalog(ctx, tx, analysis.InferenceKind)
	if err != nil {
		return nil, err
	}
	clock := c.role(analysis.RoleTime)
	rows, err := lastRow(ctx, tx, "inference")
	if err != nil || clock == nil || !clock.filled {
		return nil, err
	}
	loaded, err := loadColumn(ctx, tx, clock, 1, rows)
	return loaded.Times, err
}

// eachOf calls do with every row of a query of a source and one value.
func eachOf[T any](ctx context.Context, tx *sql.Tx, query string, do func(source int64, value T)) error {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var source int64
		var value T
		if err := rows.Scan(&source, &value); err != nil {
			return err
		}
		do(source, value)
	}
	return rows.Err()
}
