package analysis

import (
	"math"
	"slices"
)

// Has the model been asked about this before? Every input column is a ruler of
// cells that the labelled rows have been in or not:
//
//	labelled     ░▒▓█▓▒░ ░        ░▒▓▒░
//	production             ▒▒▒        ▓▓       ▒▒▒ is unseen, ▓▓ is not
//
// A row is unseen where one of its inputs is. Confidence cannot tell: a model
// can be very sure of a picture of a kind it never met.

const (
	unseenCells  = 64 // of a number between its outer thousandths, at most
	unseenRows   = 20 // labelled rows a cell of a number should have on average
	unseenRoam   = .1 // share of a reference's later half outside its earlier: a column that is always new
	unseenHalves = 50 // rows a half must have for that to be asked
)

// shown reports whether a column tells what the model was shown, or where.
func shown(f Field) bool {
	return (f.Type == Text || f.Type == Number) && (isInput(f) || f.Role == RoleDimension)
}

// unseen is the share of the production rows with an input that the reference
// rows never had, and the column that tells most of them. reference and
// production are rows of the table, reference in time order. The share expected
// by chance, that of the reference's later half against its earlier, is taken
// off; columns that are always new (counters, ids, campaigns) take no part.
// Cost: two passes over each input column.
func (t *Table) unseen(reference, production []int) (share float64, column string) {
	if len(reference) == 0 || len(production) == 0 {
		return 0, ""
	}
	earlier, later := reference[:len(reference)/2], reference[len(reference)/2:]
	strange, before := make([]bool, len(production)), make([]bool, len(later))
	most := 0
	for k := range t.columns {
		c := &t.columns[k]
		if !shown(c.Field) {
			continue
		}
		c = t.wide(k)
		cell := cellsOf(c, reference)
		roaming := outside(cell, earlier, later)
		if len(earlier) >= unseenHalves && shareSet(roaming) > unseenRoam {
			continue
		}
		merge(before, roaming)
		found := outside(cell, reference, production)
		if n := count(found); n > most {
			most, column = n, c.Name
		}
		merge(strange, found)
	}
	chance := shareSet(before)
	if len(earlier) < unseenHalves {
		chance = 0
	}
	return max(0, shareSet(strange)-chance), column
}

// cellsOf tells in which cell of its ruler a row's value lies, -1 for null.
// Text has a cell a value; a number has cells of equal width, unseenRows rows
// of the reference wide on average.
func cellsOf(c *Column, reference []int) func(i int) int {
	if c.Type == Text {
		return func(i int) int { return 2*int(c.Codes[i]) - 1 } // neighbours are no kin: odd numbers only
	}
	lo, hi := outerThousandths(c.Numbers, reference)
	cells := max(1, min(unseenCells, len(reference)/unseenRows))
	width := (hi - lo) / float64(cells)
	if !(width > 0) {
		width = max(math.Abs(lo), 1) * 1e-9
	}
	return func(i int) int {
		v := c.Numbers[i]
		if v != v {
			return -1 << 40
		}
		return int(max(-1<<30, min(1<<30, math.Floor((v-lo)/width))))
	}
}

// outerThousandths are the values that leave a thousandth of the rows on
// either side.
func outerThousandths(values []float64, rows []int) (lo, hi float64) {
	var known []float64
	for _, i := range rows {
		if v := values[i]; v == v && !math.IsInf(v, 0) {
			known = append(known, v)
		}
	}
	if len(known) == 0 {
		return 0, 0
	}
	slices.Sort(known)
	cut := len(known) / 1000
	return known[cut], known[len(known)-1-cut]
}

// outside marks the rows whose cell, and both its neighbours, hold none of the
// known rows.
func outside(cell func(i int) int, known, rows []int) []bool {
	seen := map[int]struct{}{}
	for _, i := range known {
		seen[cell(i)] = struct{}{}
	}
	out := make([]bool, len(rows))
	for k, i := range rows {
		at := cell(i)
		out[k] = true
		for near := at - 1; near <= at+1; near++ {
			if _, ok := seen[near]; ok {
				out[k] = false
			}
		}
	}
	return out
}

func merge(into, from []bool) {
	for i, v := range from {
		into[i] = into[i] || v
	}
}

func count(marks []bool) int {
	n := 0
	for _, m := range marks {
		n += side(m)
	}
	return n
}

// shareSet is the share of marks that are set, 0 for none.
func shareSet(marks []bool) float64 { return float64(count(marks)) / float64(max(1, len(marks))) }
