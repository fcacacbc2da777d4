package analysis

import (
	"math"
	"strings"
)

// Builder grows a Column value by value. The zero Builder is not usable; see
// NewBuilder. It is what importers fill and what decoders of segments append
// to; Column returns what was built so far and Reset starts the next batch.
//
// A text greater than all before it must be new, so while they come in order,
// as ids and counters do, nothing is looked up: the index is made at the first
// text that is out of order.
type Builder struct {
	column Column
	rows   int
	index  map[string]uint32 // of the texts; empty while they ascend
	loose  bool              // they do not ascend any more
	recent [256]uint32       // the last code of each hash, 0 for none: see lately
	room   strings.Builder   // the bytes of many texts together
}

// NewBuilder returns an empty builder of the field's type.
func NewBuilder(f Field) *Builder {
	return &Builder{column: Column{Field: f}, index: map[string]uint32{}}
}

// Text appends s to a Text column.
func (b *Builder) Text(s string) {
	if b.ascends(s) {
		b.fresh(s)
		return
	}
	code, ok := b.index[s]
	if !ok {
		b.fresh(s)
		b.index[s] = uint32(len(b.column.Dict))
		return
	}
	b.code(code)
}

func (b *Builder) code(code uint32) {
	b.column.Codes = append(b.column.Codes, code)
	b.rows++
}

// ascends reports whether s is greater than all texts so far; the first that
// is not makes the index.
func (b *Builder) ascends(s string) bool {
	if b.loose {
		return false
	}
	n := len(b.column.Dict)
	if n == 0 || s > b.column.Dict[n-1] {
		return true
	}
	b.loose = true
	for i, word := range b.column.Dict {
		b.index[word] = uint32(i + 1)
	}
	return false
}

// fresh appends a text that the column does not have.
func (b *Builder) fresh(s string) {
	b.column.Dict = append(b.column.Dict, s)
	b.code(uint32(len(b.column.Dict)))
}

// TextBytes is Text of p's bytes, without a copy of a text the column has
// already.
func (b *Builder) TextBytes(p []byte) {
	at := lately(p)
	if code := b.recent[at]; code != 0 && b.column.Dict[code-1] == string(p) {
		b.code(code)
		return
	}
	if code, ok := b.index[string(p)]; ok {
		b.code(code)
	} else {
		b.Text(b.keep(p))
	}
	b.recent[at] = b.column.Codes[len(b.column.Codes)-1]
}

// roomSize is how many bytes of texts share an allocation. Who keeps a single
// text for long clones it, or it keeps the others.
const roomSize = 8 << 10

// keep is p as a string that stays.
func (b *Builder) keep(p []byte) string {
	if len(p) > roomSize/8 {
		return string(p)
	}
	if b.room.Cap()-b.room.Len() < len(p) {
		b.room = strings.Builder{}
		b.room.Grow(roomSize)
	}
	from := b.room.Len()
	b.room.Write(p)
	return b.room.String()[from:]
}

// lately is a cheap hash of a text, from its length and three of its bytes. A
// dimension's few values mostly differ in it, and then a look at recent takes
// the place of a look into the map, at a fifth of its cost.
func lately(p []byte) uint8 {
	n := len(p)
	if n == 0 {
		return 0
	}
	return uint8(n) ^ p[n-1]*31 ^ p[max(n-2, 0)]*7 ^ p[n/2]*13
}

// Number appends v to a Number column; NaN is null, and so is an infinity,
// which no statistic here survives.
func (b *Builder) Number(v float64) {
	if math.IsInf(v, 0) {
		v = math.NaN()
	}
	b.column.Numbers = append(b.column.Numbers, v)
	b.rows++
}

// Time appends nanoseconds since 1970 UTC to a Time column.
func (b *Builder) Time(ns int64) {
	b.column.Times = append(b.column.Times, ns)
	b.rows++
}

// Blob appends bytes to a Blob column.
func (b *Builder) Blob(p []byte) {
	b.column.Blobs = append(b.column.Blobs, p)
	b.rows++
}

// Null appends a null.
func (b *Builder) Null() {
	b.rows++
	switch b.column.Type {
	case Number:
		b.column.Numbers = append(b.column.Numbers, math.NaN())
	case Time:
		b.column.Times = append(b.column.Times, NoTime)
	case Blob:
		b.column.Blobs = append(b.column.Blobs, nil)
	default:
		b.column.Codes = append(b.column.Codes, 0)
	}
}

// Pad appends nulls until the column has n rows.
func (b *Builder) Pad(n int) {
	for b.rows < n {
		b.Null()
	}
}

// Len is the number of rows so far.
func (b *Builder) Len() int { return b.rows }

// Column is the column built so far; it shares memory with the builder until
// Reset.
func (b *Builder) Column() Column { return b.column }

// Reset forgets rows and dictionary and keeps the field. The next column is
// expected to be as long as this one.
func (b *Builder) Reset() {
	last := b.column
	b.column, b.rows = Column{Field: last.Field}, 0
	switch last.Type {
	case Number:
		b.column.Numbers = make([]float64, 0, len(last.Numbers))
	case Time:
		b.column.Times = make([]int64, 0, len(last.Times))
	case Text:
		b.column.Codes = make([]uint32, 0, len(last.Codes))
		b.column.Dict = make([]string, 0, len(last.Dict))
	}
	b.loose = false
	clear(b.index)
	clear(b.recent[:])
}
