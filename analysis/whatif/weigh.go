package whatif

import (
	"cmp"
	"math"
	"slices"

	"andon/analysis"
	"andon/analysis/ensemble"
)

// The best weights of a vote, looked for from good places downhill:
//
//	starts   equal · log odds of being right · each alone · all but one;
//	         the best few of them
//	steps    move .2, then .1, then .05 from one member to another,
//	         as long as anything gets better
//
// The worth of a vote is a staircase of its weights, so there is no slope to
// follow; with few members the steps reach every tread that matters. A test
// compares with a search of the whole simplex.

var weighSteps = []float64{.2, .1, .05}

// mostClimbs is from how many starts the search goes on: all with four members.
const mostClimbs = 10

// mostCases bounds the rows that weights are fitted on where no two are alike.
const mostCases = 3000

// Weigh finds weights, ≥ 0 and adding up to 1, under which the vote is worth
// most over the rows; among equals the ones nearest to equal weights. rows are
// those of the panel; none with a truth gives equal weights. Cost: some hundred
// votes over the cases of the poll, members² of them a step.
func Weigh(p *analysis.Panel, rows []int) []float64 {
	n := len(p.Members)
	if len(rows) > mostCases && !alike(p) {
		rows = every(rows, mostCases)
	}
	poll := ensemble.NewPoll(p, rows)
	worth := func(w []float64) float64 { return poll.Worth(w) - 1e-6*uneven(w) }
	equal := ensemble.Equal(n)
	starts := [][]float64{equal, odds(p, rows)}
	for m := range n {
		starts = append(starts, ensemble.Only(n, func(o int) bool { return o == m }))
		if n > 2 {
			starts = append(starts, ensemble.Only(n, func(o int) bool { return o != m }))
		}
	}
	slices.SortStableFunc(starts, func(a, b []float64) int { return cmp.Compare(worth(b), worth(a)) })
	best, most := equal, worth(equal)
	for _, w := range starts[:min(mostClimbs, len(starts))] {
		if w, v := climb(w, worth); v > most {
			best, most = w, v
		}
	}
	return best
}

// alike reports whether rows can be voted on alike, so that a poll is small.
func alike(p *analysis.Panel) bool {
	return !p.Amounts && !slices.ContainsFunc(p.Members, func(b analysis.Ballot) bool { return b.Shares != nil })
}

// every are n of the rows, evenly.
func every(rows []int, n int) []int {
	out := make([]int, n)
	for k := range out {
		out[k] = rows[k*len(rows)/n]
	}
	return out
}

// uneven is how far weights are from equal ones.
func uneven(w []float64) float64 {
	sum := 0.0
	for _, v := range w {
		sum += (v - 1/float64(len(w))) * (v - 1/float64(len(w)))
	}
	return sum
}

// odds are weights by the log odds of each member's being right, which are the
// best ones where members err independently. Source: Nitzan and Paroush 1982.
// Amounts weigh by the inverse of the mean squared distance.
func odds(p *analysis.Panel, rows []int) []float64 {
	weights, total := make([]float64, len(p.Members)), 0.0
	for m := range weights {
		var s analysis.Sum
		for _, i := range rows {
			s.Note(p.Judge(p.Members[m].Said[i], p.Truth[i]))
		}
		if p.Amounts {
			weights[m] = float64(s.Known) / max(1e-12, s.GoodSq)
		} else {
			right := (s.Good + 1) / (float64(s.Known) + 2)
			weights[m] = max(0, math.Log(float64(max(1, len(p.Classes)-1))*right/(1-right)))
		}
		total += weights[m]
	}
	if total == 0 {
		return ensemble.Equal(len(weights))
	}
	for m := range weights {
		weights[m] /= total
	}
	return weights
}

// climb moves weight between members while it helps.
func climb(w []float64, worth func([]float64) float64) ([]float64, float64) {
	w = slices.Clone(w)
	most := worth(w)
	for _, step := range weighSteps {
		for moved := true; moved; {
			moved = false
			for from := range w {
				for to := range w {
					move := min(step, w[from])
					if from == to || move <= 0 {
						continue
					}
					next := slices.Clone(w)
					next[from] -= move
					next[to] += move
					if v := worth(next); v > most+1e-12 {
						w, most, moved = next, v, true
					}
				}
			}
		}
	}
	return w, most
}
