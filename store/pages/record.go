package pages

import (
	"encoding/binary"
	"math"

	"andon/analysis"
)

// record turns rows into SQLite's record format:
//
//	length of the head │ a type a column │ the values, without gaps
//
// Types and values are gathered apart, since the length of the types comes
// first.
type record struct {
	columns    []analysis.Column
	empty      []bool // columns without any value
	appendTime func([]byte, int64) []byte
	types      []byte
	values     []byte
}

func newRecord(columns []analysis.Column, appendTime func([]byte, int64) []byte) *record {
	r := &record{columns: columns, empty: make([]bool, len(columns)), appendTime: appendTime}
	for c := range columns {
		r.empty[c] = columns[c].Len() == 0
	}
	return r
}

// read takes up row i.
func (r *record) read(i int) {
	types, values := r.types[:0], r.values[:0]
	for c := range r.columns {
		column := &r.columns[c]
		switch {
		case r.empty[c]:
			types = append(types, 0)
		case column.Type == analysis.Text:
			code := column.Codes[i]
			if code == 0 {
				types = append(types, 0)
				continue
			}
			text := column.Dict[code-1]
			types = appendVarint(types, uint64(13+2*len(text)))
			values = append(values, text...)
		case column.Type == analysis.Number:
			types, values = appendNumber(types, values, column.Numbers[i])
		case column.Null(i):
			types = append(types, 0)
		case column.Type == analysis.Time:
			before := len(values)
			values = r.appendTime(values, column.Times[i])
			types = appendVarint(types, uint64(13+2*(len(values)-before)))
		default:
			types = appendVarint(types, uint64(12+2*len(column.Blobs[i])))
			values = append(values, column.Blobs[i]...)
		}
	}
	r.types, r.values = types, values
}

// headLength is that of the types, which counts itself.
func (r *record) headLength() int {
	n := len(r.types) + 1
	if n > 127 {
		n++
	}
	return n
}

// length is that of the record.
func (r *record) length() int { return r.headLength() + len(r.values) }

// append writes the record.
func (r *record) append(p []byte) []byte {
	p = appendVarint(p, uint64(r.headLength()))
	return append(append(p, r.types...), r.values...)
}

// appendNumber writes type and value of a number as a NUMERIC column keeps it:
// whole ones as integers of as few bytes as they need, NaN as null.
func appendNumber(types, values []byte, v float64) ([]byte, []byte) {
	if v != v {
		return append(types, 0), values
	}
	n := int64(v)
	if float64(n) != v || math.Abs(v) >= 1<<63 {
		return append(types, 7), binary.BigEndian.AppendUint64(values, math.Float64bits(v))
	}
	switch m := max(n, ^n); {
	case n == 0 || n == 1:
		return append(types, byte(8+n)), values
	case m < 1<<7:
		return append(types, 1), append(values, byte(n))
	case m < 1<<15:
		return append(types, 2), binary.BigEndian.AppendUint16(values, uint16(n))
	case m < 1<<23:
		return append(types, 3), append(values, byte(n>>16), byte(n>>8), byte(n))
	case m < 1<<31:
		return append(types, 4), binary.BigEndian.AppendUint32(values, uint32(n))
	case m < 1<<47:
		return append(types, 5), append(binary.BigEndian.AppendUint16(values, uint16(n>>32)), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(types, 6), binary.BigEndian.AppendUint64(values, uint64(n))
}
