package analysis

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Mask tells which rows a Where holds for, one bool a row. The nil Mask is
// every row, so that the common question costs nothing.
type Mask []bool

// Has reports whether row i is in the mask.
func (m Mask) Has(i int) bool { return m == nil || m[i] }

// Count is the number of rows of a table of the given length in the mask.
func (m Mask) Count(rows int) int {
	if m == nil {
		return rows
	}
	n := 0
	for _, in := range m {
		if in {
			n++
		}
	}
	return n
}

// Match is the rows for which every condition holds: one pass per condition,
// a text column's condition being asked once per distinct value.
//
// Text is compared exactly, numbers as numbers, times as RFC 3339 instants. A
// null equals nothing: != holds for it, of the others only Missing does.
// A range on a text column holds for the values that read as numbers in it.
// An unknown column is a *ColumnError; a value the column cannot hold is an
// error that names both.
func (t *Table) Match(where Where) (Mask, error) {
	if len(where) == 0 {
		return nil, nil
	}
	mask := make(Mask, t.Rows())
	for i := range mask {
		mask[i] = true
	}
	for _, c := range where {
		column, err := t.require(c.Column)
		if err != nil {
			return nil, fmt.Errorf("filter %q: %w", where, err)
		}
		if err := narrow(mask, column, c); err != nil {
			return nil, fmt.Errorf("filter %q: %w", where, err)
		}
	}
	return mask, nil
}

// narrow clears the rows of mask for which c does not hold.
func narrow(mask Mask, column *Column, c Condition) error {
	if c.Op == Missing {
		for i := range mask {
			mask[i] = mask[i] && column.Null(i)
		}
		return nil
	}
	switch column.Type {
	case Text:
		return narrowText(mask, column, c)
	case Number:
		return narrowNumber(mask, column, c)
	case Time:
		return narrowTime(mask, column, c)
	}
	return fmt.Errorf("column %q holds pictures; only ='' can be asked of it", column.Name)
}

func narrowText(mask Mask, column *Column, c Condition) error {
	holds, err := textTest(column.Name, c)
	if err != nil {
		return err
	}
	pass := make([]bool, len(column.Dict)+1)
	pass[0] = c.Op == NotEqual && c.Value != ""
	for i, v := range column.Dict {
		pass[i+1] = holds(v)
	}
	narrowCodes(mask, column, pass)
	return nil
}

// narrowCodes clears the rows whose code does not pass.
func narrowCodes(mask Mask, column *Column, pass []bool) {
	codes, _ := column.coded()
	switch {
	case codes.bytes != nil:
		keepCodes(mask, codes.bytes, pass)
	case codes.words != nil:
		keepCodes(mask, codes.words, pass)
	default:
		keepCodes(mask, codes.longs, pass)
	}
}

func keepCodes[C code](mask Mask, codes []C, pass []bool) {
	for i, k := range codes {
		mask[i] = mask[i] && pass[k]
	}
}

// textTest is the condition as a question to one text.
func textTest(column string, c Condition) (func(string) bool, error) {
	switch c.Op {
	case Equal:
		return func(v string) bool { return v == c.Value }, nil
	case NotEqual:
		return func(v string) bool { return v != c.Value }, nil
	case Contains:
		want := strings.ToLower(c.Value)
		return func(v string) bool { return strings.Contains(strings.ToLower(v), want) }, nil
	case Matches:
		match, err := expression(c.Value)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", column, err)
		}
		return match.MatchString, nil
	}
	inside, err := rangeTest(column, c)
	if err != nil {
		return nil, err
	}
	return func(v string) bool {
		number, err := strconv.ParseFloat(v, 64)
		return err == nil && inside(number)
	}, nil
}

// rangeTest is a numeric condition as a question to one number; NaN never
// passes.
func rangeTest(column string, c Condition) (func(float64) bool, error) {
	switch c.Op {
	case Less:
		return func(v float64) bool { return v < c.Hi }, nil
	case AtMost:
		return func(v float64) bool { return v <= c.Hi }, nil
	case More:
		return func(v float64) bool { return v > c.Lo }, nil
	case AtLeast:
		return func(v float64) bool { return v >= c.Lo }, nil
	case In:
		return func(v float64) bool { return v >= c.Lo && v < c.Hi }, nil
	}
	return nil, fmt.Errorf("column %q cannot be asked %q", column, string(c.Op))
}

func narrowNumber(mask Mask, column *Column, c Condition) error {
	holds, err := numberTest(column.Name, c)
	if err != nil {
		return err
	}
	if column.Compact != nil {
		pass := make([]bool, len(column.Compact.Values))
		for code, v := range column.Compact.Values {
			pass[code] = holds(v)
		}
		narrowCodes(mask, column, pass)
		return nil
	}
	for i, v := range column.Numbers {
		mask[i] = mask[i] && holds(v)
	}
	return nil
}

// numberTest is the condition as a question to one number or null (NaN).
func numberTest(column string, c Condition) (func(float64) bool, error) {
	switch c.Op {
	case Contains:
		return func(v float64) bool { return v == v && strings.Contains(FormatNumber(v), c.Value) }, nil
	case Matches:
		match, err := expression(c.Value)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", column, err)
		}
		return func(v float64) bool { return v == v && match.MatchString(FormatNumber(v)) }, nil
	case NotEqual:
		if c.Value == "" {
			return func(v float64) bool { return v == v }, nil
		}
	case Equal:
	default:
		return rangeTest(column, c)
	}
	want, err := strconv.ParseFloat(c.Value, 64)
	if err != nil || math.IsNaN(want) {
		return nil, fmt.Errorf("column %q holds numbers and %q is not one", column, c.Value)
	}
	equal := c.Op == Equal
	return func(v float64) bool { return (v == want) == equal }, nil
}

func narrowTime(mask Mask, column *Column, c Condition) error {
	if c.Op != Equal && c.Op != NotEqual {
		return fmt.Errorf("column %q holds times; use windows to choose a span", column.Name)
	}
	want := int64(NoTime)
	if c.Value != "" {
		at, err := time.Parse(time.RFC3339Nano, c.Value)
		if err != nil {
			return fmt.Errorf("column %q holds times and %q is not one; write 2026-03-07T06:28:00Z", column.Name, c.Value)
		}
		want = nanos(at)
	}
	equal := c.Op == Equal
	for i, at := range column.Times {
		mask[i] = mask[i] && (at == want) == equal
	}
	return nil
}
