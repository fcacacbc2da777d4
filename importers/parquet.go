package importers

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/parquet-go/parquet-go"
	schema "github.com/parquet-go/parquet-go/format"
)

// Parquet holds columns; Andon reads it as the lines of JSON that its rows
// are, so that all that is known about JSON holds for it too:
//
//	row groups ─▶ rows ─▶ {"timestamp":"2021-01-01T00:00:00Z","y_pred":1,"a":{"b":[1,2]}}\n
//
// Times become RFC 3339 (INT96 of Spark's too), decimals decimal text, a
// repeated leaf a list. Offsets count bytes of these lines. A file that
// carries no time, as data sets do, gets its rows' order for it; see inOrder.

var _ = register(format{name: "parquet", certain: true, sniff: func(h head) (dialect, float64, string) {
	if h.packed != "parquet" {
		return nil, 0, ""
	}
	return jsonDialect{lines: true}, 1, ""
}})

var parquetMagic = []byte("PAR1")

// parquetRows is how many rows are decoded at once.
const parquetRows = 256

// parquetReader is the lines of a Parquet file.
type parquetReader struct {
	claims parquetClaims
	groups []parquet.RowGroup
	rows   parquet.Rows
	leaves []parquetLeaf
	buf    []parquet.Row
	line   []byte
	out    bytes.Reader
}

// parquetLeaf is a column: its key within the nested objects, and how its
// values read.
type parquetLeaf struct {
	path  []string
	list  bool
	value func(dst []byte, v parquet.Value) []byte
}

// countedAt counts what is read at places, for whoever watches.
type countedAt struct {
	io.ReaderAt
	progress *atomic.Int64
}

func (c countedAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	if c.progress != nil {
		c.progress.Add(int64(n))
	}
	return n, err
}

// openParquet reads the footer. The library is guarded against panics, since
// a damaged file has been seen to cause them.
func openParquet(file fs.File, progress *atomic.Int64) (r *parquetReader, err error) {
	defer damaged(&err)
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	at, ok := file.(io.ReaderAt)
	if !ok {
		return nil, errors.New("a Parquet file that can only be read from its beginning; copy it to a disk")
	}
	if err := checkFooter(at, info.Size()); err != nil {
		return nil, fmt.Errorf("%w: parquet: %v", ErrTruncated, err)
	}
	f, err := parquet.OpenFile(countedAt{at, progress}, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%w: parquet: %v", ErrTruncated, err)
	}
	claims := parquetClaims{at, info.Size(), f.Metadata().RowGroups}
	if err := claims.check(); err != nil {
		return nil, fmt.Errorf("%w: parquet: %v", ErrTruncated, err)
	}
	r = &parquetReader{claims: claims, groups: f.RowGroups(), buf: make([]parquet.Row, parquetRows)}
	for _, path := range f.Schema().Columns() {
		leaf, _ := f.Schema().Lookup(path...)
		r.leaves = append(r.leaves, parquetLeaf{keysOf(path), leaf.MaxRepetitionLevel > 0, valueOf(leaf.Node.Type())})
	}
	return r, nil
}

// damaged makes an error of a panic within the library.
func damaged(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: parquet: %v", ErrTruncated, p)
	}
}

// keysOf leaves out the levels that only make a list.
func keysOf(path []string) []string {
	var keys []string
	for i, key := range path {
		if i > 0 && (key == "list" || key == "element" || key == "array" || key == "bag" || key == "item") {
			continue
		}
		keys = append(keys, key)
	}
	return keys
}

func (r *parquetReader) Read(p []byte) (n int, err error) {
	defer damaged(&err)
	for r.out.Len() == 0 {
		if err := r.more(); err != nil {
			return 0, err
		}
	}
	return r.out.Read(p)
}

// Close releases the pages in use.
func (r *parquetReader) Close() error {
	if r.rows == nil {
		return nil
	}
	return r.rows.Close()
}

// more writes the lines of the next rows.
func (r *parquetReader) more() error {
	if r.rows == nil {
		if len(r.groups) == 0 {
			return io.EOF
		}
		if err := r.claims.checkPages(); err != nil {
			return fmt.Errorf("%w: parquet: %v", ErrTruncated, err)
		}
		r.rows, r.groups = r.groups[0].Rows(), r.groups[1:]
	}
	n, err := r.rows.ReadRows(r.buf)
	r.line = r.line[:0]
	for _, row := range r.buf[:n] {
		r.line = append(r.object(r.line, row), '\n')
	}
	r.out.Reset(r.line)
	if n > 0 {
		return nil
	}
	if errors.Is(err, io.EOF) || err == nil {
		err = r.rows.Close()
		r.rows = nil
		return err
	}
	return fmt.Errorf("%w: parquet: %v", ErrTruncated, err)
}

