package analysis

import (
	"math"
	"strconv"
	"time"
)

// Type is how a column's values are kept in memory.
type Type uint8

const (
	Text   Type = iota // dictionary codes
	Number             // float64
	Time               // nanoseconds since 1970 UTC
	Blob               // bytes, such as a thumbnail
)

// String names the type as the Data screen and the incident file spell it.
func (t Type) String() string {
	return [...]string{"text", "number", "time", "blob"}[t]
}

// NoTime is the null of a Time column.
const NoTime = math.MinInt64

// Field describes a column without its values: its name in the file and in
// commands ("line"), the path it came from ("request.tags.line"), what it
// means and how it is kept. Unit is "" where none is known.
type Field struct {
	Name string
	Path string
	Role Role
	Type Type
	Unit string
}

// Column is one typed vector with nulls. Only the slice of its Type is used.
//
// Text is dictionary-coded: code 0 is null and code c > 0 is Dict[c-1]; Dict
// has no duplicates. The null of Numbers is NaN, of Times NoTime, of Blobs nil.
type Column struct {
	Field
	Dict    []string
	Codes   []uint32
	Numbers []float64
	Times   []int64
	Blobs   [][]byte
	Compact *Compact // in place of Codes or Numbers, if not nil
}

// Len is the number of rows.
func (c *Column) Len() int {
	if codes, ok := c.coded(); ok {
		return codes.len()
	}
	switch c.Type {
	case Number:
		return len(c.Numbers)
	case Time:
		return len(c.Times)
	}
	return len(c.Blobs)
}

// Null reports whether row i has no value.
func (c *Column) Null(i int) bool {
	if codes, ok := c.coded(); ok {
		return codes.at(i) == 0
	}
	switch c.Type {
	case Number:
		return math.IsNaN(c.Numbers[i])
	case Time:
		return c.Times[i] == NoTime
	}
	return c.Blobs[i] == nil
}

// String is row i as text: the dictionary's text, the shortest decimal that
// reads back as the same number, or RFC 3339 UTC. Null and blobs are "".
func (c *Column) String(i int) string {
	if c.Null(i) {
		return ""
	}
	codes, compact := c.coded()
	switch c.Type {
	case Number:
		if compact {
			return FormatNumber(c.Compact.Values[codes.at(i)])
		}
		return FormatNumber(c.Numbers[i])
	case Time:
		return time.Unix(0, c.Times[i]).UTC().Format(time.RFC3339Nano)
	case Blob:
		return ""
	}
	return c.Dict[codes.at(i)-1]
}

// FormatNumber writes v as the shortest decimal that reads back as v, without
// an exponent below 1e15, so that 3 and 3.0 are both "3".
func FormatNumber(v float64) string {
	if math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// Canonical is the text by which two class names are compared: a decimal
// number loses its trailing zeros and sign of zero ("3.0" and "3" are the same
// class), any other text stays as it is.
func Canonical(s string) string {
	if s == "" || (s[0] != '-' && s[0] != '.' && (s[0] < '0' || s[0] > '9')) {
		return s
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || math.Abs(v) > 1<<53 {
		return s
	}
	if v == 0 {
		return "0"
	}
	return FormatNumber(v)
}
