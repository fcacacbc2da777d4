package analysis

import (
	"math"
	"slices"
)

// The scan asks every conjunction of up to depth values how surprising its
// change is, takes the most surprising one, widens it as long as the wider
// slice moved as well, takes it into the baseline and asks again.
//
//	line=L2 ∧ shift=night  ──widen──▶  line=L2      the shortest description
//	         (most surprising)         (all of it moved)
//
// Source: methods 3.1, a Poisson scan statistic over a raked baseline.

// conjunction is a slice by dimension and key, dimensions ascending.
type conjunction []term

type term struct {
	dim int
	key uint32
}

// cuboid numbers the combinations of some dimensions: group[i] is the one of
// cell i.
type cuboid struct {
	dims   []int
	group  []uint32
	first  []int // a cell of each group
	groups int

	surprise []float64 // of each group, as long as the baseline stands
}

// Single values as the log has them are few and the likeliest description;
// pairs and ranges are many. So each family has its own part of the chance of
// error, singleAlpha for the first.
const (
	singleValues = iota
	otherSlices
	singleAlpha = .5
)

// scanner holds what stays the same from one search to the next.
type scanner struct {
	*leafTable
	rule     law
	cuboids  []cuboid
	singles  int       // of the cuboids, those of one dimension
	tried    [2]int    // conjunctions with rows, by family
	handicap []float64 // per dimension, ≤ 1: what its slices' surprise counts for
	deff     float64
}

func newScanner(t *leafTable, rule law, depth int, handicap []float64, deff float64) *scanner {
	s := &scanner{leafTable: t, rule: rule, handicap: handicap, deff: max(1, deff)}
	t.expect(rule)
	for size := 1; size <= min(depth, len(t.keys)); size++ {
		eachSubset(len(t.keys), size, func(dims []int) { s.cuboids = append(s.cuboids, cuboid{dims: dims}) })
		if size == 1 {
			s.singles = len(s.cuboids)
		}
	}
	_ = each(len(s.cuboids), func(i int) error { s.cuboids[i] = newCuboid(t, s.cuboids[i].dims); return nil })
	for _, c := range s.cuboids {
		s.tried[s.familyOf(c.dims)] += c.groups
	}
	return s
}

// familyOf is the family of the conjunctions of some dimensions.
func (s *scanner) familyOf(dims []int) int {
	if len(dims) == 1 && s.handicap[dims[0]] == 1 {
		return singleValues
	}
	return otherSlices
}

func (s *scanner) family(what conjunction) int {
	dims := make([]int, len(what))
	for i, t := range what {
		dims[i] = t.dim
	}
	return s.familyOf(dims)
}

// eachSubset visits the subsets of 0..n-1 of a size, in lexical order.
func eachSubset(n, size int, visit func([]int)) {
	var grow func(chosen []int, from int)
	grow = func(chosen []int, from int) {
		if len(chosen) == size {
			visit(slices.Clone(chosen))
			return
		}
		for d := from; d < n; d++ {
			grow(append(chosen, d), d+1)
		}
	}
	grow(make([]int, 0, size), 0)
}

func newCuboid(t *leafTable, dims []int) cuboid {
	c := cuboid{dims: dims, group: make([]uint32, t.cells)}
	possible := uint64(1)
	for _, d := range dims {
		possible *= uint64(max(1, t.sizes[d]))
	}
	groups := newPlaces(possible)
	for i := range t.cells {
		var number uint64
		for _, d := range dims {
			number = number*uint64(t.sizes[d]) + uint64(t.keys[d][i])
		}
		g := groups.find(number)
		if g == len(c.first) {
			c.first = append(c.first, i)
		}
		c.group[i] = uint32(g)
	}
	c.groups = len(c.first)
	return c
}

// candidate is a conjunction with its evidence.
type candidate struct {
	what     conjunction
	surprise float64
	rank     float64 // surprise after the handicap
}

// score adds the leaves of every group of a cuboid, and asks how surprising it is.
func (s *scanner) score(c *cuboid) {
	tallies := make([]tally, c.groups)
	for i, g := range c.group {
		tallies[g] = tallies[g].add(s.leaves[i])
	}
	c.surprise = make([]float64, c.groups)
	for g, in := range tallies {
		c.surprise[g] = s.rule.surprise(in, s.total.sub(in)) / s.deff
	}
}

