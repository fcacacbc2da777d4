package store

import (
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"andon/analysis"
	"andon/store/segment"
)

// tail is the last segment of one column, still filling up. It may be shorter
// than the rows of the segment: what is missing at its end is null, so a
// column that a source does not have costs nothing.
//
//	first ─┬─ row ─┬─ row ─┬─ ... ─┬─ len() ┄┄┄┄ rows of the segment ┄┄┄┄ 65,536
//	       └ values ───────────────┘ nulls, not kept
type tail struct {
	column *column
	values analysis.Column
	local  bool // the codes are of values.Dict, not of the column's dictionary
	bulky  bool // too much text: the segment says to read the rows
	bytes  int  // of text in values.Dict
	dirty  bool // differs from what is stored
}

// newTail is an empty tail.
func newTail(col *column) *tail {
	return &tail{column: col, values: analysis.Column{Field: col.Field}, local: col.dict == nil}
}

// restart empties the tail for the next segment and keeps its room.
func (t *tail) restart() {
	t.values.Numbers, t.values.Times, t.values.Codes = t.values.Numbers[:0], t.values.Times[:0], t.values.Codes[:0]
	t.values.Dict = nil
	t.local, t.bulky, t.bytes, t.dirty = t.column.dict == nil, false, 0, false
}

// extend puts rows of c, whose type is the column's, behind row at of the
// segment.
func (t *tail) extend(c analysis.Column, at int) {
	t.dirty = true
	if t.bulky {
		return
	}
	pad(&t.values, at)
	t.grow(c.Len())
	switch c.Type {
	case analysis.Number:
		for _, v := range c.Numbers {
			t.values.Numbers = append(t.values.Numbers, v+0) // -0 and 0 are one number
		}
	case analysis.Time:
		t.values.Times = append(t.values.Times, c.Times...)
	default:
		t.extendText(&c)
	}
}

// grow makes room for the rows of a whole segment at once where many come.
func (t *tail) grow(rows int) {
	if rows < segment.Rows/16 {
		return
	}
	switch t.values.Type {
	case analysis.Number:
		t.values.Numbers = slices.Grow(t.values.Numbers, segment.Rows-len(t.values.Numbers))
	case analysis.Time:
		t.values.Times = slices.Grow(t.values.Times, segment.Rows-len(t.values.Times))
	default:
		t.values.Codes = slices.Grow(t.values.Codes, segment.Rows-len(t.values.Codes))
	}
}

func (t *tail) extendText(c *analysis.Column) {
	if !t.local {
		if shared, ok := t.column.dict.translate(c); ok {
			for _, code := range c.Codes {
				t.values.Codes = append(t.values.Codes, shared[code])
			}
			return
		}
		// From here on the segment has words of its own; those so far are the
		// dictionary's.
		t.local = true
		t.values.Dict = append([]string(nil), t.column.dict.values...)
	}
	shift := uint32(len(t.values.Dict))
	for _, word := range c.Dict {
		t.bytes += len(word)
	}
	t.values.Dict = append(t.values.Dict, c.Dict...)
	for _, code := range c.Codes {
		if code != 0 {
			code += shift
		}
		t.values.Codes = append(t.values.Codes, code)
	}
	if t.bytes > segment.MaxText {
		t.bulky = true
		t.values = analysis.Column{Field: t.column.Field}
	}
}

// encode writes the tail as a segment of rows rows, or nil where it holds
// nothing but nulls.
func (t *tail) encode(rows int) (*stored, error) {
	if t.bulky {
		return &stored{rows: rows, data: segment.Absent(rows)}, nil
	}
	return encodeColumn(&t.values, !t.local)
}

// encodeTails encodes tails as segments of rows rows each, on all processors.
func encodeTails(tails []*tail, rows int64) ([]*stored, error) {
	segments, errs := make([]*stored, len(tails)), make([]error, len(tails))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(tails)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(tails); i = int(next.Add(1)) - 1 {
				segments[i], errs[i] = tails[i].encode(int(rows))
			}
		})
	}
	group.Wait()
	return segments, errors.Join(errs...)
}
