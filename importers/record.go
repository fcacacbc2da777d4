package importers

// cellKind says how the source wrote a value.
type cellKind uint8

const (
	noCell   cellKind = iota // absent or null
	bareCell                 // CSV text, of any type
	textCell                 // a JSON string
	numCell                  // a JSON number
	trueCell
	falseCell
	listCell // a JSON list, as its source text
)

// cell is one value of a record: its kind and its bytes, which are valid until
// the next record is read.
type cell struct {
	kind cellKind
	text []byte
}

// maxFields bounds the fields of a source: SQLite tables end at 2,000 columns,
// and an object with 100,000 keys is a map, not a record.
const maxFields = 1000

// fields numbers the paths of a source in the order they appear. A slot is
// that number.
type fields struct {
	paths   []string
	slots   map[string]int
	dropped int // paths beyond maxFields
}

// slot is the number of path, a new one where it was not seen before, or -1
// beyond maxFields.
func (f *fields) slot(path string) int {
	if s, ok := f.slots[path]; ok {
		return s
	}
	if len(f.paths) == maxFields {
		f.dropped++
		return -1
	}
	if f.slots == nil {
		f.slots = map[string]int{}
	}
	s := len(f.paths)
	f.paths = append(f.paths, path)
	f.slots[path] = s
	return s
}

// record is one record as its decoder met it: cells by slot, and where it
// stands in the stream.
type record struct {
	fields
	cells      []cell
	set        []int // slots with a cell
	arena      []byte
	offset     int64
	line       int64
	duplicates int64 // keys that came twice in one record, since the beginning
}

// reset forgets the cells; what comes next stands at the window's place.
func (r *record) reset(w *window) {
	r.clear()
	r.offset, r.line = w.offset(), w.line
}

// clear forgets the cells.
func (r *record) clear() {
	for _, s := range r.set {
		r.cells[s] = cell{}
	}
	r.set = r.set[:0]
	r.arena = r.arena[:0]
}

// put sets a cell; of two with the same path the last one counts, as most JSON
// readers have it.
func (r *record) put(slot int, kind cellKind, text []byte) {
	if slot < 0 {
		return
	}
	for len(r.cells) <= slot {
		r.cells = append(r.cells, cell{})
	}
	if r.cells[slot].kind != noCell {
		r.duplicates++
	} else {
		r.set = append(r.set, slot)
	}
	r.cells[slot] = cell{kind, text}
}

// at is the cell of a slot, absent where the slot is -1 or not set.
func (r *record) at(slot int) cell {
	if slot < 0 || slot >= len(r.cells) {
		return cell{}
	}
	return r.cells[slot]
}
