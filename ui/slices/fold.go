package slices

import (
	"fmt"
	"math"
	"slices"

	"andon/analysis"
)

// A slice repeats one that ranks before it where it is a part of what is guilty
// already, or has the same rows by another name:
//
//	line=L2 +1               station=S4 +1
//	  line=L2 shift=night      operator=op-2672
//
// Repeats are folded into the one they repeat, so that the list is of different
// explanations; u unfolds them.

// entry is a line of the table: a slice of the triage by its place there, how
// many are folded into it, and whether it is one of those.
type entry struct {
	score  int
	folded int
	within bool
}

// fold groups the slices; unfolded, those that repeat another follow it.
func fold(scores []analysis.SliceScore, unfolded bool) []entry {
	var heads []entry
	repeats := map[int][]int{}
	for i, score := range scores {
		at := slices.IndexFunc(heads, func(h entry) bool { return repeat(scores[h.score], score) })
		if at < 0 {
			heads = append(heads, entry{score: i})
			continue
		}
		heads[at].folded++
		repeats[heads[at].score] = append(repeats[heads[at].score], i)
	}
	if !unfolded {
		return heads
	}
	var list []entry
	for _, h := range heads {
		list = append(list, entry{score: h.score})
		for _, i := range repeats[h.score] {
			list = append(list, entry{score: i, within: true})
		}
	}
	return list
}

// repeat reports whether a slice says what a head says already.
func repeat(head, score analysis.SliceScore) bool {
	return head.Accepted && part(head.Where, score.Where) || alike(head.Before, score.Before) && alike(head.After, score.After)
}

// part reports whether the rows of one filter are among those of the other: it
// has all its conditions.
func part(whole, of analysis.Where) bool {
	for _, c := range whole {
		if !slices.Contains(of, c) {
			return false
		}
	}
	return true
}

// alike reports whether two sums are of the same rows, as far as their counts
// tell.
func alike(a, b analysis.Sum) bool {
	const close = 0.01
	near := func(x, y float64) bool { return math.Abs(x-y) <= close*max(math.Abs(x), math.Abs(y)) }
	return near(float64(a.Rows), float64(b.Rows)) && near(float64(a.Known), float64(b.Known)) && near(a.Good, b.Good)
}

// folds says how many slices are folded away, "" for none.
func (s Screen) folds() string {
	n := len(s.state.Triage.Slices) - len(s.shown)
	switch {
	case s.unfolded:
		return ""
	case n == 1:
		return "; 1 repeats another, u shows it"
	case n > 1:
		return fmt.Sprintf("; %d repeat others, u shows them", n)
	}
	return ""
}
