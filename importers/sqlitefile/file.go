package sqlitefile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
)

// Magic begins every SQLite database.
const Magic = "SQLite format 3\x00"

// ErrDamaged is within the error about a file that is no sound database.
var ErrDamaged = errors.New("damaged SQLite database")

// Bounds of what a row and a tree may be.
const (
	maxPayload = 16 << 20
	maxDepth   = 20
	maxColumns = 2000 // SQLite's own, unless it is built otherwise
)

// File is a database.
type File struct {
	r      io.ReaderAt
	page   int64 // bytes
	usable int64 // of them
	pages  int64
}

// Table is an ordinary table: its columns in their order.
type Table struct {
	Name    string
	Columns []string
	root    int64
}

// Row is the values of a row by its table's columns: nil, int64, float64, string
// or []byte. Whole numbers of a REAL column are int64, as they are stored;
// columns that were added after the row are nil.
type Row []any

// Open reads the header. It fails with ErrDamaged, or says what it cannot read.
func Open(r io.ReaderAt, size int64) (*File, error) {
	var head [100]byte
	if n, err := r.ReadAt(head[:], 0); n < len(head) || string(head[:16]) != Magic {
		return nil, fmt.Errorf("%w: no header, %v", ErrDamaged, err)
	}
	f := &File{r: r, page: int64(binary.BigEndian.Uint16(head[16:]))}
	if f.page == 1 {
		f.page = 1 << 16
	}
	f.usable = f.page - int64(head[20])
	if f.page < 512 || f.page&(f.page-1) != 0 || f.usable < 480 {
		return nil, fmt.Errorf("%w: pages of %d bytes", ErrDamaged, f.page)
	}
	f.pages = size / f.page
	if encoding := binary.BigEndian.Uint32(head[56:]); encoding > 1 {
		return nil, errors.New("the database's text is UTF-16, which is not read")
	}
	return f, nil
}

// Tables are the ordinary tables by name.
func (f *File) Tables() (map[string]Table, error) {
	schema := Table{Name: "sqlite_schema", Columns: []string{"type", "name", "tbl_name", "rootpage", "sql"}, root: 1}
	tables := map[string]Table{}
	for row, err := range f.Rows(schema) {
		if err != nil {
			return nil, err
		}
		name, _ := row[1].(string)
		root, _ := row[3].(int64)
		text, _ := row[4].(string)
		if row[0] != "table" || root < 1 || strings.Contains(strings.ToUpper(text), "WITHOUT ROWID") {
			continue
		}
		if names := columns(text); len(names) <= maxColumns {
			tables[name] = Table{name, names, root}
		}
	}
	return tables, nil
}

// Rows are the rows of a table in the order of their keys. An error ends them;
// those before it stand.
func (f *File) Rows(t Table) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		w := walk{file: f, table: t, yield: yield}
		if err := w.tree(t.root, 0); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

var errStopped = errors.New("stopped")

// walk is one pass over a table.
type walk struct {
	file  *File
	table Table
	yield func(Row, error) bool
	seen  int64 // pages
	held  int64 // bytes that the cells of the present page say they take
}

// read is a page's bytes.
func (f *File) read(number int64) ([]byte, error) {
	if number < 1 || number > f.pages {
		return nil, fmt.Errorf("%w: page %d of %d", ErrDamaged, number, f.pages)
	}
	b := make([]byte, f.page)
	if n, err := f.r.ReadAt(b, (number-1)*f.page); n < len(b) {
		return nil, fmt.Errorf("page %d: %w", number, err)
	}
	return b, nil
}

// page is a page's bytes. A table has each of its pages once, so one that seems
// to have more pages than the file goes in circles.
func (w *walk) page(number int64) ([]byte, error) {
	if w.seen++; w.seen > w.file.pages {
		return nil, fmt.Errorf("%w: the pages of %s go in circles", ErrDamaged, w.table.Name)
	}
	return w.file.read(number)
}

// tree visits a page and those below it.
func (w *walk) tree(number int64, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%w: the pages of %s go in circles", ErrDamaged, w.table.Name)
	}
	b, err := w.page(number)
	if err != nil {
		return err
	}
	w.held = 0
	head := 0
	if number == 1 {
		head = 100
	}
	cells := int(binary.BigEndian.Uint16(b[head+3:]))
	first := head + 8
	interior := b[head] == 5
	if interior {
		first = head + 12
	} else if b[head] != 13 {
		return fmt.Errorf("%w: page %d is no page of a table", ErrDamaged, number)
	}
	for i := range cells {
		at := first + 2*i
		if at+2 > len(b) {
			return fmt.Errorf("%w: page %d has %d cells", ErrDamaged, number, cells)
		}
		cell := int(binary.BigEndian.Uint16(b[at:]))
		if cell+4 > len(b) {
			return fmt.Errorf("%w: a cell beyond page %d", ErrDamaged, number)
		}
		if interior {
			err = w.tree(int64(binary.BigEndian.Uint32(b[cell:])), depth+1)
		} else {
			err = w.row(b[:w.file.usable], cell)
		}
		if err != nil {
			return err
		}
	}
	if interior {
		return w.tree(int64(binary.BigEndian.Uint32(b[head+8:])), depth+1)
	}
	return nil
}

