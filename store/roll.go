package store

import (
	"context"
	"database/sql"
	"hash/crc32"
	"slices"

	"andon/analysis"
	"andon/store/rollup"
	"andon/store/segment"
)

// Rollups belong to a segment and are made when it is: from the tails while it
// fills up, from its stored columns where something of it was made anew (a late
// label, a column that became text).
//
//	tails ─────────┐
//	               ├─▶ parts ─ rollup.Roll ─▶ rollup, rolled
//	segment table ─┘

// stretch is the columns of one segment, by id.
type stretch struct {
	first, rows int64
	tails       map[int64]*tail
}

// tailing is the stretch that the tails hold.
func (k *known) tailing() stretch {
	first := firstRow(k.rows)
	return stretch{first, k.rows - first + 1, k.tails}
}

// rollStale makes the rollups anew of what changed in this transaction before
// the tails.
func (k *known) rollStale(ctx context.Context, q querier) error {
	for _, first := range k.stale {
		s, err := k.stretch(ctx, q, first)
		if err != nil {
			return err
		}
		r, err := k.rolling(ctx, q, s)
		if err != nil {
			return err
		}
		if err := r.save(ctx, q, r.roll()); err != nil {
			return err
		}
	}
	k.stale = nil
	return nil
}

// outdate notes that the rollups of a full segment must be made anew.
func (k *known) outdate(first int64) {
	if !slices.Contains(k.stale, first) {
		k.stale = append(k.stale, first)
	}
}

// stretch reads the segments that begin at row first.
func (k *known) stretch(ctx context.Context, q querier, first int64) (stretch, error) {
	s := stretch{first: first, rows: min(k.rows-first+1, segment.Rows), tails: map[int64]*tail{}}
	for _, col := range k.inference().columns {
		if !rollable(col) && col.Type != analysis.Time {
			continue
		}
		t := newTail(col)
		local, err := appendSegments(ctx, q, col, &t.values, first, first+s.rows-1)
		if err != nil {
			return s, err
		}
		t.local = local
		s.tails[col.id] = t
	}
	return s, nil
}

// rollable reports whether a column is summed.
func rollable(col *column) bool {
	return col.Type == analysis.Number || dimensionLike(col.Field)
}

// rolling is a segment on its way to its rollups; without times, as rows of
// another tool, it has none.
type rolling struct {
	stretch
	times []int64
	right []float64
	parts []rollup.Part
}

// rolling gathers what the rollups of a segment are made of.
func (k *known) rolling(ctx context.Context, q querier, s stretch) (rolling, error) {
	clock := k.inference().role(analysis.RoleTime)
	if clock == nil || s.tails[clock.id] == nil || int64(s.tails[clock.id].values.Len()) != s.rows {
		return rolling{}, nil
	}
	parts, err := k.parts(ctx, q, s)
	return rolling{s, s.tails[clock.id].values.Times, k.right(s), parts}, err
}

// roll makes the rollups. It needs no database.
func (r rolling) roll() []rollup.Hour { return rollup.Roll(r.times, r.right, r.parts) }

// save stores the rollups in place of those that were there.
func (r rolling) save(ctx context.Context, q querier, hours []rollup.Hour) error {
	if r.rows == 0 {
		return nil
	}
	if _, err := q.ExecContext(ctx, "DELETE FROM rollup WHERE first = ?", r.first); err != nil {
		return err
	}
	for _, h := range hours {
		if _, err := q.ExecContext(ctx, "INSERT INTO rollup (start, first, sum, counts, whole, minutes) VALUES (?, ?, ?, ?, ?, ?)",
			h.Start, r.first, rollupSum(h.Counts, h.Whole), h.Counts, h.Whole, h.Minutes); err != nil {
			return err
		}
	}
	_, err := q.ExecContext(ctx, "INSERT OR REPLACE INTO rolled (first, rows, hours) VALUES (?, ?, ?)", r.first, r.rows, len(hours))
	return err
}

func rollupSum(counts, whole []byte) int64 {
	return int64(crc32.Update(crc32.Checksum(counts, castagnoli), castagnoli, whole))
}