// each visits every conjunction of some cuboids with its surprise.
func (s *scanner) each(of []cuboid, visit func(c *cuboid, group int, surprise float64)) {
	_ = each(len(of), func(k int) error {
		if of[k].surprise == nil {
			s.score(&of[k])
		}
		return nil
	})
	for k := range of {
		for g, surprise := range of[k].surprise {
			visit(&of[k], g, surprise)
		}
	}
}

// surer is how much more surprising a longer or later candidate must be to
// replace an earlier one: ties by rounding go to the shorter.
const surer = 1 + 1e-9

// level is the part of the highest rank from which two candidates are about as
// surprising: then the one that explains more errors is the better description.
const level = .98

// best is the most surprising conjunction of some cuboids, or nothing where
// none got worse.
func (s *scanner) best(of []cuboid) (candidate, bool) {
	var top candidate
	s.each(of, func(c *cuboid, _ int, surprise float64) {
		top.rank = max(top.rank, surprise*s.weight(c.dims))
	})
	if top.rank == 0 {
		return top, false
	}
	least, most := level*top.rank, 0.0
	s.each(of, func(c *cuboid, g int, surprise float64) {
		rank := surprise * s.weight(c.dims)
		if rank < least {
			return
		}
		what := s.conjunction(c, g)
		in := s.tally(what)
		if excess := s.rule.excess(in, s.total.sub(in)); top.what == nil || excess > most*surer {
			top, most = candidate{what, surprise, rank}, excess
		}
	})
	return top, true
}

func (s *scanner) weight(dims []int) float64 {
	w := 1.0
	for _, d := range dims {
		w = min(w, s.handicap[d])
	}
	return w
}

func (s *scanner) conjunction(c *cuboid, group int) conjunction {
	what := make(conjunction, len(c.dims))
	for k, d := range c.dims {
		what[k] = term{d, s.keys[d][c.first[group]]}
	}
	return what
}

func (s *scanner) holds(what conjunction, cell int) bool {
	for _, t := range what {
		if s.keys[t.dim][cell] != t.key {
			return false
		}
	}
	return true
}

func (s *scanner) tally(what conjunction) tally {
	var in tally
	for i, leaf := range s.leaves {
		if s.holds(what, i) {
			in = in.add(leaf)
		}
	}
	return in
}

// A slice is widened where what would be added moved by at least widenStep of
// its own step, and by widenZ standard errors.
//
// Source: methods 3.1 (η, z); z from 2 to 3 scores the same on the data there.
const (
	widenStep = .3
	widenZ    = 2.5
)

// widen drops conditions as long as the rows this adds moved too, or there are
// none.
func (s *scanner) widen(what conjunction) conjunction {
	for len(what) > 1 {
		in := s.tally(what)
		most, parent := 0.0, conjunction(nil)
		for k := range what {
			wider := slices.Delete(slices.Clone(what), k, k+1)
			if share := s.widens(in, s.tally(wider), what[k].dim); share > most {
				most, parent = share, wider
			}
		}
		if parent == nil {
			return what
		}
		what = parent
	}
	return what
}

// widens is how much of the step of in the rest of wider shows, or 0 where
// that is too little.
func (s *scanner) widens(in, wider tally, dropped int) float64 {
	rest, out := wider.sub(in), s.total.sub(wider)
	if rest.n1 <= 0 || rest.expected <= 0 {
		return math.Inf(1)
	}
	if out.expected <= 0 || out.n1 <= 0 {
		return 0
	}
	step := s.rule.step(in, out)
	if step <= 0 {
		return 0
	}
	share := s.rule.step(rest, out) / step
	if share >= widenStep && s.rule.z(rest, out) >= widenZ {
		return share
	}
	return 0
}

// absorb takes a slice into the baseline, so that the next search explains
// what is left.
func (s *scanner) absorb(what conjunction) {
	for k := range s.cuboids {
		s.cuboids[k].surprise = nil
	}
	in := s.tally(what)
	out := s.total.sub(in)
	for i := range s.leaves {
		if s.holds(what, i) {
			next := s.rule.absorb(s.leaves[i], in, out)
			s.total.expected += next - s.leaves[i].expected
			s.leaves[i].expected = next
		}
	}
}
