package analysis

import (
	"math"
	"time"
)

// A fault that shows at certain hours only falls and heals day after day:
//
//	████████▃▃▃█████▃▃▃█████▃▃▃███
//	        ↓  ↑    ↓  ↑    ↓  ↑      six changes, one fault
//	        └── one change ─────────▶
//
// To the search these are many changes; to a person it is one, which began the
// first night.

// When a fall is the relapse of an earlier one.
//
// Source: practice incidents, training rounds.
const (
	relapseClock = 2 * time.Hour // falls lie at the same time of day within this
	relapseDays  = 3             // without a relapse after which it is over
	relapseHeal  = .5            // share of the fall that must have been made good
	relapseLeast = .4            // of the first fall that a relapse must lose
)

// Relapses are the changes of s with every run of falls at one time of day,
// each healed before the next, merged into its first fall. That change keeps
// its onset and levels; Lost is the sum of the run's, Z that of its largest.
// What lies between the falls of a run is part of it, and so is a last healing
// where s ends before the next fall was due. O(changes²).
func Relapses(s Series, changes []Change) []Change {
	var out []Change
	for i := 0; i < len(changes); i++ {
		run := relapses(s, changes[i:])
		merged := changes[i]
		for _, c := range changes[i+1 : i+run] {
			if c.Lost > 0 {
				merged.Lost += c.Lost
				if math.Abs(c.Z) > math.Abs(merged.Z) {
					merged.Z = c.Z
				}
			}
		}
		out = append(out, merged)
		i += run - 1
	}
	return out
}

// relapses is how many of the changes, from the first on, are one run: 1 where
// the first is no fall or never came again.
func relapses(s Series, changes []Change) int {
	first := changes[0]
	if first.Lost <= 0 {
		return 1
	}
	run, last := 1, first
	for k := 1; k < len(changes); k++ {
		c := changes[k]
		if c.Onset.Sub(last.Onset) > relapseDays*oneDay {
			break
		}
		if c.Lost > 0 && sameClock(c.Onset, first.Onset) && relapsed(first, changes[k-1], c) {
			run, last = k+1, c
		}
	}
	if run == 1 {
		return 1
	}
	end := s.At(len(s.Buckets))
	if run < len(changes) && changes[run].Lost < 0 && end.Sub(last.Onset) < oneDay+relapseClock {
		run++
	}
	return run
}

// sameClock reports whether two times lie at about the same time of day.
func sameClock(a, b time.Time) bool {
	off := a.Sub(b) % oneDay
	return min(off.Abs(), oneDay-off.Abs()) <= relapseClock
}

// relapsed reports whether quality had healed from the first fall, and fell
// again by a fair part of it.
func relapsed(first, healed, again Change) bool {
	fall := first.Before - first.After
	back := (healed.After - first.After) / fall
	return back >= relapseHeal && (again.Before-again.After)/fall >= relapseLeast
}
