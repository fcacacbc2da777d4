package analysis

import (
	"cmp"
	"math"
	"slices"
)

// What to ask next. Two ways of choosing, one table of steps:
//
//	be sure    information about the cause per minute    NextTests
//	act fast   minutes of repair saved                   FastTests (voi.go)

// leastInformation is what a step must be expected to tell, in bits.
const leastInformation = .01

// sureTests is how many are listed where none tells that much: a verdict that is
// nearly certain still wants somebody to go and look.
const sureTests = 3

// NextTests orders the open steps by the information about the cause that
// their answer is expected to give, per minute of a person's time:
//
//	I(step) = H(p) - [P(yes)·H(p|yes) + P(no)·H(p|no)]   in bits
//
// posterior is the state so far; done are the steps already answered and
// tested the checks the ledger already holds (their steps would tell nothing
// new). A step whose check sees the same as n tested ones counts as little as
// the ledger will let it, see [Posterior]. Steps with less than 0.01 bit are
// left out, unless none tells as much: then the best few stay. O(steps · causes).
//
// Source: Heckerman, Breese and Rommelse, Decision-theoretic troubleshooting, 1995.
func NextTests(steps []Step, posterior map[Cause]float64, done map[string]Outcome, tested map[string]bool) []Test {
	p := chancesOf(posterior)
	var tests []Test
	for _, s := range open(steps, done, tested) {
		if t := s.test(p); t.Information > 0 {
			tests = append(tests, t)
		}
	}
	slices.SortStableFunc(tests, func(a, b Test) int {
		return cmp.Compare(b.Information/b.Minutes, a.Information/a.Minutes)
	})
	telling := slices.DeleteFunc(slices.Clone(tests), func(t Test) bool { return t.Information < leastInformation })
	if len(telling) == 0 {
		return tests[:min(sureTests, len(tests))]
	}
	return telling
}

func chancesOf(posterior map[Cause]float64) (p Chances) {
	for k, c := range Causes {
		p[k] = posterior[c]
	}
	return p
}

// open are the steps not yet answered, each with its chances drawn in where
// the ledger already holds answers to questions of the same group.
func open(steps []Step, done map[string]Outcome, tested map[string]bool) []Step {
	held := map[string]int{}
	for id, known := range tested {
		if group := correlated(id); known && group != "" {
			held[group]++
		}
	}
	for _, s := range steps {
		if o := done[s.ID]; s.Group != "" && (o == Yes || o == No) {
			held[s.Group]++
		}
	}
	var left []Step
	for _, s := range steps {
		if _, answered := done[s.ID]; answered || (s.Check != "" && tested[s.Check]) {
			continue
		}
		if n := held[correlated(s.Check)] + held[s.Group]; n > 0 {
			s.Yes = drawn(s.Yes, math.Pow(groupShare, float64(n)))
		}
		left = append(left, s)
	}
	return left
}

// groupShare is what one more answer about the same thing is worth of the one
// before, as in Posterior.
const groupShare = .5

// drawn is the chances with their log odds multiplied by share: an answer that
// moves the causes so much less.
func drawn(yes Chances, share float64) Chances {
	for k, p := range yes {
		a, b := math.Pow(p, share), math.Pow(1-p, share)
		yes[k] = a / (a + b)
	}
	return yes
}

// test is the step as a test, seen from p.
func (s Step) test(p Chances) Test {
	return Test{Step: s.ID, Title: s.Question, Settles: separates(p, s), Minutes: s.Minutes,
		Information: information(p[:], s.Yes[:])}
}

// information is the expected fall of the entropy of p, in bits, by an answer
// that is yes with the chances given.
func information(p, yes []float64) float64 {
	chance, ifYes, ifNo := split(p, yes)
	return entropy(p) - chance*entropy(ifYes) - (1-chance)*entropy(ifNo)
}

// split is the chance of a yes and the causes' probabilities after either
// answer, each summing to 1; an answer that cannot come leaves p as it is.
func split(p, yes []float64) (chance float64, ifYes, ifNo []float64) {
	ifYes, ifNo = make([]float64, len(p)), make([]float64, len(p))
	other := 0.0
	for k, v := range p {
		ifYes[k], ifNo[k] = v*yes[k], v*(1-yes[k])
		chance += ifYes[k]
		other += ifNo[k]
	}
	if total := chance + other; total > 0 {
		chance /= total
	}
	return chance, scaled(ifYes, p), scaled(ifNo, p)
}

// scaled makes q sum to 1 in place; p instead where q is all 0.
func scaled(q, p []float64) []float64 {
	sum := total(q)
	if sum <= 0 {
		return p
	}
	for k := range q {
		q[k] /= sum
	}
	return q
}

// entropy is that of p scaled to sum to 1, in bits; 0 for an empty p.
func entropy(p []float64) float64 {
	sum, h := total(p), 0.0
	for _, v := range p {
		if v > 0 {
			h -= v / sum * math.Log2(v/sum)
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

// correlated names the group of checks that look at the same thing: the n-th
// answer of a group is expected to tell 2^-n as much. "" stands alone.
func correlated(id string) string {
	switch id {
	case "inputs.moved", "inputs.unseen", "shift.unseen":
		return "inputs"
	case "slice.camera", "slice.place", "slice.everywhere":
		return "slice"
	case "image.whole", "image.shifted", "optics.blur", "optics.light":
		return "picture"
	case "version.moved", "version.worse":
		return "version"
	case "labels.moved", "labels.reviewer":
		return "labels"
	}
	return ""
}
