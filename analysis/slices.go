package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// Which rows are guilty? Columns become dimensions, the log counts their
// leaves, and the search of [LocateLeaves] names the slices:
//
//	columns ──profile──▶ dimensions ──leaves──▶ cells ──scan──▶ slices
//	          text: its values      the 8 that
//	          number: one range     tell most

// Limits on what a slice may be made of.
const (
	sliceDepth   = 2 // conditions searched at once; see describer.narrower for a third
	sliceDims    = 8 // dimensions whose leaves are counted together
	sliceValues  = 1000
	sliceMissing = .5 // share of the rows of known quality without a value from which a column is left out
)

// A range of a number, or anything Andon computed itself, must be clearly more
// surprising than a logged value to stand before it: when gloves turn black at
// one line, "line=L2" says it better than the brightness that follows.
const (
	rangeHandicap   = .8
	derivedHandicap = .7
)

// sliceable reports whether a column can describe guilty rows: a state of the
// world or of the model. What the model answered, how long it took and whether
// it failed are symptoms of the rows, not their description.
func sliceable(f Field) bool {
	switch f.Role {
	case RoleDimension, RoleModel, RoleVersion, RoleReviewer:
		return f.Type == Text || f.Type == Number
	case RoleFeature:
		return f.Type == Number || f.Type == Text
	}
	return f.Derived() && f.Type == Number
}

// Slices finds the slices of up to two conditions that explain why quality got
// worse from w.Before to w.After over the rows of where. Accepted ones come
// first, the first being the shortest description of the guilty rows; then
// alternatives that are not beyond chance or say the same.
//
// Text columns offer their values, numbers one range each, chosen where it
// tells most and charged for the choice. Columns with an unknown quality in
// both windows, or none to search, give an empty result. An error comes from
// the log only. Cost: a profile per column, one count of leaves, and
// LocateLeaves. Source: methods 3.1.
func Slices(ctx context.Context, log Log, w Windows, where Where) ([]SliceScore, error) {
	fixed := map[string]bool{}
	for _, c := range where {
		fixed[c.Column] = true
	}
	var axes []sliceAxis
	deff := 1.0
	for _, f := range log.Fields() {
		if !sliceable(f) || fixed[f.Name] {
			continue
		}
		p, err := log.Profile(ctx, f.Name, where, w)
		if err != nil {
			return nil, fmt.Errorf("search slices by %q: %w", f.Name, err)
		}
		if len(axes) == 0 {
			deff = designEffect(p, log.Measure().Scale)
		}
		if axis, ok := newSliceAxis(p, log.Measure()); ok {
			axes = append(axes, axis)
		}
	}
	axes = tellingAxes(axes)
	if len(axes) == 0 {
		return nil, nil
	}
	axes, leaves, err := countLeaves(ctx, log, axes, where, w)
	if err != nil {
		return nil, fmt.Errorf("count the leaves of %d columns: %w", len(axes), err)
	}
	search := Search{Scale: log.Measure().Scale, LowerBetter: log.Measure().LowerBetter, Depth: sliceDepth, Deff: deff}
	for _, a := range axes {
		search.Handicap = append(search.Handicap, a.handicap)
		search.Tried += a.tried
	}
	return LocateLeaves(leaves, search), nil
}

// sliceAxis is a column as one dimension of the search.
type sliceAxis struct {
	dim      Dimension
	handicap float64
	tried    int     // ranges that were looked at to choose this one
	surprise float64 // of its best single slice
	order    int
}

// newSliceAxis is false for a column that cannot describe slices: one value
// only, too many, or mostly missing.
func newSliceAxis(p Profile, m Measure) (sliceAxis, bool) {
	cells := singleCells(p)
	var rows, missing int
	for i, c := range cells {
		n := c.Before.Known + c.After.Known // a reviewer stands on labelled rows only
		rows += n
		if p.Bins[i].Null {
			missing += n
		}
	}
	if len(cells) < 2 || len(cells) > sliceValues || float64(missing) > sliceMissing*float64(rows) {
		return sliceAxis{}, false
	}
	axis := sliceAxis{dim: Dimension{Column: p.Field.Name}, handicap: 1}
	if p.Field.Derived() {
		axis.handicap = derivedHandicap
	} else if p.Field.Type == Number {
		axis.handicap = rangeHandicap
	}
	single := Leaves{Dims: []Dimension{axis.dim}, Values: [][]Condition{make([]Condition, len(cells))}, Cells: cells}
	table := newLeafTable(single, m.Scale, m.LowerBetter)
	rule := lawOf(m.Scale, single)
	table.expect(rule)
	if p.Field.Type == Number {
		return axis.cut(p, table, rule)
	}
	for i := range cells {
		axis.surprise = max(axis.surprise, rule.surprise(table.leaves[i], table.total.sub(table.leaves[i])))
	}
	return axis, true
}