// row yields the row of a leaf's cell.
func (w *walk) row(page []byte, at int) error {
	if at >= len(page) {
		return fmt.Errorf("%w: a cell of %s beyond its page", ErrDamaged, w.table.Name)
	}
	b := page[at:]
	size, n := varint(b)
	b = b[n:]
	_, n = varint(b) // the rowid
	b = b[n:]
	if size < 0 || size > maxPayload {
		return fmt.Errorf("%w: a row of %s with %d bytes", ErrDamaged, w.table.Name, size)
	}
	payload, err := w.payload(b, size)
	if err != nil {
		return err
	}
	row, ok := record(payload, len(w.table.Columns))
	if !ok {
		return fmt.Errorf("%w: a row of %s whose types do not fit its bytes", ErrDamaged, w.table.Name)
	}
	if !w.yield(row, nil) {
		return errStopped
	}
	return nil
}

// local takes the part of a row that lies in its page. Cells that together say
// to take more than a page overlap, and a short file would hold millions.
func (w *walk) local(b []byte, size int64) ([]byte, error) {
	if w.held += size; int64(len(b)) < size || w.held > w.file.usable {
		return nil, fmt.Errorf("%w: rows are longer than their page", ErrDamaged)
	}
	return b[:size], nil
}

// payload gathers a row's bytes: what lies in its page, then overflow pages.
func (w *walk) payload(b []byte, size int64) ([]byte, error) {
	f := w.file
	most := f.usable - 35
	if size <= most {
		return w.local(b, size)
	}
	least := (f.usable-12)*32/255 - 23
	here := least + (size-least)%(f.usable-4)
	if here > most {
		here = least
	}
	local, err := w.local(b, here+4)
	if err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, min(size, 1<<16)), local[:here]...)
	for next := int64(binary.BigEndian.Uint32(local[here:])); int64(len(out)) < size; {
		b, err := w.page(next)
		if err != nil {
			return nil, err
		}
		out = append(out, b[4:4+min(f.usable-4, size-int64(len(out)))]...)
		next = int64(binary.BigEndian.Uint32(b))
	}
	return out, nil
}

// record reads the values of a row.
func record(b []byte, columns int) (Row, bool) {
	head, n := varint(b)
	if head < int64(n) || head > int64(len(b)) || n == 0 {
		return nil, false
	}
	types, body := b[n:head], b[head:]
	row := make(Row, columns)
	for i := 0; len(types) > 0; i++ {
		kind, n := varint(types)
		if n == 0 {
			return nil, false
		}
		types = types[n:]
		size := width(kind)
		if size < 0 || size > int64(len(body)) {
			return nil, false
		}
		if i < columns {
			row[i] = value(kind, body[:size])
		}
		body = body[size:]
	}
	return row, true
}

// width is how many bytes a value of a type takes, -1 for a type there is not.
func width(kind int64) int64 {
	switch {
	case kind >= 12:
		return (kind - 12) / 2
	case kind >= 1 && kind <= 4:
		return kind
	case kind == 5:
		return 6
	case kind == 6 || kind == 7:
		return 8
	case kind == 0 || kind == 8 || kind == 9:
		return 0
	}
	return -1
}

func value(kind int64, b []byte) any {
	switch {
	case kind == 0:
		return nil
	case kind == 7:
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	case kind >= 12 && kind%2 == 1:
		return string(b)
	case kind >= 12:
		return append([]byte(nil), b...)
	case kind >= 8:
		return kind - 8
	}
	v := int64(int8(b[0]))
	for _, c := range b[1:] {
		v = v<<8 | int64(c)
	}
	return v
}

// varint reads a big-endian number of up to nine bytes; 0 bytes where b is empty.
func varint(b []byte) (v int64, n int) {
	for n < len(b) && n < 8 {
		v = v<<7 | int64(b[n]&0x7f)
		n++
		if b[n-1] < 0x80 {
			return v, n
		}
	}
	if n < len(b) {
		return v<<8 | int64(b[n]), n + 1
	}
	return v, n
}
