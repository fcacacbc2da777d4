package version

import (
	"context"
	"fmt"
	"math"
	"strings"

	"andon/analysis"
)

// A rollout in stages is an experiment that nobody planned:
//
//	          before   after
//	treated    0.93     0.81     −.12   lines that got the version
//	control    0.92     0.90     −.02   lines that did not
//	                             ────
//	                             −.10   what the version did, all else shared

// Rollout is a difference in differences along one column. Cells are [treated,
// control][before, after]; Trend is the same difference between the two halves
// of before, when nothing was rolled out: away from 0 the two did not move
// alike anyway, and Effect cannot be trusted. Both are on the measure's scale.
type Rollout struct {
	Column   string // of versions
	Version  string
	By       string // the column it was staged along
	Treated  []string
	Control  []string
	Cells    [2][2]analysis.Sum
	Effect   analysis.Quality
	Trend    analysis.Quality
	Parallel bool
	Warnings []string
}

const (
	got    = .8 // share of a value's rows after that makes it treated
	gotNot = .1 // and up to which it is control, before and after
)

// Staged looks for a column along which a version was rolled out in stages
// between the windows, and measures what it did. It prefers the column with
// the fewest values that are neither. nil where there is none: everything got
// the version, nothing did, or it cannot be told by one column. Cost: a pass
// a column.
func Staged(ctx context.Context, t *analysis.Table, column, version string, w analysis.Windows, where analysis.Where) (*Rollout, error) {
	versions := t.Column(column)
	if versions == nil || versions.Type != analysis.Text {
		return nil, nil
	}
	before, after, err := t.Split(where, w)
	if err != nil {
		return nil, fmt.Errorf("look for a staged rollout of %s: %w", version, err)
	}
	s := stages{table: t, versions: versions, version: version, rows: [2][]int{before, after}, windows: w}
	var best *Rollout
	least := math.Inf(1)
	for _, f := range t.Fields() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := t.Column(f.Name)
		if c == versions || c.Type != analysis.Text || len(c.Dict) < 2 || len(c.Dict) > mostValues || f.Role != analysis.RoleDimension && f.Role != analysis.RoleModel {
			continue
		}
		if r, mixed := s.along(c); r != nil && mixed < least {
			best, least = r, mixed
		}
	}
	if best != nil {
		best.caution()
	}
	return best, nil
}

type stages struct {
	table    *analysis.Table
	versions *analysis.Column
	version  string
	rows     [2][]int
	windows  analysis.Windows
}

// along sorts the values of a column into treated and control and counts; mixed
// is the share of rows of values that are neither. nil where a side is empty.
func (s stages) along(c *analysis.Column) (r *Rollout, mixed float64) {
	n := len(c.Dict) + 1
	own, all := [2][]float64{make([]float64, n), make([]float64, n)}, [2][]float64{make([]float64, n), make([]float64, n)}
	for side, rows := range s.rows {
		for _, i := range rows {
			all[side][c.Codes[i]]++
			if code := s.versions.Codes[i]; code > 0 && s.versions.Dict[code-1] == s.version {
				own[side][c.Codes[i]]++
			}
		}
	}
	r = &Rollout{Column: s.versions.Name, Version: s.version, By: c.Name}
	group := make([]int, n) // 1 treated, 2 control
	total, neither := 0.0, 0.0
	for code := 1; code < n; code++ {
		total += all[1][code]
		if all[0][code] == 0 || all[1][code] == 0 {
			neither += all[1][code]
			continue
		}
		switch b, a := own[0][code]/all[0][code], own[1][code]/all[1][code]; {
		case b <= gotNot && a >= got:
			group[code], r.Treated = 1, append(r.Treated, c.Dict[code-1])
		case b <= gotNot && a <= gotNot:
			group[code], r.Control = 2, append(r.Control, c.Dict[code-1])
		default:
			neither += all[1][code]
		}
	}
	if len(r.Treated) == 0 || len(r.Control) == 0 {
		return nil, 1
	}
	s.measure(r, c, group)
	return r, neither / max(1, total)
}

// measure fills the cells, the effect, and the trend over the halves of before.
func (s stages) measure(r *Rollout, c *analysis.Column, group []int) {
	half := analysis.TimeBlocks(s.windows.Before, 2)
	times := s.table.Role(analysis.RoleTime).Times
	var halves [2][2]analysis.Sum
	for side, rows := range s.rows {
		for _, i := range rows {
			g := group[c.Codes[i]]
			if g == 0 {
				continue
			}
			q := s.table.Quality()[i]
			r.Cells[g-1][side].Note(q)
			if side == 0 {
				cell := &halves[g-1][half(times[i])]
				cell.Note(q)
			}
		}
	}
	m := s.table.Measure()
	r.Effect = differenceInDifferences(m, r.Cells)
	r.Trend = differenceInDifferences(m, halves)
	r.Parallel = r.Trend.Interval.Lo <= 0 && r.Trend.Interval.Hi >= 0
}

// differenceInDifferences is (treated after − before) − (control after −
// before), with the squares of the half widths of both intervals added up.
func differenceInDifferences(m analysis.Measure, cells [2][2]analysis.Sum) analysis.Quality {
	treated := analysis.CompareQuality(m, cells[0][0], cells[0][1])
	control := analysis.CompareQuality(m, cells[1][0], cells[1][1])
	out := treated
	out.Delta, out.Interval = analysis.Minus(treated.Delta, treated.Interval, control.Delta, control.Interval)
	return out
}

func (r *Rollout) caution() {
	for _, group := range r.Cells {
		if min(group[0].Known, group[1].Known) < fewShared {
			r.Warnings = append(r.Warnings, fmt.Sprintf("fewer than %d rows of known quality with or without %s: the difference says little", fewShared, r.Version))
			break
		}
	}
	if !r.Parallel {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%s moved apart from %s already before %s: the difference may be more of that", strings.Join(r.Treated, " "), strings.Join(r.Control, " "), r.Version))
	}
}
