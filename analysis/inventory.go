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
// but fill no stretch. Blobs have no distinct values. It returns an error that
// names the column whose length differs from times. O(rows · columns).
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
		for row := range times {
			if c.Null(row) {
				stats.Nulls++
			} else if place[row] >= 0 {
				stats.Filled[place[row]]++
			}
		}
		for s := range stats.Filled {
			stats.Filled[s] /= float64(rows[s]) // 0/0 is the NaN of a stretch without rows
		}
		stats.values(c)
		all = append(all, stats)
	}
	return all, nil
}

// stretchOf places every row in its stretch, -1 outside the span, and counts
// the rows of each.
func stretchOf(times []int64, span Window, stretches int) (place []int16, rows []int) {
	place, rows = make([]int16, len(times)), make([]int, stretches)
	from, to := span.From.UnixNano(), span.To.UnixNano()
	length := float64(uint64(to - from)) // of centuries too, where the difference has no sign to spare
	for row, ns := range times {
		place[row] = -1
		if ns >= from && ns < to {
			place[row] = int16(min(stretches-1, int(float64(uint64(ns-from))/length*float64(stretches))))
			rows[place[row]]++
		}
	}
	return place, rows
}

// values fills in what depends on the type of the column.
func (s *ColumnStats) values(c *Column) {
	switch c.Type {
	case Text:
		count := make([]int, len(c.Dict)+1)
		for _, code := range c.Codes {
			count[code]++
		}
		for code, rows := range count {
			if code > 0 && rows > 0 {
				s.Distinct++
				s.Top = append(s.Top, ValueCount{c.Dict[code-1], rows})
			}
		}
	case Number:
		s.ordered(c, func(row int) float64 { return c.Numbers[row] })
	case Time:
		s.ordered(c, func(row int) float64 { return float64(c.Times[row]) })
	}
	slices.SortFunc(s.Top, func(a, b ValueCount) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Value, b.Value))
	})
	s.Top = slices.Clip(s.Top[:min(topValues, len(s.Top))])
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
