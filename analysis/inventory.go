package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// ColumnStats say what a column holds, before anybody compares anything:
//
//	line    text    18 distinct   0 % empty   L2 41 %, L1 33 %, ...
//	label   text     2 distinct  80 % empty   ████▁▁██████  filled over time
//
// Distinct counts the different values up to MaxDistinct, which stands for
// "that many or more", and is Uncounted where nobody looked. Lo and Hi are the smallest and the largest number or
// time as text, "" for text and where all is null. Top are the most frequent
// values. Filled is the share of rows with a value in equal stretches of the
// log's span, NaN where a stretch has no rows.
type ColumnStats struct {
	Field    Field
	Rows     int
	Nulls    int
	Distinct int
	Lo, Hi   string
	Top      []ValueCount
	Filled   []float64
}

// ValueCount is a value and the rows that have it.
type ValueCount struct {
	Value string
	Rows  int
}

// MaxDistinct bounds the values that an Inventory tells apart in a numeric
// column, and so its memory.
const MaxDistinct = 1000

// Uncounted is Distinct of a column whose values were not looked into, such as
// an id, which has about as many as there are rows.
const Uncounted = -1

const topValues = 5

// Inventory sums up every column over all its rows, the time span cut into
// that many equal stretches (at least 1).
//
// times are the rows' times and span holds them all; rows outside span count
// but fill no stretch. Columns may be compact. Blobs have no distinct values.
// It returns an error that names the column whose length differs from times.
// O(rows · columns).
func Inventory(columns []Column, times []int64, span Window, stretches int) ([]ColumnStats, error) {
	stretches = max(1, stretches)
	place, rows := stretchOf(times, span, stretches)
	all := make([]ColumnStats, 0, len(columns))
	for i := range columns {
		c := &columns[i]
		if c.Len() != len(times) {
			return nil, fmt.Errorf("take inventory: column %q has %d rows, the log has %d", c.Name, c.Len(), len(times))
		}
		stats := ColumnStats{Field: c.Field, Rows: c.Len(), Filled: make([]float64, stretches)}
		filled := make([]int, len(rows))
		if codes, ok := c.coded(); ok {
			stats.codes(c, codes.tally(filled, place))
		} else {
			stats.values(c, filled, place)
		}
		slices.SortFunc(stats.Top, func(a, b ValueCount) int {
			return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Value, b.Value))
		})
		stats.Top = slices.Clip(stats.Top[:min(topValues, len(stats.Top))])
		for k := range stats.Filled {
			stats.Filled[k] = float64(filled[k+1]) / float64(rows[k+1]) // 0/0 is the NaN of a stretch without rows
		}
		all = append(all, stats)
	}
	return all, nil
}

// Inventory is [Inventory] of the table's columns, which stay as compact as they
// are.
func (t *Table) Inventory(stretches int) ([]ColumnStats, error) {
	return Inventory(t.columns, t.times, t.span, stretches)
}

// stretchOf places every row in its stretch, counted from 1, or in 0 outside of
// the span, and counts the rows of each.
func stretchOf(times []int64, span Window, stretches int) (place []uint16, rows []int) {
	place, rows = make([]uint16, len(times)), make([]int, stretches+1)
	from, to := span.From.UnixNano(), span.To.UnixNano()
	length := float64(uint64(to - from)) // of centuries too, where the difference has no sign to spare
	for row, ns := range times {
		if ns >= from && ns < to {
			place[row] = uint16(min(stretches, 1+int(float64(uint64(ns-from))/length*float64(stretches))))
		}
		rows[place[row]]++
	}
	return place, rows
}

// tally counts the rows of every code, and those that are not null by place.
func (c coded) tally(filled []int, place []uint16) []int {
	switch {
	case c.bytes != nil:
		return tallyCodes(c.bytes, c.size, filled, place)
	case c.words != nil:
		return tallyCodes(c.words, c.size, filled, place)
	}
	return tallyCodes(c.longs, c.size, filled, place)
}

func tallyCodes[C code](codes []C, size int, filled []int, place []uint16) []int {
	count := make([]int, size)
	for row, k := range codes {
		count[k]++
		if k != 0 {
			filled[place[row]]++
		}
	}
	return count
}

// codes fills in what the rows of each code tell; code 0 is null, and those of a
// number ascend with it.
func (s *ColumnStats) codes(c *Column, count []int) {
	s.Nulls = count[0]
	lo, hi := 0, 0
	for code, rows := range count[1:] {
		if rows == 0 {
			continue
		}
		s.Distinct++
		if hi = code + 1; lo == 0 {
			lo = hi
		}
	}
	name := func(code int) string { return c.Dict[code-1] }
	if c.Type == Number {
		name = func(code int) string { return FormatNumber(c.Compact.Values[code]) }
		if s.Distinct > 0 {
			s.Lo, s.Hi = name(lo), name(hi)
		}
		if s.Distinct >= MaxDistinct {
			s.Distinct = MaxDistinct
			return
		}
	}
	for code, rows := range count {
		if code > 0 && rows > 0 {
			s.Top = append(s.Top, ValueCount{name(code), rows})
		}
	}
}

// values fills in what the values of a column without codes tell.
func (s *ColumnStats) values(c *Column, filled []int, place []uint16) {
	for row := range place {
		if c.Null(row) {
			s.Nulls++
		} else {
			filled[place[row]]++
		}
	}
	switch c.Type {
	case Number:
		s.ordered(c, func(row int) float64 { return c.Numbers[row] })
	case Time:
		s.ordered(c, func(row int) float64 { return float64(c.Times[row]) })
	}
}

// ordered finds range and values of numbers and times. Top stays empty beyond
// MaxDistinct values, where the most frequent one would be chance: from there on
// only the range is looked for.
func (s *ColumnStats) ordered(c *Column, at func(row int) float64) {
	place := map[float64]int{} // in seen
	var seen []ValueCount
	var first []int // the row that a value came with
	lo, hi := -1, -1
	var least, most float64
	for row := range c.Len() {
		if c.Null(row) {
			continue
		}
		v := at(row)
		if lo < 0 || v < least {
			lo, least = row, v
		}
		if hi < 0 || v > most {
			hi, most = row, v
		}
		if len(seen) == MaxDistinct {
			continue
		}
		i, known := place[v]
		if !known {
			i, place[v] = len(seen), len(seen)
			seen, first = append(seen, ValueCount{}), append(first, row)
		}
		seen[i].Rows++
	}
	if lo < 0 {
		return
	}
	s.Lo, s.Hi, s.Distinct = c.String(lo), c.String(hi), len(seen)
	if s.Distinct == MaxDistinct || c.Type == Time {
		return
	}
	for i := range seen {
		seen[i].Value = c.String(first[i])
	}
	s.Top = seen
}

// Empty is the share of rows without a value, NaN without rows.
func (s ColumnStats) Empty() float64 {
	if s.Rows == 0 {
		return math.NaN()
	}
	return float64(s.Nulls) / float64(s.Rows)
}
