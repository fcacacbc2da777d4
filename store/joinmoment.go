package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/store/segment"
)

// moments are the frames that no name and no id joined to a row, such as those
// of a video or of a camera's own folder. One goes to the rows nearest to it in
// time, within a second, that agree with it in every dimension both have:
//
//	frame   06:28:00 camera=C1          06:28:01 camera=C1
//	rows    06:28:00.3 camera=C1 ─┘     06:28:00.9 camera=C2: none
//
// A row whose log names another frame is left alone.
type moments struct {
	shared []pairing // dimensions of frames and of inferences
	byKey  map[string][]moment
}

type moment struct{ at, frame int64 }

// reach is how far from a row its frame may have been taken.
const reach = int64(time.Second)

// joinMoments joins what the matcher left.
func (f *File) joinMoments(ctx context.Context, j *joiner) error {
	if j.matcher == nil {
		return nil
	}
	var m *moments
	err := f.writing(ctx, func(ctx context.Context, t *transaction, k *known) (err error) {
		m, err = newMoments(ctx, t, k, j)
		return err
	})
	if err != nil || len(m.byKey) == 0 {
		return err
	}
	for first := int64(1); first <= j.all.row; first += segment.Rows {
		if !j.touches(first) {
			continue
		}
		last := min(first+segment.Rows-1, j.all.row)
		err := f.writing(ctx, func(ctx context.Context, t *transaction, k *known) error {
			pairs, err := m.pair(ctx, t, k, j, first, last)
			if err != nil {
				return err
			}
			changed, err := j.bring(ctx, t, k, pairs)
			if err != nil || len(changed) == 0 {
				return err
			}
			return k.rebuild(ctx, t, first, changed...)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// newMoments reads the frames that have a time and no row.
func newMoments(ctx context.Context, q querier, k *known, j *joiner) (*moments, error) {
	m := &moments{byKey: map[string][]moment{}}
	columns := []string{"rowid", "time"}
	for _, c := range k.catalogs[analysis.FrameKind].columns {
		to := k.inference().find(c.Name)
		if c.Role == analysis.RoleDimension && c.filled && to != nil && to.filled && to.Type == analysis.Text {
			m.shared = append(m.shared, pairing{c.sql, to.Name})
			columns = append(columns, "ifnull("+quote(c.sql)+", '')")
		}
	}
	above := int64(0)
	if j.all.row == j.done.row {
		above = j.done.frame
	}
	rows, err := q.QueryContext(ctx, fmt.Sprintf(`SELECT %s FROM frame WHERE "row" IS NULL AND time IS NOT NULL AND rowid > ? ORDER BY rowid`, strings.Join(columns, ", ")), above)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := make([]string, len(m.shared))
	for rows.Next() {
		var frame int64
		var at string
		into := []any{&frame, &at}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		if t := parseInstant(at); !t.IsZero() {
			key := strings.Join(values, "\x00")
			m.byKey[key] = append(m.byKey[key], moment{t.UnixNano(), frame})
		}
	}
	for _, list := range m.byKey {
		slices.SortStableFunc(list, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
	}
	return m, rows.Err()
}

// pair is every row of first to last with the frame nearest to it.
func (m *moments) pair(ctx context.Context, q querier, k *known, j *joiner, first, last int64) ([][2]int64, error) {
	if err := k.saveTails(ctx, q); err != nil {
		return nil, err
	}
	times := analysis.Column{Field: k.inference().role(analysis.RoleTime).Field}
	if _, err := appendSegments(ctx, q, k.inference().role(analysis.RoleTime), &times, first, last); err != nil {
		return nil, err
	}
	named, err := k.texts(ctx, q, analysis.RoleFrame, first, last)
	if err != nil {
		return nil, err
	}
	dimensions := make([]func(int) string, len(m.shared))
	for n, p := range m.shared {
		if dimensions[n], err = k.textsOf(ctx, q, k.inference().find(p.to), first, last); err != nil {
			return nil, err
		}
	}
	var pairs [][2]int64
	values := make([]string, len(m.shared))
	for row := first; row <= last; row++ {
		i := int(row - first)
		if named(i) != "" || times.Times[i] == analysis.NoTime {
			continue
		}
		for n := range values {
			values[n] = dimensions[n](i)
		}
		if frame := m.nearest(values, times.Times[i], j.newest(row, j.done.frame)); frame != 0 {
			pairs = append(pairs, [2]int64{row, frame})
		}
	}
	return pairs, nil
}

// nearest is the frame nearest to a time among those that say the same, or
// nothing, of the dimensions; only frames above the given ID count.
func (m *moments) nearest(values []string, at, above int64) int64 {
	best, distance := int64(0), reach+1
	for _, key := range m.keys(values) {
		list := m.byKey[key]
		i, _ := slices.BinarySearchFunc(list, at, func(a moment, at int64) int { return cmp.Compare(a.at, at) })
		for n := max(0, i-1); n < len(list) && list[n].at-at <= reach; n++ {
			if d := max(list[n].at-at, at-list[n].at); d < distance && list[n].frame > above {
				best, distance = list[n].frame, d
			}
		}
	}
	return best
}

// keys are the groups of frames that a row agrees with: those of its values, and
// where a frame says nothing of a dimension, that.
func (m *moments) keys(values []string) []string {
	full := strings.Join(values, "\x00")
	blank := strings.Repeat("\x00", max(0, len(values)-1))
	if blank == full {
		return []string{full}
	}
	return []string{full, blank}
}
