package ensemble

import (
	"cmp"
	"slices"

	"andon/analysis"
	"andon/analysis/decomposition"
)

// What is a member worth to the vote? Its mean contribution over all orders in
// which the members could have come to the table:
//
//	nobody (the commonest answer)  0.41
//	 + a                           0.88   +0.47 ┐
//	 + a, b                        0.90         ├ averaged over all orders
//	 + a, b, c                     0.93         ┘
//
// A member may be good alone and worth nothing here, because another one makes
// the same mistakes.

// MostMembers is up to how many members are valued: each doubles the work.
const MostMembers = 12

// valueWork bounds cases × subsets × members of one valuation.
const valueWork = 60_000_000

// Values share the worth of the equal vote over the worth of the best guess,
// the commonest truth of the poll (its median, of amounts), among the members by
// [decomposition.Shapley]. Each member's Sum is over rows: its mean is the value, in
// shares right or in distance saved, and its spread gives the interval. nil for
// more than MostMembers members. Cost: cases · 2ⁿ · n; a poll beyond valueWork
// is thinned evenly.
func Values(poll Poll) []analysis.Sum {
	n := len(poll.panel.Members)
	if n == 0 || n > MostMembers {
		return nil
	}
	poll = poll.thinned(valueWork / (n << n))
	guess := poll.guess()
	tables := make([][]float64, 1<<n) // the weights of every subset
	for set := range tables {
		tables[set] = Only(n, func(m int) bool { return set>>m&1 == 1 })
	}
	values := make([]analysis.Sum, n)
	for _, c := range poll.cases {
		parts := decomposition.Shapley(n, func(set uint) float64 {
			if set == 0 {
				return worth(poll.panel, guess, c.row)
			}
			return worth(poll.panel, Vote(poll.panel, tables[set], c.row), c.row)
		})
		for m, v := range parts {
			count := float64(c.count)
			values[m] = values[m].Add(analysis.Sum{Rows: c.count, Known: c.count, Good: count * v, GoodSq: count * v * v})
		}
	}
	return values
}

// guess is the commonest truth, the least class of equals; the median amount.
func (p Poll) guess() float64 {
	if p.panel.Amounts {
		var truths []float64
		for _, c := range p.cases {
			truths = append(truths, p.panel.Truth[c.row])
		}
		slices.Sort(truths)
		if len(truths) == 0 {
			return 0
		}
		return truths[len(truths)/2]
	}
	count := map[float64]int{}
	for _, c := range p.cases {
		count[p.panel.Truth[c.row]] += c.count
	}
	best, most := 0.0, -1
	for truth, n := range count {
		if n > most || n == most && cmp.Less(truth, best) {
			best, most = truth, n
		}
	}
	return best
}
