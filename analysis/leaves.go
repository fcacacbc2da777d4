package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Leaves are the finest cells of some dimensions, in both windows:
//
//	line  camera      before      after
//	L1    cam-1      n, known…   n, known…    every slice of the dimensions is
//	L1    cam-2      n, known…   n, known…    a sum of such cells
//	L2    (null)     ...
//
// A cell is numbered in mixed radix by the keys of its values, the first
// dimension leading, so ascending numbers are ascending keys.

// Leaves counts the cells of the dimensions in both windows over the rows of
// where. Values of a text dimension are ordered by text, of a numeric one by
// size, the null last; only values that occur get a key. A dimension whose
// column is numeric and has no edges is cut at every distinct number.
//
// No dimensions give one cell with everything. Edges out of order, a column of
// times or pictures, or more than 2^63 possible cells are errors. Cost: one
// pass over the rows, and one per dimension where the cells are many.
func (t *Table) Leaves(ctx context.Context, dims []Dimension, where Where, w Windows) (Leaves, error) {
	if err := ctx.Err(); err != nil {
		return Leaves{}, err
	}
	in, err := t.selected(where)
	if err != nil {
		return Leaves{}, err
	}
	cuts := make([]cut, len(dims))
	possible := 1
	for d, dim := range dims {
		if cuts[d], err = t.cut(dim); err != nil {
			return Leaves{}, err
		}
		possible = min(possible*cuts[d].keys, mostCounts)
	}
	if possible*2*grades <= mostCounts && t.graded != nil {
		return t.countLeaves(dims, cuts, possible, in, w), nil
	}
	return t.findLeaves(dims, cuts, in, w)
}

// mostCounts bounds the counters: they must stay in the processor's cache.
const mostCounts = 1 << 17

// countLeaves counts few cells of known grades, each row with one increment.
func (t *Table) countLeaves(dims []Dimension, cuts []cut, possible int, in *selection, w Windows) Leaves {
	weights := make([][]uint32, len(cuts))
	stride := uint32(2 * grades)
	for d := len(cuts) - 1; d >= 0; d-- {
		weights[d] = make([]uint32, max(len(cuts[d].key), 1<<8))
		for code, key := range cuts[d].key {
			weights[d][code] = key * stride
		}
		stride *= uint32(cuts[d].keys)
	}
	pair := len(cuts) == 2 && cuts[0].codes.bytes != nil && cuts[1].codes.bytes != nil
	found := newCounters(possible * 2 * grades)
	numbers := make([]uint32, chunkRows)
	for side, s := range [...]span64{bounds(w.Before), bounds(w.After)} {
		t.eachChunk(in, s, whole, func(_ int, c chunk) {
			here := found.from(uint32(side * grades))
			if c.rows == nil && pair {
				here.addPairs(t.graded[c.from:c.until], cuts[0].codes.bytes[c.from:], cuts[1].codes.bytes[c.from:], weights[0], weights[1])
				return
			}
			if c.rows == nil && len(cuts) == 1 {
				here.addGrades(t.graded[c.from:c.until], c.from, cuts[0].codes, weights[0])
				return
			}
			n := numbers[:c.len()]
			t.grade(n, c)
			last := len(cuts) - 1
			for d := range max(0, last) {
				add(n, c, cuts[d].codes, weights[d])
			}
			if last >= 0 {
				here.addRows(n, c, cuts[last].codes, weights[last])
			} else {
				here.addAll(n)
			}
		})
	}
	counts := found.sums()
	return keyedLeaves(dims, cuts, func(visit func(number uint64, cell Cell)) {
		for at := 0; at < len(counts); at += 2 * grades {
			cell := Cell{Before: sumOfGrades(counts[at:]), After: sumOfGrades(counts[at+grades:])}
			if cell.Before.Rows+cell.After.Rows > 0 {
				visit(uint64(at/(2*grades)), cell)
			}
		}
	})
}

// findLeaves sums cells that are many, or whose quality is an amount: only those
// that occur get a place.
func (t *Table) findLeaves(dims []Dimension, cuts []cut, in *selection, w Windows) (Leaves, error) {
	possible := uint64(1)
	for d := range cuts {
		t.keepUsed(&cuts[d], in, w)
		n := uint64(max(1, cuts[d].keys))
		if possible > math.MaxInt64/n {
			return Leaves{}, fmt.Errorf("cut %d dimensions into cells: more combinations than can be numbered; ask for fewer", len(cuts))
		}
		possible *= n
	}
	weights := make([][]uint64, len(cuts))
	stride := uint64(1)
	for d := len(cuts) - 1; d >= 0; d-- {
		weights[d] = make([]uint64, len(cuts[d].key))
		for code, key := range cuts[d].key {
			weights[d][code] = uint64(key) * stride
		}
		stride *= uint64(max(1, cuts[d].keys))
	}
	places := newPlaces(possible)
	numbers := make([]uint64, chunkRows)
	var cells []Cell
	for side, s := range [...]span64{bounds(w.Before), bounds(w.After)} {
		t.eachChunk(in, s, whole, func(_ int, c chunk) {
			n := numbers[:c.len()]
			clear(n)
			for d := range cuts {
				add(n, c, cuts[d].codes, weights[d])
			}
			for i, number := range n {
				at := places.find(number)
				if at == len(cells) {
					cells = append(cells, Cell{})
				}
				if side == 1 {
					t.count(&cells[at].After, c.row(i))
				} else {
					t.count(&cells[at].Before, c.row(i))
				}
			}
		})
	}
	order := make([]int, len(cells))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if places.numbers[a] < places.numbers[b] {
			return -1
		}
		return 1
	})
	return keyedLeaves(dims, cuts, func(visit func(number uint64, cell Cell)) {
		for _, i := range order {
			visit(places.numbers[i], cells[i])
		}
	}), nil
}

// keyedLeaves are the cells that each visits, ascending by number, under keys that
// count only the values that occur.
func keyedLeaves(dims []Dimension, cuts []cut, each func(visit func(number uint64, cell Cell))) Leaves {
	out := Leaves{Dims: dims, Values: make([][]Condition, len(dims))}
	var keys []uint32
	each(func(number uint64, cell Cell) {
		out.Cells = append(out.Cells, cell)
		keys = append(keys, make([]uint32, len(cuts))...)
		for d, own := len(cuts)-1, keys[len(keys)-len(cuts):]; d >= 0; d-- {
			n := uint64(cuts[d].keys)
			own[d], number = uint32(number%n), number/n
		}
	})
	for d := range cuts {
		fresh := make([]uint32, cuts[d].keys)
		for at := d; at < len(keys); at += len(cuts) {
			fresh[keys[at]] = 1
		}
		for key, used := range fresh {
			if used > 0 {
				fresh[key] = uint32(len(out.Values[d]))
				out.Values[d] = append(out.Values[d], cuts[d].condition(uint32(key)))
			}
		}
		for at := d; at < len(keys); at += len(cuts) {
			keys[at] = fresh[keys[at]]
		}
	}
	for i := range out.Cells {
		out.Cells[i].Key = keys[i*len(cuts) : (i+1)*len(cuts) : (i+1)*len(cuts)]
	}
	return out
}