// parts are the columns of a segment that have values in it.
func (k *known) parts(ctx context.Context, q querier, s stretch) ([]rollup.Part, error) {
	var parts []rollup.Part
	for _, col := range k.inference().columns {
		t := s.tails[col.id]
		if !rollable(col) || t == nil || !t.bulky && empty(&t.values) {
			continue
		}
		p := rollup.Part{Key: col.id}
		switch {
		case col.Type == analysis.Number:
			scale, err := k.scale(ctx, q, t)
			if err != nil {
				return nil, err
			}
			p.Numbers, p.Scale = t.values.Numbers, scale
		case t.local || t.bulky || len(col.dict.values) > rollup.MaxValues:
			p.Neither = true
		default:
			p.Codes = t.values.Codes
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// scale is the scale of a number, chosen by its first values.
func (k *known) scale(ctx context.Context, q querier, t *tail) (rollup.Scale, error) {
	if s, ok := k.scales[t.column.id]; ok {
		return s, nil
	}
	low, high := extremes(&t.values)
	s := rollup.ScaleOf(low.(float64), high.(float64))
	k.scales[t.column.id] = s
	_, err := q.ExecContext(ctx, `INSERT OR REPLACE INTO scale ("column", low, high) VALUES (?, ?, ?)`, t.column.id, s.Low, s.High)
	return s, err
}

// readScales reads what was chosen so far, by column.
func readScales(ctx context.Context, q querier) (map[int64]rollup.Scale, error) {
	rows, err := q.QueryContext(ctx, `SELECT "column", low, high FROM scale`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	scales := map[int64]rollup.Scale{}
	for rows.Next() {
		var id int64
		var s rollup.Scale
		if err := rows.Scan(&id, &s.Low, &s.High); err != nil {
			return nil, err
		}
		scales[id] = s
	}
	return scales, rows.Err()
}

// right is right (1), wrong (0) or NaN for the rows of a segment, as the
// analysis has it: a labelled row whose status failed is wrong, whatever the
// log says.
func (k *known) right(s stretch) []float64 {
	col := k.inference().find(string(analysis.RoleCorrect))
	if col == nil || s.tails[col.id] == nil {
		return nil
	}
	status, label := k.inference().role(analysis.RoleStatus), k.inference().role(analysis.RoleLabel)
	right := slices.Clone(s.tails[col.id].values.Numbers)
	if status == nil || s.tails[status.id] == nil || s.tails[status.id].bulky || status.Type != analysis.Text {
		return right
	}
	values := s.tails[status.id].values
	if !s.tails[status.id].local {
		values.Dict = status.dict.values
	}
	failed := failures(&values)
	labelled := func(int) bool { return false }
	if label != nil && s.tails[label.id] != nil && !s.tails[label.id].bulky {
		truth := s.tails[label.id].values
		labelled = func(i int) bool { return i < truth.Len() && !truth.Null(i) }
	}
	for i := range right {
		if i < values.Len() && (right[i] == right[i] || labelled(i)) && failed(i) {
			right[i] = 0
		}
	}
	return right
}

// rolledUp fails with ErrNotRolled unless the rollups tell of every row.
func rolledUp(ctx context.Context, q querier) error {
	var rows, rolled, strewn int64
	err := q.QueryRowContext(ctx, `SELECT ifnull(sum(rows), 0), ifnull(sum(hours = 0), 0), (SELECT ifnull(max(rowid), 0) FROM inference) FROM rolled`).Scan(&rolled, &strewn, &rows)
	if err == nil && (rolled != rows || rows == 0 || strewn > 0) {
		err = ErrNotRolled
	}
	return err
}

// readHour is a line of rollup whose sum was checked. Its bytes are not copied:
// this driver makes those of every row anew.
func readHour(rows *sql.Rows, minutes bool) (h rollup.Hour, err error) {
	var sum int64
	into := []any{&h.Start, &sum, (*sql.RawBytes)(&h.Counts), (*sql.RawBytes)(&h.Whole)}
	if minutes {
		into = append(into, (*sql.RawBytes)(&h.Minutes))
	}
	if err := rows.Scan(into...); err != nil {
		return h, err
	}
	if sum != rollupSum(h.Counts, h.Whole) {
		return h, rollup.ErrCorrupt
	}
	return h, nil
}
