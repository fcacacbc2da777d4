package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"andon/analysis/analysistest"
)

// puzzle is a fault to be found: how likely each cause is, what undoing it
// takes, and tests that tell causes apart.
type puzzle struct {
	p, repair []float64
	tests     []puzzleTest
}

type puzzleTest struct {
	minutes float64
	yes     []float64
}

// drawPuzzle draws a puzzle: causes from a flat Dirichlet, minutes log-uniform,
// tests that say yes to a few causes and seldom to the others.
func drawPuzzle(random *rand.Rand, causes, tests int) puzzle {
	between := func(lo, hi float64) float64 { return lo + (hi-lo)*random.Float64() }
	within := func(lo, hi float64) float64 { return math.Exp(between(math.Log(lo), math.Log(hi))) }
	z := puzzle{}
	sum := 0.0
	for range causes {
		v := random.ExpFloat64()
		z.p, sum = append(z.p, v), sum+v
	}
	for k := range z.p {
		z.p[k] /= sum
	}
	for range tests {
		t := puzzleTest{minutes: within(1, 60)}
		for range causes {
			t.yes = append(t.yes, between(.03, .15))
		}
		about := 1 + random.IntN(max(2, causes/3))
		for _, k := range random.Perm(causes)[:about] {
			t.yes[k] = between(.6, .95)
		}
		z.tests = append(z.tests, t)
	}
	for range causes {
		z.repair = append(z.repair, within(10, 120))
	}
	return z
}

// pick is the place of the open test a policy would do next, -1 to repair.
type pick func(z puzzle, p []float64, open []int) int

func fast(z puzzle, p []float64, open []int) int {
	best, at := 0.0, -1
	for _, i := range open {
		if s := saving(p, z.repair, z.tests[i].yes) - z.tests[i].minutes; s > best {
			best, at = s, i
		}
	}
	return at
}

func sure(z puzzle, p []float64, open []int) int {
	best, at := -1.0, -1
	for _, i := range open {
		if s := information(p, z.tests[i].yes) / z.tests[i].minutes; s > best {
			best, at = s, i
		}
	}
	return at
}

func never(puzzle, []float64, []int) int { return -1 }

// play is the minutes of tests and repairs until the true cause is undone.
func (z puzzle) play(choose pick, truth int, answers []bool) float64 {
	p, minutes := z.p, 0.0
	var open []int
	for i := range z.tests {
		open = append(open, i)
	}
	for slices.Max(p) < .95 {
		i := choose(z, p, open)
		if i < 0 {
			break
		}
		open = slices.DeleteFunc(open, func(o int) bool { return o == i })
		minutes += z.tests[i].minutes
		_, ifYes, ifNo := split(p, z.tests[i].yes)
		if p = ifNo; answers[i] {
			p = ifYes
		}
	}
	for _, k := range repairOrder(p, z.repair) {
		minutes += z.repair[k]
		if k == truth {
			break
		}
	}
	return minutes
}

func TestScoreNextTest(t *testing.T) {
	const puzzles = 4000
	line := ""
	for _, c := range []struct {
		causes, tests  int
		fast, sure     float64 // published totals, minutes
		withoutTesting float64
	}{{5, 12, 62, 104, 78}, {12, 25, 78, 142, 135}} {
		random := rand.New(rand.NewPCG(3, uint64(c.causes)))
		var voi, ig, none float64
		for range puzzles {
			z := drawPuzzle(random, c.causes, c.tests)
			truth, u := 0, random.Float64()
			for truth < c.causes-1 && u > z.p[truth] {
				u -= z.p[truth]
				truth++
			}
			answers := make([]bool, c.tests)
			for i, test := range z.tests {
				answers[i] = random.Float64() < test.yes[truth]
			}
			voi += z.play(fast, truth, answers) / puzzles
			ig += z.play(sure, truth, answers) / puzzles
			none += z.play(never, truth, answers) / puzzles
		}
		line += fmt.Sprintf(" voi%d=%.1f ig%d=%.1f none%d=%.1f", c.causes, voi, c.causes, ig, c.causes, none)
		if voi > 1.05*c.fast || ig > 1.05*c.sure {
			t.Errorf("%d causes: %.1f and %.1f minutes, want at most 5 %% above %v and %v", c.causes, voi, ig, c.fast, c.sure)
		}
		if voi > ig || voi > none {
			t.Errorf("%d causes: acting fast takes %.1f minutes, being sure %.1f, no test %.1f", c.causes, voi, ig, none)
		}
	}
	fmt.Printf("score: next_test%s n=%d\n", line, puzzles)
}

// Oracle: every order of repairs tried.
func TestRepairCostIsLeast(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1))
	for range 200 {
		z := drawPuzzle(random, 2+random.IntN(4), 0)
		least := math.Inf(1)
		orders(len(z.p), func(order []int) {
			left, cost := 1.0, 0.0
			for _, k := range order {
				cost += z.repair[k] * left
				left -= z.p[k]
			}
			least = min(least, cost)
		})
		analysistest.Near(t, "cost of the best order", repairCost(z.p, z.repair), least, 1e-9)
	}
}

// orders visits every order of 0 … n−1.
func orders(n int, visit func([]int)) {
	order := make([]int, 0, n)
	var extend func()
	extend = func() {
		if len(order) == n {
			visit(order)
			return
		}
		for k := range n {
			if !slices.Contains(order, k) {
				order = append(order, k)
				extend()
				order = order[:len(order)-1]
			}
		}
	}
	extend()
}

