package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Leaves are the finest cells of some dimensions, in both windows:
//
//	line  camera      before      after
//	L1    cam-1      n, known…   n, known…    every slice of the dimensions is
//	L1    cam-2      n, known…   n, known…    a sum of such cells
//	L2    (null)     ...

// Leaves counts the cells of the dimensions in both windows over the rows of
// where. Values of a text dimension are ordered by text, of a numeric one by
// size, the null last; only values that occur get a key. A dimension whose
// column is numeric and has no edges is cut at every distinct number.
//
// No dimensions give one cell with everything. Edges out of order, a column of
// times or pictures, or more than 2^63 possible cells are errors. Cost: one
// pass per dimension and one over the rows.
func (t *Table) Leaves(ctx context.Context, dims []Dimension, where Where, w Windows) (Leaves, error) {
	if err := ctx.Err(); err != nil {
		return Leaves{}, err
	}
	mask, err := t.Match(where)
	if err != nil {
		return Leaves{}, err
	}
	if counted, ok := t.textLeaves(dims, mask, w); ok {
		return counted, nil
	}
	out := Leaves{Dims: dims, Values: make([][]Condition, len(dims))}
	keys := make([][]uint32, len(dims))
	for d, dim := range dims {
		if keys[d], out.Values[d], err = t.keys(dim, mask, w); err != nil {
			return Leaves{}, err
		}
	}
	out.Cells, err = t.cells(keys, out.Values, mask, w)
	return out, err
}

// keys numbers a dimension's values: per row its key, per key its condition.
func (t *Table) keys(dim Dimension, mask Mask, w Windows) ([]uint32, []Condition, error) {
	c, err := t.require(dim.Column)
	if err != nil {
		return nil, nil, fmt.Errorf("cut into cells: %w", err)
	}
	for k, e := range dim.Edges {
		if math.IsNaN(e) || (k > 0 && e <= dim.Edges[k-1]) {
			return nil, nil, fmt.Errorf("cut %q into cells: edge %d (%v) does not ascend", dim.Column, k+1, e)
		}
	}
	var raw []uint32
	var conditions []Condition
	switch {
	case c.Type == Number && len(dim.Edges) > 0:
		raw, conditions = rangeKeys(c, dim.Edges)
	case c.Type == Number:
		raw, conditions = numberKeys(c)
	case c.Type == Text && len(dim.Edges) == 0:
		raw, conditions = textKeys(c)
	default:
		return nil, nil, fmt.Errorf("cut %q into cells: a column of %ss has no such cells", dim.Column, c.Type)
	}
	raw, conditions = t.present(raw, conditions, mask, w)
	return raw, conditions, nil
}

// textKeys numbers the dictionary in the order of its texts; null is last.
func textKeys(c *Column) ([]uint32, []Condition) {
	key, conditions := textOrder(c)
	out := make([]uint32, len(c.Codes))
	for i, code := range c.Codes {
		out[i] = key[code]
	}
	return out, conditions
}

// textOrder is the key of every code, and every key's condition.
func textOrder(c *Column) (key []uint32, conditions []Condition) {
	order := make([]uint32, len(c.Dict))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(c.Dict[a], c.Dict[b]) })
	conditions = make([]Condition, 0, len(c.Dict)+1)
	key = make([]uint32, len(c.Dict)+1)
	for k, i := range order {
		key[i+1] = uint32(k)
		conditions = append(conditions, Is(c.Name, c.Dict[i]))
	}
	key[0] = uint32(len(conditions))
	return key, append(conditions, Condition{Column: c.Name, Op: Missing})
}

// rangeKeys numbers the cells between the edges from below; null is last.
func rangeKeys(c *Column, edges []float64) ([]uint32, []Condition) {
	conditions := make([]Condition, 0, len(edges)+2)
	lo := math.Inf(-1)
	for _, hi := range append(slices.Clone(edges), math.Inf(1)) {
		conditions = append(conditions, Condition{Column: c.Name, Op: In, Lo: lo, Hi: hi})
		lo = hi
	}
	null := uint32(len(conditions))
	conditions = append(conditions, Condition{Column: c.Name, Op: Missing})
	out := make([]uint32, len(c.Numbers))
	for i, v := range c.Numbers {
		if v != v {
			out[i] = null
			continue
		}
		out[i] = uint32(cellAt(edges, v))
	}
	return out, conditions
}

