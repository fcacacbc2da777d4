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