// object writes a row. Its values stand in the order of the leaves, so nested
// objects open and close as the paths say.
func (r *parquetReader) object(dst []byte, row parquet.Row) []byte {
	dst = append(dst, '{')
	first, at := true, 0
	for i := range r.leaves {
		leaf := &r.leaves[i]
		from := at
		for at < len(row) && row[at].Column() == i {
			at++
		}
		values := row[from:at]
		if len(values) == 0 || len(values) == 1 && values[0].IsNull() {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = quoteJSON(dst, dotted(leaf.path))
		dst = append(dst, ':')
		if leaf.list {
			dst = leaf.items(dst, values)
			continue
		}
		dst = leaf.value(dst, values[0])
	}
	return append(dst, '}')
}

// dotted joins keys as the paths of nested JSON are joined.
func dotted(keys []string) string {
	var b bytes.Buffer
	for i, key := range keys {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(key)
	}
	return b.String()
}

func (l *parquetLeaf) items(dst []byte, values []parquet.Value) []byte {
	dst = append(dst, '[')
	for i, v := range values {
		if i > 0 {
			dst = append(dst, ',')
		}
		if v.IsNull() {
			dst = append(dst, "null"...)
			continue
		}
		dst = l.value(dst, v)
	}
	return append(dst, ']')
}

// valueOf is how values of a type are written.
func valueOf(t parquet.Type) func([]byte, parquet.Value) []byte {
	if logical := t.LogicalType(); logical != nil {
		switch l := logical.Value.(type) {
		case *schema.TimestampType:
			unit := l.Unit.Value.Duration()
			return func(dst []byte, v parquet.Value) []byte { return quoteTime(dst, ticks(v.Int64(), unit)) }
		case *schema.DateType:
			return func(dst []byte, v parquet.Value) []byte { return quoteTime(dst, time.Unix(int64(v.Int32())*86400, 0)) }
		case *schema.DecimalType:
			if t.Kind() == parquet.Int32 || t.Kind() == parquet.Int64 {
				scale := math.Pow10(-int(l.Scale))
				return func(dst []byte, v parquet.Value) []byte { return number(dst, float64(whole64(v))*scale) }
			}
		case *schema.Float16Type:
			return func(dst []byte, v parquet.Value) []byte { return number(dst, half(v.ByteArray())) }
		}
	}
	return plainValue
}

// ticks is an instant by units since 1970.
func ticks(n int64, unit time.Duration) time.Time {
	per := int64(time.Second / max(unit, 1))
	return time.Unix(n/per, n%per*int64(unit))
}

func whole64(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func plainValue(dst []byte, v parquet.Value) []byte {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.AppendBool(dst, v.Boolean())
	case parquet.Int32, parquet.Int64:
		return strconv.AppendInt(dst, whole64(v), 10)
	case parquet.Int96:
		return quoteTime(dst, julian(v))
	case parquet.Float:
		return number(dst, float64(v.Float()))
	case parquet.Double:
		return number(dst, v.Double())
	}
	return quoteJSON(dst, string(v.ByteArray()))
}

// julian is Spark's and Impala's time of 96 bits: nanoseconds of the day, then
// the Julian day; 2440588 is 1970-01-01.
func julian(v parquet.Value) time.Time {
	words := v.Int96()
	ns := int64(uint64(words[0]) | uint64(words[1])<<32)
	return time.Unix((int64(words[2])-2440588)*86400, ns)
}

// half is a number of 16 bits, IEEE 754 binary16.
func half(p []byte) float64 {
	if len(p) != 2 {
		return math.NaN()
	}
	bits := binary.LittleEndian.Uint16(p)
	sign, exponent, fraction := 1.0, int(bits>>10&0x1f), float64(bits&0x3ff)
	if bits>>15 == 1 {
		sign = -1
	}
	switch exponent {
	case 0:
		return sign * math.Ldexp(fraction, -24)
	case 0x1f:
		return math.NaN()
	}
	return sign * math.Ldexp(1024+fraction, exponent-25)
}

func number(dst []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(dst, "null"...)
	}
	return strconv.AppendFloat(dst, v, 'g', -1, 64)
}

func quoteTime(dst []byte, t time.Time) []byte {
	dst = append(dst, '"')
	dst = t.UTC().AppendFormat(dst, time.RFC3339Nano)
	return append(dst, '"')
}

func quoteJSON(dst []byte, s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		return append(dst, "null"...)
	}
	return append(dst, text...)
}
