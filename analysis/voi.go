package analysis

import (
	"cmp"
	"slices"
)

// Look further, or repair? When the line stands, being sure is worth only what
// it saves:
//
//	repair now, likeliest and cheapest first     R₁ ── R₂ ── R₃ …   expected minutes
//	one test, then repair in the better order    c + (yes: … | no: …)
//	                                             ────────────────────
//	                                             saved = the difference
//
// A cause is repaired by undoing it; whether that was it shows at once, so a
// wrong guess costs its own minutes and no more.

// Repair is what undoing one cause takes: minutes until the stop-gap is in
// place and its effect can be seen.
type Repair struct {
	Cause       Cause
	Probability float64
	Minutes     float64
	Do          string
	Source      string
}

const judgedRepair = "judgement: vision lines, a person on site, the stop-gap and not the cure"

// repairs are the stop-gaps by cause, in the order of Causes.
func repairs() []Repair {
	return []Repair{
		{Cause: Floor, Minutes: 60, Do: "go back to the old material or method on one line", Source: judgedRepair},
		{Cause: Sensor, Minutes: 30, Do: "clean, refocus or re-aim the camera; change the lamp", Source: judgedRepair},
		{Cause: Pipeline, Minutes: 25, Do: "put the old preprocessing and settings back", Source: judgedRepair},
		{Cause: Model, Minutes: 15, Do: "roll back to the version before", Source: judgedRepair},
		{Cause: Labels, Minutes: 90, Do: "label a sample again and correct the labels", Source: judgedRepair},
		{Cause: Traffic, Minutes: 45, Do: "restate the objective per slice with planning", Source: judgedRepair},
		{Cause: Service, Minutes: 20, Do: "shed load, restart or move the model", Source: judgedRepair},
	}
}

// Plan is what to do about a fault that is still running: tests worth their
// time first, the one that saves most leading; then repairs in order. Minutes
// is what repairing takes on average without any test.
type Plan struct {
	Tests   []Test
	Repairs []Repair
	Minutes float64
}

// Plan weighs the triage's open checklist steps, and a user's own, against
// repairing at once. It is empty where no cause was weighed: nothing changed,
// or nothing can be told.
func (t Triage) Plan(own ...Step) Plan {
	if len(t.Causes) == 0 || t.Verdict.Cause == None {
		return Plan{}
	}
	posterior, steps := posteriorOf(t.Causes), slices.Concat(checklist(), own)
	done, tested := map[string]Outcome{}, testedChecks(t.Ledger)
	for _, s := range steps {
		if tested[s.ID] {
			done[s.ID] = Yes // answered by a person; which way is in the posterior
		}
	}
	p := Plan{Tests: FastTests(steps, posterior, done, tested)}
	p.Repairs, p.Minutes = Repairs(posterior)
	return p
}

// Repairs is the order in which to undo causes when no further test is worth
// its time: by probability per minute, which is the cheapest order there is
// where one cause is to blame and a repair shows at once whether it was it.
// minutes is the expected time until the right one is done.
//
// Source: Kadane and Simon 1977; Heckerman, Breese and Rommelse 1995.
func Repairs(posterior map[Cause]float64) (order []Repair, minutes float64) {
	p, cost := chancesOf(posterior), repairMinutes()
	all := repairs()
	for _, k := range repairOrder(p[:], cost[:]) {
		r := all[k]
		r.Probability = p[k]
		order = append(order, r)
	}
	return order, repairCost(p[:], cost[:])
}

// FastTests are the open steps worth their time when the fault is running: each
// saves more of the expected minutes of repair than it costs,
//
//	saved = E[repair now] − P(yes)·E[repair | yes] − P(no)·E[repair | no] − minutes > 0
//
// the one that saves most first. None is an answer: repair in the order of
// [Repairs]. Arguments as for [NextTests], which asks for certainty instead.
// O(steps · causes · log causes).
//
// Source: methods 7, value of information by expected cost of repair.
func FastTests(steps []Step, posterior map[Cause]float64, done map[string]Outcome, tested map[string]bool) []Test {
	p, cost := chancesOf(posterior), repairMinutes()
	var tests []Test
	for _, s := range open(steps, done, tested) {
		saved := saving(p[:], cost[:], s.Yes[:]) - s.Minutes
		if saved <= 0 {
			continue
		}
		t := s.test(p)
		t.Saves = saved
		tests = append(tests, t)
	}
	slices.SortStableFunc(tests, func(a, b Test) int { return cmp.Compare(b.Saves, a.Saves) })
	return tests
}

// repairMinutes are the minutes of repairs, in the order of Causes.
func repairMinutes() (minutes Chances) {
	for k, r := range repairs() {
		minutes[k] = r.Minutes
	}
	return minutes
}

// repairOrder sorts causes by probability per minute of repair, the largest
// first, ties in the given order.
func repairOrder(p, minutes []float64) []int {
	order := make([]int, len(p))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(p[b]*minutes[a], p[a]*minutes[b])
	})
	return order
}

// repairCost is the expected minutes of repairing in the best order: each
// repair is paid for as far as none before it was the right one,
//
//	Σᵢ minutesᵢ · (1 − Σ p of those before i)
//
// p sums to 1; for a p of zeros every repair is paid for.
func repairCost(p, minutes []float64) float64 {
	left, cost := 1.0, 0.0
	for _, k := range repairOrder(p, minutes) {
		cost += minutes[k] * max(0, left)
		left -= p[k]
	}
	return cost
}

// saving is by how many minutes of repair one answer is expected to shorten
// the work, its own minutes not counted; at least 0 but for rounding.
func saving(p, minutes, yes []float64) float64 {
	chance, ifYes, ifNo := split(p, yes)
	return repairCost(p, minutes) - chance*repairCost(ifYes, minutes) - (1-chance)*repairCost(ifNo, minutes)
}
