package version

import (
	"context"
	"fmt"
	"slices"
	"time"

	"andon/analysis"
)

// Report is all that the log tells of its versions: their line, each against
// the one before it on the same traffic, the rollouts that came in stages, and
// each version in each slice of some columns.
type Report struct {
	Lineage     []Reign
	Comparisons []Comparison
	Rollouts    []Rollout
	Grids       []Grid
}

const (
	mostPairs = 6                  // comparisons: the latest
	reach     = 7 * 24 * time.Hour // before and after a version's first row that a rollout is looked at
	mostGrids = 3
)

// Study looks at the versions of a log over the rows of where; by are the
// columns whose slices are told, at most three, the first columns of few values
// where none is given. events are the changes on record. A log without a
// version column has an empty Report. Cost: some passes a version.
func Study(ctx context.Context, t *analysis.Table, w analysis.Windows, where analysis.Where, by []string, events []analysis.Event) (Report, error) {
	var r Report
	column := t.Role(analysis.RoleVersion)
	if column == nil {
		return r, nil
	}
	var err error
	if r.Lineage, err = Lineage(ctx, t, column.Name, where, events); err != nil {
		return r, fmt.Errorf("follow the versions: %w", err)
	}
	for k := max(1, len(r.Lineage)-mostPairs); k < len(r.Lineage); k++ {
		older, newer := r.Lineage[k-1], r.Lineage[k]
		c, err := Compare(ctx, t, column.Name, older.Value, newer.Value, t.Span(), where)
		if err != nil {
			return r, err
		}
		r.Comparisons = append(r.Comparisons, c)
		stage, err := Staged(ctx, t, column.Name, newer.Value, around(t.Span(), r.Lineage, k), where)
		if err != nil {
			return r, err
		}
		if stage != nil {
			r.Rollouts = append(r.Rollouts, *stage)
		}
	}
	r.Grids, err = grids(ctx, t, column.Name, w, where, by)
	return r, err
}

// around are the days before version k came and those from then until it had
// taken over, as far as no other one came in between: once everybody has it,
// nobody is left to compare with.
func around(span analysis.Window, line []Reign, k int) analysis.Windows {
	came := line[k].First
	w := analysis.Windows{Before: analysis.Window{From: came.Add(-reach), To: came}, After: analysis.Window{From: came, To: came.Add(reach)}}
	if prior := line[k-1].First; prior.After(w.Before.From) {
		w.Before.From = prior
	}
	if k+1 < len(line) && line[k+1].First.Before(w.After.To) {
		w.After.To = line[k+1].First
	}
	if takes := line[k].Takes; takes > 0 && came.Add(takes).Before(w.After.To) {
		w.After.To = came.Add(takes)
	}
	if span.To.Before(w.After.To) {
		w.After.To = span.To
	}
	return w
}

// Grid is every version in every value of a column, before and after:
//
//	           3.4.1          3.5.0
//	line=L1    0.93 of 900    0.92 of 310
//	line=L2    0.93 of 880    0.42 of 350
//
// Cells are [value][version]; a cell without known rows was not met.
type Grid struct {
	By       string
	Values   []analysis.Condition
	Versions []analysis.Condition
	Cells    [][][2]analysis.Sum
}

// grids tells the versions apart by columns.
func grids(ctx context.Context, t *analysis.Table, column string, w analysis.Windows, where analysis.Where, by []string) ([]Grid, error) {
	if by = slices.DeleteFunc(slices.Clone(by), func(name string) bool {
		c := t.Column(name)
		return c == nil || c.Type != analysis.Text || name == column
	}); len(by) == 0 {
		by = few(t, column)
	}
	var out []Grid
	for _, name := range by[:min(mostGrids, len(by))] {
		leaves, err := t.Leaves(ctx, []analysis.Dimension{{Column: name}, {Column: column}}, where, w)
		if err != nil {
			return nil, fmt.Errorf("tell versions by %s: %w", name, err)
		}
		out = append(out, gridOf(name, leaves))
	}
	return out, nil
}

// few are the dimensions of at most a dozen values, in the order of the file.
func few(t *analysis.Table, column string) []string {
	var names []string
	for _, f := range t.Fields() {
		if c := t.Column(f.Name); f.Name != column && f.Role == analysis.RoleDimension && c.Type == analysis.Text && len(c.Dict) > 1 && len(c.Dict) <= 12 {
			names = append(names, f.Name)
		}
	}
	return names
}

func gridOf(by string, leaves analysis.Leaves) Grid {
	g := Grid{By: by, Values: leaves.Values[0], Versions: leaves.Values[1], Cells: make([][][2]analysis.Sum, len(leaves.Values[0]))}
	for k := range g.Cells {
		g.Cells[k] = make([][2]analysis.Sum, len(g.Versions))
	}
	for _, c := range leaves.Cells {
		g.Cells[c.Key[0]][c.Key[1]] = [2]analysis.Sum{c.Before, c.After}
	}
	return g
}
