// Package pages writes a SQLite database of one table straight from columns,
// without SQL: a tenth of the cost of binding every value.
//
//	page 1   header, and the one row of sqlite_schema
//	     2   root of the table: a leaf, or the leaves' directory
//	     3.. leaves, filled from the end, row i with rowid i+1
//
// The format is documented and stable (sqlite.org/fileformat2.html). Pages are
// of the largest size, so that two levels hold some millions of rows and no row
// that occurs needs an overflow page; one that does is [ErrTooLarge], and the
// caller inserts it by SQL.
package pages

import (
	"encoding/binary"
	"errors"
	"slices"

	"andon/analysis"
)

const (
	size      = 65536
	maxLocal  = size - 35 // the largest payload kept whole in a leaf
	leaf      = 13
	interior  = 5
	leafHead  = 8
	interHead = 12
	firstLeaf = 3
	mostAhead = 64 // leaves to make room for at once
)

// ErrTooLarge says that a row, the schema or the table does not fit.
var ErrTooLarge = errors.New("too large to be written as pages")

// Image is a whole database file with the table that create makes, as SQLite
// would store the columns there, in the order of the table: text as it is,
// whole numbers as integers, times by appendTime, null where there is none.
// Every column has rows values; a column without any (nil Codes, Numbers, ...)
// is null throughout. It writes into the room that buffer has and grows it.
func Image(buffer []byte, table, create string, columns []analysis.Column, rows int, appendTime func([]byte, int64) []byte) ([]byte, error) {
	w := &writer{image: buffer[:0], rows: rows}
	w.grow(2)
	clear(w.image)
	r := newRecord(columns, appendTime)
	for i := range rows {
		r.read(i)
		if err := w.add(int64(i+1), r); err != nil {
			return nil, err
		}
	}
	if err := w.finish(); err != nil {
		return nil, err
	}
	schema := newRecord([]analysis.Column{text("table"), text(table), text(table), {Field: analysis.Field{Type: analysis.Number}, Numbers: []float64{2}}, text(create)}, appendTime)
	schema.read(0)
	return w.image, w.head(schema)
}

func text(s string) analysis.Column {
	return analysis.Column{Field: analysis.Field{Type: analysis.Text}, Dict: []string{s}, Codes: []uint32{1}}
}

// writer fills leaves one after the other.
type writer struct {
	image []byte
	rows  int     // that are to come in all
	page  []byte  // the leaf being filled, nil before the first
	cells int     // in it
	free  int     // where its lowest cell begins
	row   int64   // its last row
	last  []int64 // the last row of every leaf that is full
	cell  []byte
}

// add puts a row into the leaf, or begins the next.
func (w *writer) add(rowid int64, r *record) error {
	length := r.length()
	if length > maxLocal {
		return ErrTooLarge
	}
	w.cell = appendVarint(w.cell[:0], uint64(length))
	w.cell = appendVarint(w.cell, uint64(rowid))
	need := len(w.cell) + length
	if w.page == nil || w.free-need < leafHead+2*(w.cells+1) {
		w.close()
		w.open()
	}
	w.free -= need
	r.append(append(w.page[:w.free], w.cell...)) // into the page itself
	binary.BigEndian.PutUint16(w.page[leafHead+2*w.cells:], uint16(w.free))
	w.cells++
	w.row = rowid
	return nil
}

// grow adds pages of whatever the room held before.
func (w *writer) grow(n int) {
	from := len(w.image)
	w.image = slices.Grow(w.image, n*size)[:from+n*size]
}

// open begins a leaf. When the second begins, the first tells how many there
// will be.
func (w *writer) open() {
	if len(w.last) == 1 {
		w.image = slices.Grow(w.image, min(w.rows/w.cells+1, mostAhead)*size)
	}
	w.grow(1)
	w.page, w.cells, w.free = w.image[len(w.image)-size:], 0, size
}

// close ends the leaf: its head, and nothing between the places of its cells
// and the cells.
func (w *writer) close() {
	if w.page == nil {
		return
	}
	clear(w.page[leafHead+2*w.cells : w.free])
	pageHead(w.page, leaf, w.cells, w.free)
	w.last = append(w.last, w.row)
}

// pageHead writes what every b-tree page begins with.
func pageHead(page []byte, kind byte, cells, free int) {
	page[0], page[1], page[2], page[7] = kind, 0, 0, 0
	binary.BigEndian.PutUint16(page[3:], uint16(cells))
	binary.BigEndian.PutUint16(page[5:], uint16(free)) // 65536 is written 0
}

// finish writes the root: the only leaf itself, or the directory of leaves.
func (w *writer) finish() error {
	w.close()
	root := w.image[size : 2*size]
	switch len(w.last) {
	case 0:
		pageHead(root, leaf, 0, size)
		return nil
	case 1:
		copy(root, w.image[2*size:])
		w.image = w.image[:2*size]
		return nil
	}
	free, cells := size, len(w.last)-1
	for i, row := range w.last[:cells] {
		w.cell = binary.BigEndian.AppendUint32(w.cell[:0], uint32(firstLeaf+i))
		w.cell = appendVarint(w.cell, uint64(row))
		if free -= len(w.cell); free < interHead+2*cells {
			return ErrTooLarge
		}
		copy(root[free:], w.cell)
		binary.BigEndian.PutUint16(root[interHead+2*i:], uint16(free))
	}
	pageHead(root, interior, cells, free)
	binary.BigEndian.PutUint32(root[8:], uint32(firstLeaf+cells))
	return nil
}

// head writes page 1: the file's header and the schema's only row.
func (w *writer) head(schema *record) error {
	page := w.image[:size]
	copy(page, "SQLite format 3\x00")
	page[17] = 1 // page size 65536
	page[18], page[19] = 1, 1
	page[21], page[22], page[23] = 64, 32, 32
	put := func(at int, v int) { binary.BigEndian.PutUint32(page[at:], uint32(v)) }
	put(24, 1) // change counter
	put(28, len(w.image)/size)
	put(40, 1)       // schema cookie
	put(44, 4)       // schema format
	put(56, 1)       // UTF-8
	put(92, 1)       // the change counter that the next is valid for
	put(96, 3051003) // written as by this version of SQLite
	cell := appendVarint(nil, uint64(schema.length()))
	cell = schema.append(append(cell, 1))
	free := size - len(cell)
	if schema.length() > maxLocal || free < 100+leafHead+2 {
		return ErrTooLarge
	}
	copy(page[free:], cell)
	pageHead(page[100:], leaf, 1, free)
	binary.BigEndian.PutUint16(page[100+leafHead:], uint16(free))
	return nil
}

// appendVarint writes v as SQLite does: 7 bits a byte, the highest first, and
// all 8 bits of a ninth.
func appendVarint(p []byte, v uint64) []byte {
	switch {
	case v < 1<<7:
		return append(p, byte(v))
	case v < 1<<14:
		return append(p, byte(v>>7)|0x80, byte(v)&0x7f)
	case v < 1<<21:
		return append(p, byte(v>>14)|0x80, byte(v>>7)|0x80, byte(v)&0x7f)
	}
	var reversed [9]byte
	n := 0
	if v >= 1<<56 {
		reversed[0], n, v = byte(v), 1, v>>8
		for range 8 {
			reversed[n] = byte(v) | 0x80
			n, v = n+1, v>>7
		}
	} else {
		for high := byte(0); n == 0 || v > 0; high = 0x80 {
			reversed[n] = byte(v)&0x7f | high
			n, v = n+1, v>>7
		}
	}
	for n--; n >= 0; n-- {
		p = append(p, reversed[n])
	}
	return p
}
