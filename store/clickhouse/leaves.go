package clickhouse

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"andon/analysis"
)

// mostCells bounds what a count of leaves may bring back. The cells of eight
// columns are a few thousand; whoever asks for more asks for rows.
const mostCells = 1_000_000

// Leaves counts the cells of the dimensions in both windows; see
// [analysis.Table.Leaves]. Only cells with rows cross the wire. One pass over
// the dimensions in each window.
func (l *Log) Leaves(ctx context.Context, dims []analysis.Dimension, where analysis.Where, w analysis.Windows) (analysis.Leaves, error) {
	out := analysis.Leaves{Dims: dims, Values: make([][]analysis.Condition, len(dims))}
	keys := make([]string, len(dims))
	fields := make([]analysis.Field, len(dims))
	for i, d := range dims {
		f, c, err := l.require(d.Column)
		if err != nil {
			return analysis.Leaves{}, fmt.Errorf("cut into cells: %w", err)
		}
		if keys[i], err = key(f, c, d); err != nil {
			return analysis.Leaves{}, err
		}
		fields[i] = f
	}
	cells := map[string]*leaf{}
	for side, window := range []analysis.Window{w.Before, w.After} {
		if window.Empty() {
			continue
		}
		if err := l.cells(ctx, keys, where, window, side, cells); err != nil {
			return analysis.Leaves{}, fmt.Errorf("cut %d dimensions into cells: %w", len(dims), err)
		}
	}
	keyed(fields, dims, cells, &out)
	return out, nil
}

// leaf is a cell by what the server calls its keys.
type leaf struct {
	keys []string
	sums [2]analysis.Sum
}

// key is the SQL of a dimension's cells, as text.
func key(f analysis.Field, c Column, d analysis.Dimension) (string, error) {
	for k, e := range d.Edges {
		if math.IsNaN(e) || (k > 0 && e <= d.Edges[k-1]) {
			return "", fmt.Errorf("cut %q into cells: edge %d (%v) does not ascend", d.Column, k+1, e)
		}
	}
	switch {
	case f.Type == analysis.Number && len(d.Edges) > 0:
		return "toString(" + numberCode(c, d.Edges) + ")", nil
	case f.Type == analysis.Number:
		return "if(isNaN(" + c.number() + "), '', toString(" + c.number() + "))", nil
	case f.Type == analysis.Text && len(d.Edges) == 0:
		return c.text(), nil
	}
	return "", fmt.Errorf("cut %q into cells: a column of %ss has no such cells", d.Column, f.Type)
}

// cells asks for the sums of one window.
func (l *Log) cells(ctx context.Context, keys []string, where analysis.Where, w analysis.Window, side int, into map[string]*leaf) error {
	var columns []string
	for i, k := range keys {
		columns = append(columns, fmt.Sprintf("%s AS d%d", k, i))
	}
	a, err := l.ask(ctx, question{columns: append(columns, l.sums()...), window: w, where: where, group: len(keys),
		limit: fmt.Sprintf("LIMIT %d", mostCells+1)})
	if err != nil {
		return err
	}
	if len(a.Rows) > mostCells {
		return fmt.Errorf("more than %d cells: ask for fewer columns", mostCells)
	}
	for i := range a.Rows {
		texts := make([]string, len(keys))
		for d := range keys {
			texts[d] = a.text(i, d)
		}
		id := strings.Join(texts, "\x00")
		if into[id] == nil {
			into[id] = &leaf{keys: texts}
		}
		s := a.sum(i, len(keys))
		if s.Rows == 0 { // the one row of a count over nothing
			delete(into, id)
			continue
		}
		into[id].sums[side] = s
	}
	return nil
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
