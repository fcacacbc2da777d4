package store

import (
	"context"
	"database/sql"
	"errors"
	"math"

	"andon/analysis"
	"andon/store/rollup"
)

// Two windows are compared from the sums of their whole hours, and from the
// minutes at their edges:
//
//	window       ├──────────────────────────────┤
//	hours   │░░░░░▓▓▓│████████│████████│████████│▓▓░░░░│

// Profiles compares every dimension and number between two windows, as counts
// by value or by fixed bin, a single block a window: what
// [analysis.Table.Profile] gives, with bins that were chosen when the column
// was first seen. The windows begin and end at whole minutes, rounded down.
//
// It tells how far windows are apart, not how surely: [analysis.Diff] permutes
// blocks of time for that, which the segments give.
//
// A column that has too many values is left out. ErrNotRolled stands for rows
// strewn too thinly, and files of an older Andon. Cost: two milliseconds.
func (f *File) Profiles(ctx context.Context, w analysis.Windows) ([]analysis.Profile, error) {
	var profiles []analysis.Profile
	err := f.read(ctx, "read the rollups of", func(tx *sql.Tx) error {
		if err := rolledUp(ctx, tx); err != nil {
			return err
		}
		c, err := readCatalog(ctx, tx, analysis.InferenceKind)
		if err != nil {
			return err
		}
		if err := readDictionaries(ctx, tx, c); err != nil {
			return err
		}
		scales, err := readScales(ctx, tx)
		if err != nil {
			return err
		}
		before, err := readWindow(ctx, tx, w.Before)
		if err != nil {
			return err
		}
		after, err := readWindow(ctx, tx, w.After)
		if err != nil {
			return err
		}
		for _, col := range c.columns {
			if p, ok := profile(col, scales[col.id], w, before, after); ok {
				profiles = append(profiles, p)
			}
		}
		return nil
	})
	return profiles, err
}

// readWindow adds up the rollups of a window.
func readWindow(ctx context.Context, q querier, w analysis.Window) (*rollup.Window, error) {
	from, to := floorTo(w.From.UnixNano(), rollup.Minute), floorTo(w.To.UnixNano(), rollup.Minute)
	first, last := floorTo(from+rollup.HourLength-1, rollup.HourLength), floorTo(to, rollup.HourLength)
	sum := &rollup.Window{}
	if first < last {
		err := eachHour(ctx, q, "SELECT start, sum, counts, whole FROM rollup WHERE start >= ? AND start < ?", first, last, false, func(h rollup.Hour) error {
			return sum.Add(h.Whole)
		})
		if err != nil {
			return nil, err
		}
	}
	return sum, readEdges(ctx, q, sum, from, to, first, last)
}

// readEdges adds the minutes from and to of the hours that a window cuts.
func readEdges(ctx context.Context, q querier, sum *rollup.Window, from, to, first, last int64) error {
	edges := []int64{}
	if from < first {
		edges = append(edges, first-rollup.HourLength)
	}
	if last < to && (len(edges) == 0 || edges[0] != last) {
		edges = append(edges, last)
	}
	for _, hour := range edges {
		begin, end := int(max(0, from-hour)/rollup.Minute), int(min(rollup.HourLength, to-hour)/rollup.Minute)
		err := eachHour(ctx, q, "SELECT start, sum, counts, whole, minutes FROM rollup WHERE start >= ? AND start < ?", hour, hour+1, true, func(h rollup.Hour) error {
			if h.Minutes == nil {
				return ErrNotRolled
			}
			return sum.AddMinutes(h.Minutes, begin, end)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// eachHour calls do with the hours that a query finds.
func eachHour(ctx context.Context, q querier, query string, from, until int64, minutes bool, do func(rollup.Hour) error) error {
	rows, err := q.QueryContext(ctx, query, from, until)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		h, err := readHour(rows, minutes)
		if err == nil {
			err = do(h)
		}
		if errors.Is(err, rollup.ErrCorrupt) {
			err = damagedRollup(h, err)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// profile is a column in both windows, or false where it was not summed.
func profile(col *column, scale rollup.Scale, w analysis.Windows, before, after *rollup.Window) (analysis.Profile, bool) {
	b, a := before.Columns[col.id], after.Columns[col.id]
	if !rollable(col) || b == nil && a == nil || b != nil && b.Neither || a != nil && a.Neither {
		return analysis.Profile{}, false
	}
	p := analysis.Profile{Field: col.Field}
	p.Before, p.After = []analysis.Block{{Start: w.Before.From}}, []analysis.Block{{Start: w.After.From}}
	old, fresh := valuesOf(b, &p.Before[0]), valuesOf(a, &p.After[0])
	add := func(bin analysis.Bin, b, a analysis.Sum) {
		if b.Rows+a.Rows > 0 {
			p.Bins = append(p.Bins, bin)
			p.Before[0].Bins, p.After[0].Bins = append(p.Before[0].Bins, b), append(p.After[0].Bins, a)
		}
	}
	nulls := [2]analysis.Sum{before.All, after.All}
	for i := range max(len(old), len(fresh)) {
		b, a := sumAt(old, i), sumAt(fresh, i)
		nulls[0], nulls[1] = nulls[0].Sub(b), nulls[1].Sub(a)
		add(binAt(col, scale, i), b, a)
	}
	add(analysis.Bin{Null: true}, nulls[0], nulls[1])
	return p, true
}

// valuesOf is the sums of what is not null, by code less one or by bin, and
// gives the block the moments. What is missing is null.
func valuesOf(t *rollup.Tally, block *analysis.Block) []analysis.Sum {
	switch {
	case t == nil:
		return nil
	case t.Bins != nil:
		block.N, block.Sum, block.SumSq = t.N, t.Sum, t.SumSq
		return t.Bins[:min(len(t.Bins), rollup.Bins)]
	case len(t.Values) > 0:
		return t.Values[1:]
	}
	return nil
}

func sumAt(sums []analysis.Sum, i int) analysis.Sum {
	if i < len(sums) {
		return sums[i]
	}
	return analysis.Sum{}
}

// binAt is what the sum of a code less one, or of a bin, stands for. A code
// without a word is damage that the doctor names.
func binAt(col *column, scale rollup.Scale, i int) analysis.Bin {
	if col.Type == analysis.Number {
		edges := scale.Edges()
		bin := analysis.Bin{Lo: math.Inf(-1), Hi: math.Inf(1)}
		if i > 0 {
			bin.Lo = edges[i-1]
		}
		if i < len(edges) {
			bin.Hi = edges[i]
		}
		return bin
	}
	if i < len(col.dict.values) {
		return analysis.Bin{Value: col.dict.values[i]}
	}
	return analysis.Bin{Other: true}
}
