package clickhouse

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"andon/analysis"
)

// mostCells bounds the cells of one window that come back, by whatever columns
// are asked for: eight columns of a hundred values could have as many cells as
// the table has rows. A question for more is refused, and whoever asked it asks
// for fewer columns.
const mostCells = 50_000

// Leaves counts the cells of the dimensions in both windows; see
// [analysis.Table.Leaves]. Only cells with rows cross the wire, and never more
// than mostCells of a window: then it errs with [analysis.ErrManyCells]. One
// pass over the dimensions in each window.
func (l *Log) Leaves(ctx context.Context, dims []analysis.Dimension, where analysis.Where, w analysis.Windows) (analysis.Leaves, error) {
	out := analysis.Leaves{Dims: dims, Values: make([][]analysis.Condition, len(dims))}
	fields := make([]analysis.Field, len(dims))
	for i, d := range dims {
		f, _, err := l.require(d.Column)
		if err != nil {
			return analysis.Leaves{}, fmt.Errorf("cut into cells: %w", err)
		}
		fields[i] = f
	}
	grid, err := l.grid(fields, dims, where, w)
	if err != nil {
		return analysis.Leaves{}, err
	}
	before, after, err := inBoth(ctx, w, func(ctx context.Context, w analysis.Window) (Answer, error) {
		if w.Empty() {
			return Answer{}, nil
		}
		return l.ask(ctx, question{columns: append(slices.Clone(grid.columns), l.sums(l.quality)...), window: w, where: where, group: len(grid.columns), most: mostCells})
	})
	if errors.Is(err, errManyRows) {
		return analysis.Leaves{}, l.refused(dims)
	}
	if err != nil {
		return analysis.Leaves{}, fmt.Errorf("cut %d dimensions into cells: %w", len(dims), err)
	}
	cells, late := map[string]*leaf{}, 0
	for side, a := range []Answer{before, after} {
		for i := range a.rows() {
			s := a.sum(i, len(grid.columns))
			if s.Rows == 0 { // the one row of a count over nothing
				continue
			}
			keys, ok := grid.keys(a, i)
			if !ok {
				late += s.Rows
				continue
			}
			id := strings.Join(keys, "\x00")
			if cells[id] == nil {
				cells[id] = &leaf{keys: keys}
			}
			cells[id].sums[side] = s
		}
	}
	if late > 0 {
		l.note(fmt.Sprintf("%d rows with new values came in while the table was asked: the cells are without them", late))
	}
	keyed(fields, dims, cells, &out)
	return out, nil
}

// leaf is a cell by what the server calls its keys.
type leaf struct {
	keys []string
	sums [2]analysis.Sum
}

// refused says that the dimensions have more cells than may come back.
func (l *Log) refused(dims []analysis.Dimension) error {
	names := make([]string, len(dims))
	for i, d := range dims {
		names[i] = d.Column
	}
	all := strings.Join(names, ", ")
	l.note(fmt.Sprintf("%s have more than %d cells together: they are cut without the column that tells least", all, mostCells))
	return fmt.Errorf("cut into cells by %s: more than %d: %w", all, mostCells, analysis.ErrManyCells)
}

// keyed gives each dimension's values their keys, in the order of a Table:
// texts by text, numbers by size, null last; and each cell its key.
func keyed(fields []analysis.Field, dims []analysis.Dimension, cells map[string]*leaf, out *analysis.Leaves) {
	index := make([]map[string]uint32, len(dims))
	for d := range dims {
		names := map[string]analysis.Condition{}
		for _, c := range cells {
			names[c.keys[d]] = means(fields[d], dims[d], c.keys[d])
		}
		var order []string
		for name := range names {
			order = append(order, name)
		}
		slices.SortFunc(order, func(a, b string) int { return inOrder(names[a], names[b], fields[d].Type == analysis.Number) })
		index[d] = map[string]uint32{}
		for k, name := range order {
			index[d][name] = uint32(k)
			out.Values[d] = append(out.Values[d], names[name])
		}
	}
	for _, c := range cells {
		cell := analysis.Cell{Key: make([]uint32, len(dims)), Before: c.sums[0], After: c.sums[1]}
		for d := range dims {
			cell.Key[d] = index[d][c.keys[d]]
		}
		out.Cells = append(out.Cells, cell)
	}
	slices.SortFunc(out.Cells, func(a, b analysis.Cell) int { return slices.Compare(a.Key, b.Key) })
}

// means is the condition that a key of the server's stands for.
func means(f analysis.Field, d analysis.Dimension, key string) analysis.Condition {
	missing := analysis.Condition{Column: f.Name, Op: analysis.Missing}
	if key == "" {
		return missing
	}
	if f.Type != analysis.Number {
		return analysis.Is(f.Name, key)
	}
	if len(d.Edges) == 0 {
		v, _ := strconv.ParseFloat(key, 64)
		return analysis.Is(f.Name, analysis.FormatNumber(v))
	}
	k, _ := strconv.Atoi(key)
	if k > len(d.Edges) {
		return missing
	}
	c := analysis.Condition{Column: f.Name, Op: analysis.In, Lo: math.Inf(-1), Hi: math.Inf(1)}
	if k > 0 {
		c.Lo = d.Edges[k-1]
	}
	if k < len(d.Edges) {
		c.Hi = d.Edges[k]
	}
	return c
}

// inOrder compares two values of one dimension.
func inOrder(a, b analysis.Condition, numeric bool) int {
	missing := func(c analysis.Condition) int {
		if c.Op == analysis.Missing {
			return 1
		}
		return 0
	}
	if numeric && a.Op == analysis.Equal && b.Op == analysis.Equal {
		x, _ := strconv.ParseFloat(a.Value, 64)
		y, _ := strconv.ParseFloat(b.Value, 64)
		return cmp.Compare(x, y)
	}
	return cmp.Or(cmp.Compare(missing(a), missing(b)), cmp.Compare(a.Lo, b.Lo), cmp.Compare(a.Value, b.Value))
}
