package analysis

import (
	"cmp"
	"math"
	"slices"
)

// Search says what a slice search may look for.
type Search struct {
	Scale       Scale
	LowerBetter bool
	Depth       int       // conditions in a slice, 1..3
	Handicap    []float64 // per dimension, what its surprise counts for; nil: 1
	Deff        float64   // variance between buckets over that of independent rows; below 1 counts as 1
	Tried       int       // candidates looked at before, such as ranges to choose one from
}

// Limits of a search.
//
// Source: methods 3.1 (α, three causes).
const (
	sliceAlpha  = .01 // chance of an accepted slice when nothing changed
	mostCauses  = 3
	smallCause  = .03 // of the first slice's excess; less is not worth a line
	alternative = 8   // slices shown that were not accepted
)

// LocateLeaves finds the slices that explain why the leaves got worse from
// before to after: first the accepted ones, the most surprising first, then
// alternatives that were not accepted, by how surprising they are alone.
//
// A slice is accepted where its log likelihood ratio exceeds ln M + ln(1/α), M
// the number of slices with rows and α = 0.01, so its P, M·e^-LLR, holds for
// the whole search. Contribution is its share of everything seen beyond the
// raked baseline. Leaves without known rows in both windows give nothing.
// Cost: O(subsets of dimensions × cells), up to four times.
func LocateLeaves(leaves Leaves, search Search) []SliceScore {
	before, after := leaves.Total()
	if before.Known == 0 || after.Known == 0 || len(leaves.Dims) == 0 {
		return nil
	}
	handicap := search.Handicap
	if handicap == nil {
		handicap = slices.Repeat([]float64{1}, len(leaves.Dims))
	}
	table := newLeafTable(leaves, search.Scale, search.LowerBetter)
	s := newScanner(table, lawOf(search.Scale, leaves), search.Depth, handicap, search.Deff)
	s.tried[otherSlices] += search.Tried
	whole := s.total
	alternatives := s.alternatives()
	var out []SliceScore
	describe := func(c candidate, accepted bool) SliceScore {
		score := describeSlice(leaves, c.what, search.Scale)
		score.P = min(1, s.chances(c.what)*math.Exp(-c.surprise))
		score.Accepted = accepted
		in := s.tally(c.what)
		if gap := whole.seen1 - whole.unabsorbed; gap != 0 {
			score.Contribution = (in.seen1 - in.unabsorbed) / gap
		}
		return score
	}
	found := s.causes()
	for _, c := range found {
		out = append(out, describe(c, true))
	}
	for _, c := range alternatives {
		if !slices.ContainsFunc(found, func(f candidate) bool { return slices.Equal(f.what, c.what) }) {
			out = append(out, describe(c, false))
		}
	}
	return out[:min(len(out), len(found)+alternative)]
}

// lawOf is the law of a scale, with what it must know of the leaves.
func lawOf(scale Scale, leaves Leaves) law {
	if scale == Amount {
		return amountLaw{leaves.spread()}
	}
	return errorLaw{}
}

// causes are the accepted slices. Each is found after those before it were
// taken into the baseline, must be news against its own past, and after the
// first must also stand out on the rows that no earlier one holds: within one
// guilty slice some rows always suffer more, and that is not another cause.
func (s *scanner) causes() []candidate {
	var found []candidate
	var excess, step float64 // of the first
	for len(found) < mostCauses {
		c, ok := s.beyondChance()
		if !ok {
			break
		}
		c.what = s.widen(c.what)
		limit := s.limit(c.what)
		in := s.tally(c.what)
		if s.rule.news(in, s.total.sub(in))/s.deff <= limit {
			break
		}
		in, out := s.beside(c.what, found)
		if len(found) == 0 {
			excess, step = s.rule.excess(in, out), s.rule.step(in, out)
		} else if s.rule.surprise(in, out)/s.deff <= limit ||
			s.rule.excess(in, out) < smallCause*excess || s.rule.step(in, out) < widenStep*step {
			break
		}
		found = append(found, c)
		s.absorb(c.what)
	}
	return found
}

// beyondChance is the most surprising conjunction or, where that may be chance
// among so many, the most surprising single value, of which there are few.
func (s *scanner) beyondChance() (candidate, bool) {
	for _, of := range [][]cuboid{s.cuboids, s.cuboids[:s.singles]} {
		if c, ok := s.best(of); ok && c.surprise > s.limit(c.what) {
			return c, true
		}
	}
	return candidate{}, false
}

// limit is the surprise above which a conjunction is beyond chance.
func (s *scanner) limit(what conjunction) float64 {
	return math.Log(s.chances(what)) - math.Log(sliceAlpha)
}

// chances is how many conjunctions share the chance of error with this one: a
// part of it is for single values, the rest for the many others.
func (s *scanner) chances(what conjunction) float64 {
	if s.family(what) == singleValues {
		return float64(s.tried[singleValues]) / singleAlpha
	}
	return float64(s.tried[otherSlices]) / (1 - singleAlpha)
}

// beside is what lies in a slice and what does not, without the rows of those
// already found.
func (s *scanner) beside(what conjunction, found []candidate) (in, out tally) {
	for i, leaf := range s.leaves {
		if slices.ContainsFunc(found, func(f candidate) bool { return s.holds(f.what, i) }) {
			continue
		}
		if s.holds(what, i) {
			in = in.add(leaf)
		} else {
			out = out.add(leaf)
		}
	}
	return in, out
}

// alternatives are the most surprising slices on their own.
func (s *scanner) alternatives() []candidate {
	var all []candidate
	s.each(s.cuboids, func(c *cuboid, g int, surprise float64) {
		if surprise > 0 {
			all = append(all, candidate{s.conjunction(c, g), surprise, surprise * s.weight(c.dims)})
		}
	})
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.rank, a.rank) })
	return all[:min(len(all), alternative+mostCauses)]
}

// describeSlice adds up the cells of a slice and of everything else.
func describeSlice(leaves Leaves, what conjunction, scale Scale) SliceScore {
	var score SliceScore
	for _, t := range what {
		score.Where = append(score.Where, leaves.Values[t.dim][t.key])
	}
	for _, c := range leaves.Cells {
		in := true
		for _, t := range what {
			in = in && c.Key[t.dim] == t.key
		}
		if in {
			score.Before, score.After = score.Before.Add(c.Before), score.After.Add(c.After)
			continue
		}
		score.Complement[0] = score.Complement[0].Add(c.Before)
		score.Complement[1] = score.Complement[1].Add(c.After)
	}
	score.Support = [2]float64{
		supportOf(score.Before.Rows, score.Complement[0].Rows),
		supportOf(score.After.Rows, score.Complement[1].Rows),
	}
	score.Interval = DifferenceInterval(scale, score.Before, score.After)
	return score
}

// supportOf is in / (in + out), 0 of nothing.
func supportOf(in, out int) float64 {
	if in+out == 0 {
		return 0
	}
	return float64(in) / float64(in+out)
}
