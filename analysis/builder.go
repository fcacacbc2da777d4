package analysis

import "math"

// Builder grows a Column value by value. The zero Builder is not usable; see
// NewBuilder. It is what importers fill and what decoders of segments append
// to; Column returns what was built so far and Reset starts the next batch.
type Builder struct {
	column Column
	index  map[string]uint32
	recent [256]uint32 // the last code of each hash, 0 for none: see lately
}

// NewBuilder returns an empty builder of the field's type.
func NewBuilder(f Field) *Builder {
	return &Builder{column: Column{Field: f}, index: map[string]uint32{}}
}

// Text appends s to a Text column.
func (b *Builder) Text(s string) {
	code, ok := b.index[s]
	if !ok {
		b.column.Dict = append(b.column.Dict, s)
		code = uint32(len(b.column.Dict))
		b.index[s] = code
	}
	b.column.Codes = append(b.column.Codes, code)
}

// TextBytes is Text of p's bytes, without a copy of a text the column has
// already.
func (b *Builder) TextBytes(p []byte) {
	at := lately(p)
	if code := b.recent[at]; code != 0 && b.column.Dict[code-1] == string(p) {
		b.column.Codes = append(b.column.Codes, code)
		return
	}
	if code, ok := b.index[string(p)]; ok {
		b.column.Codes = append(b.column.Codes, code)
	} else {
		b.Text(string(p))
	}
	b.recent[at] = b.column.Codes[len(b.column.Codes)-1]
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
}

// Time appends nanoseconds since 1970 UTC to a Time column.
func (b *Builder) Time(ns int64) { b.column.Times = append(b.column.Times, ns) }

// Blob appends bytes to a Blob column.
func (b *Builder) Blob(p []byte) { b.column.Blobs = append(b.column.Blobs, p) }

// Null appends a null.
func (b *Builder) Null() {
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
	for b.column.Len() < n {
		b.Null()
	}
}

// Len is the number of rows so far.
func (b *Builder) Len() int { return b.column.Len() }

// Column is the column built so far; it shares memory with the builder until
// Reset.
func (b *Builder) Column() Column { return b.column }

// Reset forgets rows and dictionary and keeps the field.
func (b *Builder) Reset() {
	b.column = Column{Field: b.column.Field}
	clear(b.index)
	clear(b.recent[:])
}
