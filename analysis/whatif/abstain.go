package whatif

import (
	"fmt"
	"math"

	"andon/analysis"
	"andon/analysis/ensemble"
)

// Remedies that send rows elsewhere when the system is not sure: to a person,
// whose time is counted, or to one of its members.

// thresholdCuts is how many thresholds of sureness are tried.
const thresholdCuts = 40

// leastTrain is how many rows of known sureness a threshold is fitted on.
const leastTrain = 30

// unsureTo is the policy of giving rows below a threshold to somebody else.
func (b *bench) unsureTo(cut float64, other func(k int) outcome) policy {
	return policy{func(k int) outcome {
		if b.sure[k] == b.sure[k] && b.sure[k] < cut {
			return other(k)
		}
		return outcome{worth: b.now[k]}
	}, cut}
}

// person answers any row rightly, for the cost of a review.
func (b *bench) person(int) outcome { return b.reviewed() }

// abstaining proposes two thresholds below which a person answers: the one that
// costs least, and the one that brings what is still answered back to the level
// before.
func abstaining(b *bench) ([]proposal, string) {
	if b.panel.Amounts {
		return nil, ""
	}
	if b.sureFrom == "" || len(b.cuts(b.everywhere(), thresholdCuts)) == 0 {
		return nil, "abstaining when unsure: neither confidence nor two members' votes are logged"
	}
	tell := func(r *Remedy, p policy) {
		if cut := p.setting.(float64); math.IsInf(cut, -1) {
			r.Setting = "never: no threshold is worth its reviews"
		} else {
			r.Setting = fmt.Sprintf("below %s %.3g", b.sureFrom, cut)
		}
	}
	out := []proposal{{
		remedy: Remedy{Kind: Abstain, Do: "unsure to a person, if it pays"},
		fit:    func(train []int) policy { return b.unsureTo(b.cheapest(train), b.person) }, tell: tell,
	}}
	if goal := b.goal(); goal == goal {
		out = append(out, proposal{
			remedy: Remedy{Kind: Abstain, Do: "unsure to a person, till as before"},
			fit:    func(train []int) policy { return b.unsureTo(b.restoring(train, goal), b.person) }, tell: tell,
		})
	}
	return out, ""
}

// goal is the level before; NaN where it is not known.
func (b *bench) goal() float64 {
	if b.overall[0].Known == 0 {
		return unknown
	}
	return b.overall[0].Mean()
}

// cheapest is the threshold with the fewest wrong answers and reviews, in wrong
// answers, over the training rows; −Inf where answering all is.
func (b *bench) cheapest(train []int) float64 {
	best, least := math.Inf(-1), math.Inf(1)
	for _, cut := range append([]float64{best}, b.cuts(train, thresholdCuts)...) {
		cost := 0.0
		for _, k := range train {
			if b.sure[k] < cut {
				cost += b.question.perWrong()
			} else {
				cost += 1 - b.now[k]
			}
		}
		if cost < least {
			best, least = cut, cost
		}
	}
	return best
}

// restoring is the lowest threshold from which on the training rows are as good
// as goal; the highest tried where none is.
func (b *bench) restoring(train []int, goal float64) float64 {
	cuts := append([]float64{math.Inf(-1)}, b.cuts(train, thresholdCuts)...)
	for _, cut := range cuts {
		var answered analysis.Sum
		for _, k := range train {
			if !(b.sure[k] < cut) {
				answered.Note(b.now[k])
			}
		}
		if answered.Known >= leastTrain && answered.Mean() >= goal {
			return cut
		}
	}
	return cuts[len(cuts)-1]
}

// fallbacks propose other members for the unsure, and a person where the
// members differ.
func fallbacks(b *bench) ([]proposal, string) {
	if b.votable() != "" {
		return nil, ""
	}
	var out []proposal
	if !b.panel.Amounts {
		out = append(out, proposal{remedy: Remedy{Kind: Fallback, Do: "disputed rows to a person"},
			fit: func([]int) policy {
				return policy{decide: func(k int) outcome {
					if b.panel.Disputed(b.rows[k]) == 1 {
						return b.reviewed()
					}
					return outcome{worth: b.now[k]}
				}}
			}})
	}
	if len(b.cuts(b.everywhere(), thresholdCuts)) == 0 {
		return out, "falling back when unsure: no confidence is logged"
	}
	type setting struct {
		cut    float64
		member int
	}
	fit := func(train []int) policy {
		best, most := setting{math.Inf(-1), 0}, math.Inf(-1)
		for m := range b.panel.Members {
			for _, cut := range append([]float64{math.Inf(-1)}, b.cuts(train, thresholdCuts)...) {
				p, sum := b.unsureTo(cut, b.member(m)), 0.0
				for _, k := range train {
					sum += p.decide(k).worth
				}
				if sum > most {
					best, most = setting{cut, m}, sum
				}
			}
		}
		p := b.unsureTo(best.cut, b.member(best.member))
		p.setting = best
		return p
	}
	out = append(out, proposal{remedy: Remedy{Kind: Fallback, Do: "one member for the unsure"}, fit: fit,
		tell: func(r *Remedy, p policy) {
			s := p.setting.(setting)
			if r.Setting = fmt.Sprintf("member %s below %s %.3g", b.panel.Members[s.member].Name, b.sureFrom, s.cut); math.IsInf(s.cut, -1) {
				r.Setting = "never: no member is better when unsure"
			}
		}})
	return out, ""
}

// member answers rows with one member's vote.
func (b *bench) member(m int) func(k int) outcome {
	only := ensemble.Only(len(b.panel.Members), func(o int) bool { return o == m })
	return func(k int) outcome { return outcome{worth: b.answer(k, ensemble.Vote(b.panel, only, b.rows[k]))} }
}

// reviewing proposes the stop-gap: a person answers all of the guilty slice.
func reviewing(b *bench) ([]proposal, string) {
	if b.panel.Amounts || !b.slice() {
		return nil, ""
	}
	slice := b.question.Slice
	return []proposal{{remedy: Remedy{Kind: Review, Do: "send " + slice.String() + " to a person", Where: slice},
		fit: func([]int) policy { return policy{decide: b.inPlace(slice, b.person)} }}}, ""
}
