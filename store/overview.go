package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"andon/analysis"
	"andon/store/rollup"
)

// Quality over the whole log is read from the counts of its hours, some hundred
// bytes each, so it costs the same at any number of rows. Where the rollups do
// not tell, [File.Table] does.

// maxSeries bounds the buckets of a series, as in package analysis.
const maxSeries = 1 << 20

// Series is quality over time over all inferences in buckets of step, which is
// a multiple of a minute, aligned to multiples of step since 1970 UTC: what
// [analysis.Table.Series] gives for accuracy.
//
// ErrNotRolled stands for a log whose quality is no right or wrong, a step
// below a minute, rows strewn too thinly, answers that may have stopped coming,
// and files of an older Andon.
func (f *File) Series(ctx context.Context, step time.Duration) (analysis.Series, error) {
	s := analysis.Series{Name: analysis.Accuracy, Step: step}
	if step <= 0 || int64(step)%rollup.Minute != 0 {
		return s, fmt.Errorf("series in steps of %s: %w", step, ErrNotRolled)
	}
	err := f.read(ctx, "read the rollups of", func(tx *sql.Tx) error {
		if err := rolledUp(ctx, tx); err != nil {
			return err
		}
		if quiet, err := someSilent(ctx, tx); err != nil || quiet {
			return errors.Join(err, ErrNotRolled)
		}
		var low, high int64
		if err := tx.QueryRowContext(ctx, `SELECT min(low), max(high) FROM segment JOIN "column" ON id = "column" WHERE kind = 'inference' AND role = 'time'`).Scan(&low, &high); err != nil {
			return err
		}
		start := floorTo(low, int64(step))
		n := (high-start)/int64(step) + 1
		if n > maxSeries {
			return ErrNotRolled
		}
		s.Start, s.Buckets = time.Unix(0, start).UTC(), make([]analysis.Sum, n)
		return addCounts(ctx, tx, &s)
	})
	if err == nil && s.Total().Known == 0 {
		err = fmt.Errorf("series of %q: %w", f.path, ErrNotRolled) // quality must be estimated
	}
	return s, err
}

// addCounts puts the minutes of every hour into the buckets.
func addCounts(ctx context.Context, q querier, s *analysis.Series) error {
	rows, err := q.QueryContext(ctx, "SELECT start, sum, counts, whole FROM rollup")
	if err != nil {
		return err
	}
	defer rows.Close()
	minutes := make([]analysis.Sum, 60)
	for rows.Next() {
		h, err := readHour(rows, false)
		if err != nil {
			return damagedRollup(h, err)
		}
		clear(minutes)
		if err := rollup.AddCounts(minutes, 0, h.Counts); err != nil {
			return damagedRollup(h, err)
		}
		for i, m := range minutes {
			at := (h.Start + int64(i)*rollup.Minute - s.Start.UnixNano()) / int64(s.Step)
			if m.Rows == 0 {
				continue
			}
			if at < 0 || at >= int64(len(s.Buckets)) {
				return damagedRollup(h, errors.New("rows before the first or after the last"))
			}
			s.Buckets[at] = s.Buckets[at].Add(m)
		}
	}
	return rows.Err()
}

func damagedRollup(h rollup.Hour, err error) error {
	return fmt.Errorf("%w: the rollup of %s: %w; the rows are not affected", ErrDamaged, formatTime(h.Start), err)
}

// floorTo is the multiple of step at or below ns.
func floorTo(ns, step int64) int64 { return ns - ((ns%step)+step)%step }

// silentShare is how many rows there may be for each without an answer before
// the table is asked whether those came all at once.
const silentShare = 500

// someSilent reports whether rows without an answer may count as wrong, of which
// the rollups know nothing: see [analysis.NewTable].
func someSilent(ctx context.Context, q querier) (some bool, err error) {
	const role = `SELECT 1 FROM "column" WHERE kind = 'inference' AND filled AND role = `
	err = q.QueryRowContext(ctx, `SELECT EXISTS (`+role+`'label') AND NOT EXISTS (`+role+`'status') AND (
		SELECT ifnull(sum(nulls) * ? > sum(rows), 0) FROM segment JOIN "column" ON id = "column"
		WHERE kind = 'inference' AND role = 'prediction')`, silentShare).Scan(&some)
	return some, err
}