// expected is the exact cost of a policy over all answers, and with no policy
// that of the best one: at every state the cheaper of repairing now and every
// open test.
func (z puzzle) expected(p []float64, open []int, choose pick) float64 {
	now := repairCost(p, z.repair)
	tried := open
	if choose != nil {
		i := choose(z, p, open)
		if i < 0 {
			return now
		}
		tried, now = []int{i}, math.Inf(1)
	}
	for _, i := range tried {
		rest := slices.DeleteFunc(slices.Clone(open), func(o int) bool { return o == i })
		chance, ifYes, ifNo := split(p, z.tests[i].yes)
		now = min(now, z.tests[i].minutes+chance*z.expected(ifYes, rest, choose)+(1-chance)*z.expected(ifNo, rest, choose))
	}
	return now
}

// Oracle: exhaustive expectimax. With one test, looking one step ahead is all
// there is; with more it may miss pairs that only pay together.
func TestFastIsNearlyTheBestPlan(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	var chosen, least float64
	for n := range 150 {
		tests := 1 + n%5
		z := drawPuzzle(random, 2+random.IntN(3), tests)
		open := []int{0, 1, 2, 3, 4}[:tests]
		a, b := z.expected(z.p, open, fast), z.expected(z.p, open, nil)
		if a < b-1e-9 || a > repairCost(z.p, z.repair)+1e-9 || (tests == 1 && a > b+1e-9) {
			t.Fatalf("%d tests: %.6f minutes, the best plan takes %.6f, no test %.6f", tests, a, b, repairCost(z.p, z.repair))
		}
		chosen, least = chosen+a, least+b
	}
	if chosen > 1.02*least {
		t.Errorf("acting fast takes %.2f times the best plan's minutes, want at most 1.02", chosen/least)
	}
}

func TestFastTests(t *testing.T) {
	steps := []Step{
		{ID: "cheap", Minutes: 1, Yes: only(Labels, .97, .03)},
		{ID: "dear", Minutes: 500, Yes: only(Labels, .97, .03)},
		{ID: "done", Minutes: 1, Yes: only(Labels, .97, .03)},
		{ID: "empty", Minutes: 1, Yes: flat()},
	}
	torn := map[Cause]float64{Labels: .5, Floor: .5}
	tests := FastTests(steps, torn, map[string]Outcome{"done": No}, nil)
	if len(tests) != 1 || tests[0].Step != "cheap" || tests[0].Saves <= 0 {
		t.Errorf("tests %+v, want the cheap one", tests)
	}
	if tests := FastTests(steps, map[Cause]float64{Model: 1}, nil, nil); len(tests) != 0 {
		t.Errorf("nothing is left to tell, yet %+v", tests)
	}
	order, minutes := Repairs(torn)
	// By hand: floor first (60 minutes), labels (90) in one case of two.
	if order[0].Cause != Floor || order[1].Cause != Labels || math.Abs(minutes-105) > 1e-9 || len(order) != len(Causes) {
		t.Errorf("repairs %v take %v minutes, want floor, labels, 105", order, minutes)
	}
	for _, r := range order {
		if r.Minutes <= 0 || r.Do == "" || r.Source == "" {
			t.Errorf("repair %+v does not say all it must", r)
		}
	}
}

// A step whose check sees what another tested check saw is worth less.
func TestNextTestsDrawInTheirGroup(t *testing.T) {
	steps := []Step{{ID: "camera", Check: "slice.camera", Minutes: 1, Yes: only(Sensor, .9, .1)}}
	p := Posterior(Prior(), nil)
	alone := NextTests(steps, p, nil, nil)[0].Information
	beside := NextTests(steps, p, nil, map[string]bool{"slice.place": true})[0].Information
	if beside >= alone || beside <= 0 {
		t.Errorf("information %v beside a tested check of its group, %v alone", beside, alone)
	}
	analysistest.Near(t, "halved log odds", drawn(only(Sensor, .9, .1), .5)[1], .75, 1e-12)
}

// A verdict that is nearly certain still names what would make it quite so.
func TestNextTestsOfTheNearlyCertain(t *testing.T) {
	tests := NextTests(Checklist(), map[Cause]float64{Floor: .9999, Sensor: .0001}, nil, nil)
	if len(tests) != sureTests || tests[0].Information >= leastInformation || tests[0].Information <= 0 {
		t.Errorf("%d tests are left: %+v", len(tests), tests)
	}
}

func TestPlan(t *testing.T) {
	if p := (Triage{Verdict: Verdict{Cause: None}}).Plan(); p.Repairs != nil || p.Tests != nil {
		t.Errorf("nothing changed, yet the plan is %+v", p)
	}
	torn := Triage{Verdict: Verdict{Cause: Floor}, Causes: []CauseScore{{Cause: Floor, Probability: .5}, {Cause: Labels, Probability: .5}}}
	p := torn.Plan()
	if len(p.Tests) == 0 || p.Repairs[0].Cause != Floor || p.Minutes != 105 {
		t.Fatalf("plan %+v, want a test and floor first, 105 minutes", p)
	}
	first := p.Tests[0].Step
	torn.Ledger = []Evidence{{ID: first, Tested: true}}
	for _, test := range torn.Plan().Tests {
		if test.Step == first {
			t.Errorf("%s was answered and is asked again", first)
		}
	}
}
