package version

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"andon/analysis"
)

// Comparison is value B of a column against value A over a window. Crude is the
// plain difference of their means; Pooled the difference on the same traffic,
// cells of time and of By. Shared is the part of each side's known rows that
// lie in cells both answered. Stuck are the columns that tell the two apart
// completely, so that a difference may be theirs. All differences are on the
// scale of the measure.
type Comparison struct {
	Column string
	A, B   string
	Sums   [2]analysis.Sum
	Crude  analysis.Quality
	Pooled
	By       []string
	Stuck    []string
	Shared   [2]float64
	Warnings []string
}

const (
	blocks      = 48  // cells of time over the window, before columns cut further
	mostBy      = 3   // columns that cut
	mostValues  = 40  // of a column that cuts
	uneven      = .05 // Cramér's V from which a column is no accident
	complete    = .98 // and from which it tells the sides apart
	enough      = .5  // of B's rows must stay in shared cells
	fewShared   = 30  // known rows a side below which nothing is compared
	littleShare = .5  // of B's rows shared below which it is said aloud
)

// Compare pools b − a over cells of like traffic within w and where. Cells are
// stretches of time, cut further by the columns over which the two are spread
// most unevenly, as long as half of B's rows keep a counterpart. Fewer than 30
// known rows of either in shared cells give no pooled difference and a warning.
// An unknown column is an error. Cost: a few passes over the rows of the two.
func Compare(ctx context.Context, t *analysis.Table, column, a, b string, w analysis.Window, where analysis.Where) (Comparison, error) {
	c := Comparison{Column: column, A: a, B: b}
	sides := analysis.Windows{After: w}
	var rows [2][]int
	for side, value := range []string{a, b} {
		_, in, err := t.Split(append(slices.Clone(where), analysis.Is(column, value)), sides)
		if err != nil {
			return c, fmt.Errorf("compare %s %s with %s: %w", column, a, b, err)
		}
		rows[side] = in
	}
	if err := ctx.Err(); err != nil {
		return c, err
	}
	m := newMeeting(t, rows)
	c.Sums = m.sums()
	c.Crude = analysis.CompareQuality(t.Measure(), c.Sums[0], c.Sums[1])
	c.By, c.Stuck = m.cut(column, where)
	strata := m.strata(c.By)
	c.Pooled = pool(t.Measure().Scale, strata)
	for side := range c.Shared {
		c.Shared[side] = float64(c.Known[side]) / float64(max(1, c.Sums[side].Known))
	}
	c.caution()
	return c, nil
}

func (c *Comparison) caution() {
	warn := func(format string, args ...any) { c.Warnings = append(c.Warnings, fmt.Sprintf(format, args...)) }
	if min(c.Sums[0].Known, c.Sums[1].Known) == 0 {
		c.void()
		warn("%s or %s has no row of known quality here", c.A, c.B)
		return
	}
	if min(c.Known[0], c.Known[1]) < fewShared {
		c.void()
		warn("confounded: %s and %s hardly ever answered the same traffic at the same time (%d and %d known rows); what differs may be anything that changed with them. Run both on the same inputs, or replay one on the other's", c.A, c.B, c.Known[0], c.Known[1])
		return
	}
	if c.Shared[1] < littleShare {
		warn("only %.0f %% of the rows of %s have a counterpart: the difference says nothing of the rest", 100*c.Shared[1], c.B)
	}
	if len(c.Stuck) > 0 {
		warn("confounded with %s: its values tell %s and %s apart, so the difference may be its own", strings.Join(c.Stuck, " and "), c.A, c.B)
	}
}

// void takes the pooled difference back.
func (c *Comparison) void() {
	c.Difference, c.P = math.NaN(), 1
	c.Interval = analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
}

// Told reports whether there is a pooled difference.
func (c Comparison) Told() bool { return c.Difference == c.Difference }

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
			out[side] = counted(out[side], m.table.Quality()[i])
		}
	}
	return out
}

// counted is sum with one row more; NaN is not known.
func counted(sum analysis.Sum, v float64) analysis.Sum {
	sum.Rows++
	if v == v {
		sum.Known++
		sum.Good += v
		sum.GoodSq += v * v
	}
	return sum
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
	_, corrected := analysis.CramersV(counts[0], counts[1])
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
			*s = counted(*s, m.table.Quality()[i])
		}
	}
	return cells
}
