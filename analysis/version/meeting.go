package version

import (
	"cmp"
	"math"
	"slices"

	"andon/analysis"
	"andon/analysis/twosample"
)

// Where and when two met: the time in which both answered, cut into cells.
//
//	a  ──────────────┐            rows outside have no counterpart
//	b          ┌──────────────
//	           │cells│            blocks of time × line × camera …

// meeting is the rows of two sides, with the time in which both answered.
type meeting struct {
	table *analysis.Table
	rows  [2][]int
	both  analysis.Window
	block func(ns int64) int
	times []int64
}

func newMeeting(t *analysis.Table, rows [2][]int) *meeting {
	m := &meeting{table: t, rows: rows, times: t.Role(analysis.RoleTime).Times}
	m.both = m.common()
	m.block = analysis.TimeBlocks(m.both, blocks)
	return m
}

// common is the time from when both sides had begun until one had ended; rows
// outside have no counterpart. Empty where they never both answered.
func (m *meeting) common() analysis.Window {
	lo, hi := int64(math.MinInt64), int64(math.MaxInt64)
	for _, side := range m.rows {
		if len(side) == 0 {
			return analysis.Window{}
		}
		first, last := m.times[side[0]], m.times[side[0]]
		for _, i := range side {
			first, last = min(first, m.times[i]), max(last, m.times[i])
		}
		lo, hi = max(lo, first), min(hi, last+1)
	}
	if lo >= hi {
		return analysis.Window{}
	}
	return analysis.Window{From: at(lo), To: at(hi)}
}

func (m *meeting) sums() (out [2]analysis.Sum) {
	for side, rows := range m.rows {
		for _, i := range rows {
			out[side].Note(m.table.Quality()[i])
		}
	}
	return out
}

// cut chooses the columns that cells are cut by, the most uneven first, and
// names those that leave no shared cell.
func (m *meeting) cut(column string, where analysis.Where) (by, stuck []string) {
	type candidate struct {
		name string
		v    float64
	}
	var candidates []candidate
	for _, f := range m.table.Fields() {
		c := m.table.Column(f.Name)
		if f.Name == column || c.Type != analysis.Text || len(c.Dict) < 2 || len(c.Dict) > mostValues || !cuts(f.Role) || slices.ContainsFunc(where, func(x analysis.Condition) bool { return x.Column == f.Name }) {
			continue
		}
		if v := m.unevenness(c); v >= complete && !f.Derived() {
			stuck = append(stuck, f.Name)
		} else if v >= uneven {
			candidates = append(candidates, candidate{f.Name, v})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.v, a.v) })
	for _, c := range candidates {
		if len(by) == mostBy {
			break
		}
		if m.kept(append(slices.Clone(by), c.name)) >= enough {
			by = append(by, c.name)
		}
	}
	return by, stuck
}

// cuts reports whether columns of a role make traffic alike.
func cuts(r analysis.Role) bool { return r == analysis.RoleDimension || r == analysis.RoleModel }

// unevenness is Cramér's V of side and value.
func (m *meeting) unevenness(c *analysis.Column) float64 {
	counts := [2][]float64{make([]float64, len(c.Dict)+1), make([]float64, len(c.Dict)+1)}
	for side, rows := range m.rows {
		for _, i := range rows {
			counts[side][c.Codes[i]]++
		}
	}
	_, corrected := twosample.CramersV(counts[0], counts[1])
	return corrected
}

// kept is the share of B's known rows, of those in the common time, that lie in
// cells of both.
func (m *meeting) kept(by []string) float64 {
	known, kept := 0, 0
	for _, s := range m.strata(by) {
		known += s.B.Known
		if s.A.Known > 0 {
			kept += s.B.Known
		}
	}
	return float64(kept) / float64(max(1, known))
}

// strata are the cells of time and of the columns, in the order they are met,
// over the time in which both answered.
func (m *meeting) strata(by []string) []Stratum {
	columns := make([]*analysis.Column, len(by))
	for k, name := range by {
		columns[k] = m.table.Column(name)
	}
	var cells []Stratum
	place := map[[1 + mostBy]uint32]int{}
	for side, rows := range m.rows {
		for _, i := range rows {
			if !m.both.Contains(at(m.times[i])) {
				continue
			}
			key := [1 + mostBy]uint32{uint32(m.block(m.times[i]))}
			for k, c := range columns {
				key[1+k] = c.Codes[i]
			}
			at, ok := place[key]
			if !ok {
				at = len(cells)
				place[key] = at
				cells = append(cells, Stratum{})
			}
			s := &cells[at].A
			if side == 1 {
				s = &cells[at].B
			}
			s.Note(m.table.Quality()[i])
		}
	}
	return cells
}
