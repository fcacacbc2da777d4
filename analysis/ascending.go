package analysis

import "slices"

// Logs are mostly written in the order of time. Then a window is one run of
// rows, found by halving, and what is counted in it needs no look at the clock:
//
//	times   ──────┬───── before ─────┬──┬── after ──┬──
//	rows          from           until  from     until
//
// Rows in any other order are placed one by one by their own times.

// ascend reports whether no time is before the one in front of it.
func ascend(times []int64) bool {
	return inParts(len(times), func(from, until int) int {
		last := times[max(0, from-1)]
		for _, at := range times[from:until] {
			if at < last {
				return 1
			}
			last = at
		}
		return 0
	}) == 0
}

// run is the rows of a window, from and until (without it), and whether they
// are one run.
func (t *Table) run(s span64) (from, until int, ok bool) {
	if !t.ascending {
		return 0, len(t.times), false
	}
	from, _ = slices.BinarySearch(t.times, s.from)
	until, _ = slices.BinarySearch(t.times, s.to)
	return from, max(from, until), true
}

// eachRun is eachIn over the runs of both windows; false where they are none.
func (t *Table) eachRun(mask Mask, w Windows, visit func(i int, isAfter bool)) bool {
	for side, s := range [...]span64{bounds(w.Before), bounds(w.After)} {
		from, until, ok := t.run(s)
		if !ok {
			return false
		}
		for i := from; i < until; i++ {
			if mask.Has(i) {
				visit(i, side == 1)
			}
		}
	}
	return true
}

// Grades of a row, where quality is right or wrong or unknown and nothing
// between; a sum is then three counts.
const (
	ungraded = iota
	wrong
	right
	grades
)

// gradesOf is the grade of every row, or nil where quality is an amount or an
// estimate.
func gradesOf(quality []float64) []uint8 {
	graded := make([]uint8, len(quality))
	others := inParts(len(quality), func(from, until int) int {
		for i, q := range quality[from:until] {
			switch {
			case q != q:
			case q == 0:
				graded[from+i] = wrong
			case q == 1:
				graded[from+i] = right
			default:
				return 1
			}
		}
		return 0
	})
	if others > 0 {
		return nil
	}
	return graded
}

// sumOfGrades is the sum of so many rows of each grade.
func sumOfGrades(n []uint32) Sum {
	good := float64(n[right])
	return Sum{Rows: int(n[ungraded] + n[wrong] + n[right]), Known: int(n[wrong] + n[right]), Good: good, GoodSq: good}
}