// numberKeys numbers the distinct numbers from below; null is last.
func numberKeys(c *Column) ([]uint32, []Condition) {
	key := map[float64]uint32{}
	for _, v := range c.Numbers {
		if v == v {
			key[v] = 0
		}
	}
	values := make([]float64, 0, len(key))
	for v := range key {
		values = append(values, v)
	}
	slices.Sort(values)
	conditions := make([]Condition, 0, len(values)+1)
	for k, v := range values {
		key[v] = uint32(k)
		conditions = append(conditions, Is(c.Name, FormatNumber(v)))
	}
	null := uint32(len(conditions))
	conditions = append(conditions, Condition{Column: c.Name, Op: Missing})
	out := make([]uint32, len(c.Numbers))
	for i, v := range c.Numbers {
		if out[i] = null; v == v {
			out[i] = key[v]
		}
	}
	return out, conditions
}

// present keeps the keys that occur in either window and renumbers them in
// order, in place.
func (t *Table) present(raw []uint32, conditions []Condition, mask Mask, w Windows) ([]uint32, []Condition) {
	used := make([]bool, len(conditions))
	t.eachIn(mask, w, func(i int, _ bool) { used[raw[i]] = true })
	renumber := make([]uint32, len(conditions))
	var kept []Condition
	for k, in := range used {
		if in {
			renumber[k] = uint32(len(kept))
			kept = append(kept, conditions[k])
		}
	}
	for i, k := range raw {
		raw[i] = renumber[k]
	}
	return raw, kept
}

// dense is the number of possible cells up to which a plain array finds them.
const dense = 1 << 20

// cells sums the rows of both windows per combination of keys. A combination
// is numbered in mixed radix with the first dimension leading, so ascending
// numbers are ascending keys.
func (t *Table) cells(keys [][]uint32, values [][]Condition, mask Mask, w Windows) ([]Cell, error) {
	possible := uint64(1)
	for d := range keys {
		n := uint64(max(1, len(values[d])))
		if possible > math.MaxInt64/n {
			return nil, fmt.Errorf("cut %d dimensions into cells: more combinations than can be numbered; ask for fewer", len(keys))
		}
		possible *= n
	}
	find := finder(possible)
	var numbers []uint64
	var cells []Cell
	t.eachIn(mask, w, func(i int, isAfter bool) {
		number := uint64(0)
		for d := range keys {
			number = number*uint64(len(values[d])) + uint64(keys[d][i])
		}
		at := find(number, len(cells))
		if at == len(cells) {
			cells = append(cells, Cell{})
			numbers = append(numbers, number)
		}
		if isAfter {
			t.count(&cells[at].After, i)
		} else {
			t.count(&cells[at].Before, i)
		}
	})
	return inOrder(cells, numbers, values), nil
}

// finder looks a cell's number up, giving an unknown one the next free place.
func finder(possible uint64) func(number uint64, next int) int {
	if possible <= dense {
		places := make([]int32, possible)
		return func(number uint64, next int) int {
			if places[number] == 0 {
				places[number] = int32(next + 1)
			}
			return int(places[number]) - 1
		}
	}
	places := map[uint64]int{}
	return func(number uint64, next int) int {
		at, ok := places[number]
		if !ok {
			at, places[number] = next, next
		}
		return at
	}
}

// inOrder sorts cells by number and writes each number back as its keys.
func inOrder(cells []Cell, numbers []uint64, values [][]Condition) []Cell {
	order := make([]int, len(cells))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if numbers[a] < numbers[b] {
			return -1
		}
		return 1
	})
	keys := make([]uint32, len(cells)*len(values))
	sorted := make([]Cell, len(cells))
	for to, from := range order {
		sorted[to] = cells[from]
		key := keys[to*len(values) : (to+1)*len(values) : (to+1)*len(values)]
		number := numbers[from]
		for d := len(values) - 1; d >= 0; d-- {
			n := uint64(len(values[d]))
			key[d], number = uint32(number%n), number/n
		}
		sorted[to].Key = key
	}
	return sorted
}
