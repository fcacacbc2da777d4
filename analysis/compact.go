package analysis

import (
	"bytes"
	"sync"
	"weak"
)

// Compact is a Text or Number column at one or two bytes a row, which is how a
// Table keeps what comes from an incident file:
//
//	row      1     2     3     4
//	code     18    18    0     19            a value is looked at once a code,
//	Values   null  0.0   0.1 … 1.7  1.8      a row is a load and a look-up
//
// Code 0 is null. Of a text, code c is Dict[c-1]; of a number it is Values[c],
// ascending from Values[1] on, and Values[0] is NaN. One of Bytes and Words has
// the rows, and every code lies within Dict or Values.
type Compact struct {
	Bytes  []uint8
	Words  []uint16
	Values []float64
}

// coded is the view of a column by the codes of its rows, which are below size.
// One of the slices has them.
type coded struct {
	bytes []uint8
	words []uint16
	longs []uint32
	size  int
}

// coded is false for a column whose rows are values and not codes.
func (c *Column) coded() (coded, bool) {
	size := len(c.Dict) + 1
	switch {
	case c.Compact != nil && c.Type == Number:
		return coded{bytes: c.Compact.Bytes, words: c.Compact.Words, size: len(c.Compact.Values)}, true
	case c.Compact != nil:
		return coded{bytes: c.Compact.Bytes, words: c.Compact.Words, size: size}, true
	case c.Type == Text:
		return coded{longs: c.Codes, size: size}, true
	}
	return coded{}, false
}

// part is the view of rows from..until-1.
func (c coded) part(from, until int) coded {
	switch {
	case c.bytes != nil:
		c.bytes = c.bytes[from:until]
	case c.words != nil:
		c.words = c.words[from:until]
	default:
		c.longs = c.longs[from:until]
	}
	return c
}

func (c coded) len() int { return len(c.bytes) + len(c.words) + len(c.longs) }

func (c coded) at(i int) uint32 {
	switch {
	case c.bytes != nil:
		return uint32(c.bytes[i])
	case c.words != nil:
		return uint32(c.words[i])
	}
	return c.longs[i]
}

// full reports whether it is plain that no row is null.
func (c *Column) full() bool {
	return c.Compact != nil && c.Compact.Bytes != nil && bytes.IndexByte(c.Compact.Bytes, 0) < 0
}

// lookUp puts into out, for each row, what table has for its code.
func lookUp[T any](out []T, c coded, table []T) []T {
	switch {
	case c.bytes != nil:
		lookUpCodes(out, c.bytes, table)
	case c.words != nil:
		lookUpCodes(out, c.words, table)
	default:
		lookUpCodes(out, c.longs, table)
	}
	return out
}

// code is what a row's code may be kept in.
type code interface{ uint8 | uint16 | uint32 }

func lookUpCodes[T any, C code](out []T, codes []C, table []T) {
	for i, k := range codes {
		out[i] = table[k]
	}
}

// wide is the column with a Codes or Numbers of its own.
func (c *Column) wide() *Column {
	if c.Compact == nil {
		return c
	}
	codes, _ := c.coded()
	out := *c
	out.Compact = nil
	if c.Type == Number {
		out.Numbers = lookUp(make([]float64, codes.len()), codes, c.Compact.Values)
		return &out
	}
	same := make([]uint32, codes.size)
	for k := range same {
		same[k] = uint32(k)
	}
	out.Codes = lookUp(make([]uint32, codes.len()), codes, same)
	return &out
}

// widened keeps the wide form of compact columns for as long as anybody holds
// it: most questions are answered without.
type widened struct {
	sync.Mutex
	columns map[int]weak.Pointer[Column]
}

// wide is column i with its Codes or Numbers.
func (t *Table) wide(i int) *Column {
	c := &t.columns[i]
	if c.Compact == nil {
		return c
	}
	t.widened.Lock()
	defer t.widened.Unlock()
	if held := t.widened.columns[i].Value(); held != nil {
		return held
	}
	out := c.wide()
	t.widened.columns[i] = weak.Make(out)
	return out
}
