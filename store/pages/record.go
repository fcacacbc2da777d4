package pages

import (
	"encoding/binary"
	"math"

	"andon/analysis"
)

// record turns a row into SQLite's record format:
//
//	length of the head │ a type a column │ the values, without gaps
//
// What does not depend on the row, such as the types of a dictionary's texts,
// is worked out once.
type record struct {
	columns    []analysis.Column
	types      [][]textType // of a text column, by code
	appendTime func([]byte, int64) []byte
	head       []byte
	body       []byte
	out        []byte
}

// textType is how a text's type is written, short enough to be copied.
type textType struct {
	bytes [9]byte
	n     uint8
}

func newRecord(columns []analysis.Column, appendTime func([]byte, int64) []byte) *record {
	r := &record{columns: columns, types: make([][]textType, len(columns)), appendTime: appendTime}
	for c := range columns {
		if columns[c].Type != analysis.Text {
			continue
		}
		types := make([]textType, len(columns[c].Dict))
		for i, s := range columns[c].Dict {
			types[i].n = uint8(copy(types[i].bytes[:], appendVarint(nil, uint64(13+2*len(s)))))
		}
		r.types[c] = types
	}
	return r
}

// encode is row i as a record, valid until the next.
func (r *record) encode(i int) []byte {
	r.head, r.body = r.head[:0], r.body[:0]
	for c := range r.columns {
		column := &r.columns[c]
		switch {
		case column.Len() == 0 || column.Null(i):
			r.head = append(r.head, 0)
		case column.Type == analysis.Number:
			r.number(column.Numbers[i])
		case column.Type == analysis.Time:
			before := len(r.body)
			r.body = r.appendTime(r.body, column.Times[i])
			r.head = appendVarint(r.head, uint64(13+2*(len(r.body)-before)))
		case column.Type == analysis.Blob:
			r.head = appendVarint(r.head, uint64(12+2*len(column.Blobs[i])))
			r.body = append(r.body, column.Blobs[i]...)
		default:
			code := column.Codes[i] - 1
			t := &r.types[c][code]
			r.head = append(r.head, t.bytes[:t.n]...)
			r.body = append(r.body, column.Dict[code]...)
		}
	}
	n := len(r.head) + 1
	if n > 127 {
		n++ // the length of the head counts itself
	}
	r.out = appendVarint(r.out[:0], uint64(n))
	r.out = append(append(r.out, r.head...), r.body...)
	return r.out
}

// number writes a number as a NUMERIC column keeps it: whole ones as integers
// of as few bytes as they need.
func (r *record) number(v float64) {
	if v != math.Trunc(v) || math.Abs(v) >= 1<<63 {
		r.head = append(r.head, 7)
		r.body = binary.BigEndian.AppendUint64(r.body, math.Float64bits(v))
		return
	}
	n := int64(v)
	switch m := max(n, ^n); {
	case n == 0 || n == 1:
		r.head = append(r.head, byte(8+n))
	case m < 1<<7:
		r.head, r.body = append(r.head, 1), append(r.body, byte(n))
	case m < 1<<15:
		r.head, r.body = append(r.head, 2), binary.BigEndian.AppendUint16(r.body, uint16(n))
	case m < 1<<23:
		r.head, r.body = append(r.head, 3), append(r.body, byte(n>>16), byte(n>>8), byte(n))
	case m < 1<<31:
		r.head, r.body = append(r.head, 4), binary.BigEndian.AppendUint32(r.body, uint32(n))
	case m < 1<<47:
		r.head = append(r.head, 5)
		r.body = append(binary.BigEndian.AppendUint16(r.body, uint16(n>>32)), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	default:
		r.head, r.body = append(r.head, 6), binary.BigEndian.AppendUint64(r.body, uint64(n))
	}
}
