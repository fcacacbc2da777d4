package clickhouse

import (
	"fmt"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Answer is what the cluster said to one query, column by column: the evidence
// of a number. Numbers of any width are int64 or float64, and texts are valid
// UTF-8, so that an answer read back from a file is the same.
type Answer struct {
	Query   string
	Columns []vector
	Read    int64         // rows that the servers read for it
	Took    time.Duration // until all of it was here
}

// vector is one column of an answer; one of its lists is filled.
type vector struct {
	Ints   []int64  `json:"ints,omitempty"`
	Floats floats   `json:"floats,omitempty"`
	Texts  []string `json:"texts,omitempty"`
	Lists  []floats `json:"lists,omitempty"`
}

func (v vector) len() int {
	return max(len(v.Ints), len(v.Floats), len(v.Texts), len(v.Lists))
}

// rows counts the rows.
func (a Answer) rows() int {
	if len(a.Columns) == 0 {
		return 0
	}
	return a.Columns[0].len()
}

// at is a cell of a list, or zero where the column holds something else: a
// stranger's file may say anything.
func at[T any](list []T, row int) (v T) {
	if row < len(list) {
		v = list[row]
	}
	return v
}

func (a Answer) int(row, column int) int          { return int(a.int64(row, column)) }
func (a Answer) int64(row, column int) int64      { return at(a.column(column).Ints, row) }
func (a Answer) float(row, column int) float64    { return at(a.column(column).Floats, row) }
func (a Answer) text(row, column int) string      { return at(a.column(column).Texts, row) }
func (a Answer) floats(row, column int) []float64 { return at(a.column(column).Lists, row) }

func (a Answer) column(i int) vector { return at(a.Columns, i) }

// take reads all rows of an answer, most at most if that is not 0.
func (a *Answer) take(rows driver.Rows, most int) error {
	defer rows.Close()
	types := rows.ColumnTypes()
	a.Columns = make([]vector, len(types))
	var odd error
	into, add := make([]any, len(types)), make([]func(), len(types))
	for i, t := range types {
		if into[i], add[i] = a.Columns[i].taker(t.ScanType().String()); into[i] == nil {
			odd = fmt.Errorf("column %q is a %s, which no query asks for", t.Name(), t.DatabaseTypeName())
		}
	}
	for n := 1; rows.Next(); n++ {
		if odd != nil {
			return odd
		}
		if most > 0 && n > most {
			return errManyRows
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for _, f := range add {
			f()
		}
	}
	return rows.Err()
}

// taker is where a row's value is scanned to, and what puts it into the vector.
// It is nil for any other type.
func (v *vector) taker(typ string) (into any, add func()) {
	switch typ {
	case "uint8":
		return ints[uint8](v)
	case "uint16":
		return ints[uint16](v)
	case "uint32":
		return ints[uint32](v)
	case "uint64":
		return ints[uint64](v)
	case "int64":
		return ints[int64](v)
	case "float64":
		x := new(float64)
		return x, func() { v.Floats = append(v.Floats, *x) }
	case "string":
		x := new(string)
		return x, func() { v.Texts = append(v.Texts, strings.ToValidUTF8(*x, "\uFFFD")) }
	case "[]float64":
		x := new([]float64)
		return x, func() { v.Lists = append(v.Lists, *x); *x = nil }
	}
	return nil, nil
}

func ints[T uint8 | uint16 | uint32 | uint64 | int64](v *vector) (into any, add func()) {
	x := new(T)
	return x, func() { v.Ints = append(v.Ints, int64(*x)) }
}
