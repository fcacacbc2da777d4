package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// cut is a column as one dimension of a count. What it is cut into is asked
// once a code, never once a row:
//
//	code       1 "L2"   2 "L1"   0 null
//	key[code]     1        0       2         in the order of the values
type cut struct {
	codes     coded
	key       []uint32 // by code
	keys      int
	condition func(key uint32) Condition // what a key stands for
}

// cut numbers a dimension's values.
func (t *Table) cut(dim Dimension) (cut, error) {
	c, err := t.require(dim.Column)
	if err != nil {
		return cut{}, fmt.Errorf("cut into cells: %w", err)
	}
	for k, e := range dim.Edges {
		if math.IsNaN(e) || (k > 0 && e <= dim.Edges[k-1]) {
			return cut{}, fmt.Errorf("cut %q into cells: edge %d (%v) does not ascend", dim.Column, k+1, e)
		}
	}
	switch {
	case c.Type == Number && len(dim.Edges) > 0:
		return rangeCut(c, dim.Edges), nil
	case c.Type == Number:
		return numberCut(c), nil
	case c.Type == Text && len(dim.Edges) == 0:
		return textCut(c), nil
	}
	return cut{}, fmt.Errorf("cut %q into cells: a column of %ss has no such cells", dim.Column, c.Type)
}

// textCut has the dictionary in the order of its texts; null is last.
func textCut(c *Column) cut {
	order := make([]uint32, len(c.Dict))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(c.Dict[a], c.Dict[b]) })
	out := cut{key: make([]uint32, len(c.Dict)+1), keys: len(c.Dict) + 1}
	out.codes, _ = c.coded()
	for k, i := range order {
		out.key[i+1] = uint32(k)
	}
	out.key[0] = uint32(len(order))
	out.condition = func(key uint32) Condition {
		if int(key) == len(order) {
			return Condition{Column: c.Name, Op: Missing}
		}
		return Is(c.Name, c.Dict[order[key]])
	}
	return out
}

// rangeCut has the cells between the edges from below; null is last.
func rangeCut(c *Column, edges []float64) cut {
	null := uint32(len(edges) + 1)
	out := cut{keys: len(edges) + 2}
	cell := func(v float64) uint32 {
		if v != v {
			return null
		}
		return uint32(cellAt(edges, v))
	}
	if codes, ok := c.coded(); ok {
		out.codes, out.key = codes, make([]uint32, codes.size)
		for code, v := range c.Compact.Values {
			out.key[code] = cell(v)
		}
	} else {
		out.codes = coded{longs: make([]uint32, len(c.Numbers)), size: out.keys}
		for i, v := range c.Numbers {
			out.codes.longs[i] = cell(v)
		}
		out.key = identity(out.keys)
	}
	out.condition = func(key uint32) Condition {
		if key == null {
			return Condition{Column: c.Name, Op: Missing}
		}
		at := Condition{Column: c.Name, Op: In, Lo: math.Inf(-1), Hi: math.Inf(1)}
		if key > 0 {
			at.Lo = edges[key-1]
		}
		if int(key) < len(edges) {
			at.Hi = edges[key]
		}
		return at
	}
	return out
}

// numberCut has the distinct numbers from below; null is last.
func numberCut(c *Column) cut {
	var out cut
	var values []float64 // behind the null that is code 0
	if codes, ok := c.coded(); ok {
		out.codes, values = codes, c.Compact.Values
	} else {
		out.codes, values = distinctCodes(c.Numbers)
	}
	null := uint32(len(values) - 1)
	out.key, out.keys = identity(len(values)), len(values)
	for code := range out.key {
		out.key[code]--
	}
	out.key[0] = null
	out.condition = func(key uint32) Condition {
		if key == null {
			return Condition{Column: c.Name, Op: Missing}
		}
		return Is(c.Name, FormatNumber(values[key+1]))
	}
	return out
}

// distinctCodes numbers distinct numbers ascending from 1; 0 is NaN.
func distinctCodes(numbers []float64) (coded, []float64) {
	code := map[float64]uint32{}
	for _, v := range numbers {
		if v == v {
			code[v] = 0
		}
	}
	values := make([]float64, 0, len(code)+1)
	values = append(values, math.NaN())
	for v := range code {
		values = append(values, v)
	}
	slices.Sort(values[1:])
	for k, v := range values[1:] {
		code[v] = uint32(k + 1)
	}
	codes := coded{longs: make([]uint32, len(numbers)), size: len(values)}
	for i, v := range numbers {
		if v == v {
			codes.longs[i] = code[v]
		}
	}
	return codes, values
}

// identity is 0..n-1.
func identity(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}

// keepUsed numbers only the keys that occur in either window.
func (t *Table) keepUsed(c *cut, in *selection, w Windows) {
	used := make([]bool, c.codes.size)
	for _, s := range [...]span64{bounds(w.Before), bounds(w.After)} {
		t.eachChunk(in, s, whole, func(_ int, rows chunk) { mark(used, rows, c.codes) })
	}
	fresh := make([]uint32, c.keys)
	for code, in := range used {
		if in {
			fresh[c.key[code]] = 1
		}
	}
	var kept []uint32
	for key, in := range fresh {
		if in > 0 {
			fresh[key] = uint32(len(kept))
			kept = append(kept, uint32(key))
		}
	}
	renumbered := make([]uint32, len(c.key))
	for code, key := range c.key {
		renumbered[code] = fresh[key]
	}
	condition := c.condition
	c.key, c.keys = renumbered, len(kept)
	c.condition = func(key uint32) Condition { return condition(kept[key]) }
}

// mark notes which codes the rows have.
func mark(used []bool, c chunk, codes coded) {
	switch {
	case codes.bytes != nil:
		markCodes(used, c, codes.bytes)
	case codes.words != nil:
		markCodes(used, c, codes.words)
	default:
		markCodes(used, c, codes.longs)
	}
}

func markCodes[C code](used []bool, c chunk, codes []C) {
	if c.rows == nil {
		for _, k := range codes[c.from:c.until] {
			used[k] = true
		}
		return
	}
	for _, row := range c.rows {
		used[codes[row]] = true
	}
}
