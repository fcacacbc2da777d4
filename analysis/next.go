package analysis

import (
	"cmp"
	"math"
	"slices"
)

// NextTests orders the open steps by the information about the cause that
// their answer is expected to give, per minute of a person's time:
//
//	I(step) = H(p) - [P(yes)·H(p|yes) + P(no)·H(p|no)]   in bits
//
// posterior is the state so far; done are the steps already answered and
// tested the checks the ledger already holds (their steps would tell nothing
// new). Steps with less than 0.01 bit are left out. O(steps · causes).
//
// Source: Heckerman, Breese and Rommelse, Decision-theoretic troubleshooting, 1995.
func NextTests(steps []Step, posterior map[Cause]float64, done map[string]Outcome, tested map[string]bool) []Test {
	var p Chances
	for k, c := range Causes {
		p[k] = posterior[c]
	}
	var tests []Test
	for _, s := range steps {
		if _, answered := done[s.ID]; answered || (s.Check != "" && tested[s.Check]) {
			continue
		}
		gain := information(p, s.Yes)
		if gain < .01 {
			continue
		}
		tests = append(tests, Test{Step: s.ID, Title: s.Question, Settles: separates(p, s), Minutes: s.Minutes, Information: gain})
	}
	slices.SortStableFunc(tests, func(a, b Test) int {
		return cmp.Compare(b.Information/b.Minutes, a.Information/a.Minutes)
	})
	return tests
}

func information(p, yes Chances) float64 {
	var ifYes, ifNo Chances
	chance := 0.0
	for k := range p {
		ifYes[k], ifNo[k] = p[k]*yes[k], p[k]*(1-yes[k])
		chance += ifYes[k]
	}
	return entropy(p) - chance*entropy(ifYes) - (1-chance)*entropy(ifNo)
}

// entropy is that of p scaled to sum to 1, in bits; 0 for an empty p.
func entropy(p Chances) float64 {
	total := 0.0
	for _, v := range p {
		total += v
	}
	h := 0.0
	for _, v := range p {
		if v > 0 {
			h -= v / total * math.Log2(v/total)
		}
	}
	return h
}

// separates names the causes a step tells apart best: the two whose chances of
// yes differ most, weighted by how probable both still are. A step that names
// its own keeps those first.
func separates(p Chances, s Step) []Cause {
	settles := slices.Clone(s.Settles)
	best, a, b := -1.0, 0, 0
	for i := range p {
		for j := range i {
			if d := math.Abs(s.Yes[i]-s.Yes[j]) * math.Sqrt(p[i]*p[j]); d > best {
				best, a, b = d, i, j
			}
		}
	}
	if p[a] < p[b] {
		a, b = b, a
	}
	for _, k := range []int{a, b} {
		if !slices.Contains(settles, Causes[k]) {
			settles = append(settles, Causes[k])
		}
	}
	return settles
}
