package swap

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"andon/analysis"
)

// Which rows are replayed? Those whose truth is known, the same number of each
// slice from both windows, evenly over time:
//
//	            before            after
//	line=L1   ·  ·  ·  ·        ·  ·  ·  ·
//	line=L2   ·  ·  ·  ·        ·  ·  ·  ·    so that no mix of slices is left
//	                                          to look like a difference

// Plan is what is to be replayed.
type Plan struct {
	Windows analysis.Windows
	Where   analysis.Where // of the rows; empty is every row
	Guilty  analysis.Where // its columns are the slices of the balance
	Rows    int            // at most, over both windows
	Old     string         // version that answered before, "" the most frequent
	New     string         // and after
}

// Draw picks rows, each to be answered by both models: one Line per row and
// model, in the order of the rows. frames is the path of a row's frame, counted
// from 1; where there are frames at all, only rows with one are picked.
//
// Rows without a label are left out: nobody could say whether the replayed
// answer is right. A slice that only one window has cannot be balanced and is
// left out with a warning. One version in both windows is a warning: there is
// no old model in the log. It fails where a window has no row to replay, or
// answers are amounts. O(rows).
func Draw(t *analysis.Table, frames map[int64]string, p Plan) ([]Line, []string, error) {
	if t.Measure().Scale == analysis.Amount {
		return nil, nil, fmt.Errorf("draw a swap test: the answers are amounts, and the test counts right and wrong ones")
	}
	before, after, err := t.Split(p.Where, p.Windows)
	if err != nil {
		return nil, nil, fmt.Errorf("draw a swap test: %w", err)
	}
	d := drawer{table: t, frames: frames, plan: p}
	strata := map[string]*[2][]int{}
	for side, rows := range [][]int{before, after} {
		for _, row := range rows {
			if !d.usable(row) {
				continue
			}
			key := d.stratum(row)
			if strata[key] == nil {
				strata[key] = &[2][]int{}
			}
			strata[key][side] = append(strata[key][side], row)
		}
	}
	lines := d.balanced(strata)
	if len(lines) == 0 {
		return nil, d.warnings, fmt.Errorf("draw a swap test: no slice has labelled rows%s in both windows; choose others with --before and --after, or import labels", d.withFrames())
	}
	return lines, d.warnings, nil
}

type drawer struct {
	table    *analysis.Table
	frames   map[int64]string
	plan     Plan
	warnings []string
}

func (d *drawer) withFrames() string {
	if len(d.frames) > 0 {
		return " with a frame"
	}
	return ""
}

// usable rows have a known truth, and a frame where there are any.
func (d *drawer) usable(row int) bool {
	if label := d.table.Role(analysis.RoleLabel); label == nil || label.Null(row) {
		return false
	}
	return len(d.frames) == 0 || d.frames[int64(row+1)] != ""
}

// stratum is the slice a row is balanced by: its values of the guilty slice's
// text columns, else whether it lies in the guilty slice.
func (d *drawer) stratum(row int) string {
	var parts []string
	for _, c := range d.plan.Guilty {
		column := d.table.Column(c.Column)
		if column == nil || column.Type != analysis.Text {
			continue
		}
		parts = append(parts, analysis.Is(c.Column, column.String(row)).String())
	}
	return strings.Join(parts, " ")
}

// balanced takes the same number of each stratum from both windows.
func (d *drawer) balanced(strata map[string]*[2][]int) []Line {
	var keys []string
	for key, sides := range strata {
		if len(sides[0]) > 0 && len(sides[1]) > 0 {
			keys = append(keys, key)
			continue
		}
		d.warnings = append(d.warnings, fmt.Sprintf("%s has labelled rows%s in one window only and is left out", cmp.Or(key, "the log"), d.withFrames()))
	}
	slices.Sort(keys)
	slices.Sort(d.warnings)
	if len(keys) == 0 {
		return nil
	}
	each := max(1, d.plan.Rows/(2*len(keys)))
	var picked [2][]int
	slice := map[int]string{}
	for _, key := range keys {
		n := min(each, len(strata[key][0]), len(strata[key][1]))
		for side := range picked {
			for _, row := range evenly(strata[key][side], n) {
				picked[side] = append(picked[side], row)
				slice[row] = key
			}
		}
	}
	return d.lines(picked, slice)
}

// evenly takes n of the rows, evenly over their order.
func evenly(rows []int, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = rows[(2*i+1)*len(rows)/(2*n)]
	}
	return out
}

// lines are the picked rows with both models each.
func (d *drawer) lines(picked [2][]int, slice map[int]string) []Line {
	versions := [2]string{cmp.Or(d.plan.Old, d.frequent(picked[0])), cmp.Or(d.plan.New, d.frequent(picked[1]))}
	if versions[0] == versions[1] {
		d.warnings = append(d.warnings, fmt.Sprintf("version %q answered both windows: the log knows no other model; name one with --old, or the table can only show the inputs", versions[0]))
	}
	var lines []Line
	for side, name := range []string{Before, After} {
		slices.Sort(picked[side])
		for _, row := range picked[side] {
			for model, run := range []string{Old, New} {
				lines = append(lines, Line{Row: int64(row + 1), ID: d.text(analysis.RoleID, row), Time: d.time(row), Side: name, Slice: slice[row],
					Frame: d.frames[int64(row+1)], Run: run, Version: versions[model], Label: d.text(analysis.RoleLabel, row)})
			}
		}
	}
	return lines
}

// frequent is the version that answered most of the rows.
func (d *drawer) frequent(rows []int) string {
	count := map[string]int{}
	for _, row := range rows {
		count[d.text(analysis.RoleVersion, row)]++
	}
	var names []string
	for name := range count {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// text is a row's value of a role, "" for none.
func (d *drawer) text(role analysis.Role, row int) string {
	if c := d.table.Role(role); c != nil && !c.Null(row) {
		return c.String(row)
	}
	return ""
}

// time is when a row was answered.
func (d *drawer) time(row int) time.Time {
	if c := d.table.Role(analysis.RoleTime); c != nil && !c.Null(row) {
		return time.Unix(0, c.Times[row]).UTC()
	}
	return time.Time{}
}