// cut gives a numeric axis the edges of its most surprising range, and false
// where no range got worse.
func (a sliceAxis) cut(p Profile, table *leafTable, rule law) (sliceAxis, bool) {
	lo, hi := math.NaN(), math.NaN()
	for i := range table.leaves {
		var in tally
		for j := i; j < len(table.leaves) && !p.Bins[j].Null; j++ {
			in = in.add(table.leaves[j])
			a.tried++
			if s := rule.surprise(in, table.total.sub(in)); s > a.surprise*surer {
				a.surprise, lo, hi = s, p.Bins[i].Lo, p.Bins[j].Hi
			}
		}
	}
	for _, edge := range []float64{lo, hi} {
		if !math.IsInf(edge, 0) && !math.IsNaN(edge) {
			a.dim.Edges = append(a.dim.Edges, edge)
		}
	}
	return a, len(a.dim.Edges) > 0
}

// singleCells are a profile's bins as cells of one dimension.
func singleCells(p Profile) []Cell {
	cells := make([]Cell, len(p.Bins))
	for i := range cells {
		cells[i].Key = []uint32{uint32(i)}
	}
	for _, b := range p.Before {
		for i, s := range b.Bins {
			cells[i].Before = cells[i].Before.Add(s)
		}
	}
	for _, b := range p.After {
		for i, s := range b.Bins {
			cells[i].After = cells[i].After.Add(s)
		}
	}
	return cells
}

// tellingAxes are the axes whose best single slice is most surprising, at most
// sliceDims of them, in the order of the file.
func tellingAxes(axes []sliceAxis) []sliceAxis {
	for i := range axes {
		axes[i].order = i
	}
	slices.SortStableFunc(axes, func(a, b sliceAxis) int {
		return cmp.Compare(b.surprise*b.handicap, a.surprise*a.handicap)
	})
	axes = axes[:min(len(axes), sliceDims)]
	slices.SortFunc(axes, func(a, b sliceAxis) int { return cmp.Compare(a.order, b.order) })
	return axes
}

// designEffect is how much more quality varies between the blocks of Before
// than independent rows would, times of day compared with their like:
//
//	Σ(ȳ_b - ȳ_phase)²·n_b / df  over  the variance of one row
//
// At least 1; 1 where fewer than eight blocks tell.
func designEffect(p Profile, scale Scale) float64 {
	type cell struct{ blocks, n, sum, squares float64 }
	phases := map[time.Duration]*cell{}
	var all Sum
	for _, b := range p.Before {
		var s Sum
		for _, bin := range b.Bins {
			s = s.Add(bin)
		}
		if s.Known == 0 {
			continue
		}
		all = all.Add(s)
		phase := b.Start.Sub(b.Start.Truncate(24 * time.Hour)).Truncate(dayPhase)
		c := phases[phase]
		if c == nil {
			c = &cell{}
			phases[phase] = c
		}
		c.blocks++
		c.n += float64(s.Known)
		c.sum += s.Good
		c.squares += s.Good * s.Good / float64(s.Known)
	}
	var between, df float64
	for _, c := range phases {
		between += c.squares - c.sum*c.sum/c.n
		df += c.blocks - 1
	}
	row := all.Mean() * (1 - all.Mean())
	if scale == Amount {
		row = all.Variance()
	}
	if df < 8 || row <= 0 {
		return 1
	}
	return max(1, between/df/row)
}

// dayPhase is the length of the times of day that are compared with their like.
const dayPhase = 3 * time.Hour
