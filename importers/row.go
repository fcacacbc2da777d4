package importers

import (
	"strconv"
	"time"

	"andon/analysis"
)

// row is one row of a record that holds several: cells by path, in the order
// they were put. Bytes must stay as they are until the record is done.
type row struct {
	paths []string
	cells []cell
	shut  bool // takes no more
}

// maxRow bounds the cells of a row: more than a source has fields, so that what
// is left out is said.
const maxRow = 2 * maxFields

func (r *row) put(path string, kind cellKind, text []byte) {
	if r.full() || len(path) > maxPath {
		return
	}
	r.paths, r.cells = append(r.paths, path), append(r.cells, cell{kind, text})
}

// full reports whether the row takes no more cells.
func (r *row) full() bool { return r.shut || len(r.cells) >= maxRow }

// text puts a text; "" is none.
func (r *row) text(path, s string) {
	if s != "" {
		r.put(path, textCell, []byte(s))
	}
}

func (r *row) number(path string, v float64) {
	r.put(path, numCell, []byte(analysis.FormatNumber(v)))
}

// time puts an instant.
func (r *row) time(path string, t time.Time) {
	r.put(path, textCell, []byte(t.UTC().Format(time.RFC3339Nano)))
}

// value puts a value; what is in an object goes below the path, a list stays
// the text it was.
func (r *row) value(path string, v *value) {
	switch {
	case v == nil || v.kind == noCell:
	case v.kind == objectCell:
		r.below(path, v)
	case v.kind == listCell:
		r.put(path, listCell, v.raw)
	default:
		r.put(path, v.kind, v.text)
	}
}

// below puts the members of an object, each below the path.
func (r *row) below(path string, v *value) {
	if len(path) > maxPath {
		return
	}
	for i, key := range v.keys {
		if r.full() {
			return
		}
		if path != "" {
			key = path + "." + key
		}
		r.value(key, &v.kids[i])
	}
}

// items puts the items of a list of scalars as path_0, path_1, ..., up to
// maxItems; a longer one is an embedding and stays a list.
func (r *row) items(path string, v *value) {
	kids := v.list()
	if len(kids) > maxItems {
		r.value(path, v)
		return
	}
	for i := range kids {
		r.value(path+"_"+strconv.Itoa(i), &kids[i])
	}
}

const maxItems = 128

// add copies another row's cells below a path.
func (r *row) add(path string, other *row) {
	for i, p := range other.paths {
		r.put(path+"."+p, other.cells[i].kind, other.cells[i].text)
	}
}

// fan collects the rows of one record. What a record says once goes with each
// of its rows, so a short one may ask for millions of cells; beyond maxCells
// rows are taken and not kept.
type fan struct {
	rows  []row
	cells int // of the rows but the last
	spilt row
	over  bool
}

const maxCells = 4 << 20

// next adds a row.
func (f *fan) next() *row {
	if n := len(f.rows); n > 0 {
		f.cells += len(f.rows[n-1].cells)
	}
	if f.cells > maxCells {
		f.over, f.spilt = true, row{shut: true}
		return &f.spilt
	}
	f.rows = append(f.rows, row{})
	return &f.rows[len(f.rows)-1]
}

// reset forgets the rows.
func (f *fan) reset() { *f = fan{rows: f.rows[:0]} }

// fill puts the row into a record.
func (r *row) fill(rec *record) {
	for i, path := range r.paths {
		if c := r.cells[i]; c.kind != noCell {
			rec.put(rec.slot(path), c.kind, c.text)
		}
	}
}

// instant reads a time of a known producer, such as RFC 3339.
func instant(v *value) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339Nano, v.str())
	return t, err == nil
}
