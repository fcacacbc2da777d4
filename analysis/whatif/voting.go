package whatif

import (
	"fmt"
	"math"
	"strings"

	"andon/analysis"
	"andon/analysis/ensemble"
)

// Remedies that count the same votes by another rule.

// votable says why no vote can be counted again, "" where one can.
func (b *bench) votable() string {
	p := b.panel
	switch {
	case len(p.Members) == 0:
		return "re-weighting, dropping or pinning members: no column is a vote"
	case p.OneSided:
		return "re-weighting, dropping or pinning members: of wrong answers the log does not tell the truth, so no other answer can be judged"
	case len(p.Members) < 2:
		return "re-weighting members: there is only one"
	}
	return ""
}

// places are where a remedy may be applied: everywhere, and in the guilty slice
// alone.
func (b *bench) places() []analysis.Where {
	if b.slice() {
		return []analysis.Where{nil, b.question.Slice}
	}
	return []analysis.Where{nil}
}

// inPlace wraps a decision so that rows outside the place keep their answers.
func (b *bench) inPlace(where analysis.Where, decide func(k int) outcome) func(k int) outcome {
	if len(where) == 0 {
		return decide
	}
	return func(k int) outcome {
		if b.within[k] {
			return decide(k)
		}
		return outcome{worth: b.now[k]}
	}
}

// trained are the rows of a place among those that may be fitted on, as rows of
// the table; a slice with fewer than 30 uses all.
func (b *bench) trained(where analysis.Where, train []int) []int {
	var rows, all []int
	for _, k := range train {
		all = append(all, b.rows[k])
		if b.within[k] {
			rows = append(rows, b.rows[k])
		}
	}
	if len(where) == 0 || len(rows) < 30 {
		return all
	}
	return rows
}

// in names a place within a sentence.
func in(where analysis.Where) string {
	if len(where) == 0 {
		return ""
	}
	return " in " + where.String()
}

// counting is the policy of a vote with fixed weights.
func (b *bench) counting(where analysis.Where, weights []float64) policy {
	decide := func(k int) outcome { return outcome{worth: b.answer(k, ensemble.Vote(b.panel, weights, b.rows[k]))} }
	return policy{b.inPlace(where, decide), weights}
}

// voting proposes fitted weights, and equal ones.
func voting(b *bench) ([]proposal, string) {
	if why := b.votable(); why != "" {
		return nil, why
	}
	equal := ensemble.Equal(len(b.panel.Members))
	out := []proposal{{remedy: Remedy{Kind: Reweight, Do: "vote equally", Weights: b.named(equal)},
		fit: func([]int) policy { return b.counting(nil, equal) }}}
	for _, where := range b.places() {
		out = append(out, proposal{
			remedy: Remedy{Kind: Reweight, Do: "weigh the votes anew" + in(where), Where: where},
			fit:    func(train []int) policy { return b.counting(where, Weigh(b.panel, b.trained(where, train))) },
			tell: func(r *Remedy, p policy) {
				r.Weights = b.named(p.setting.([]float64))
				r.Setting = spoken(r.Weights)
			},
		})
	}
	return out, ""
}

func (b *bench) named(weights []float64) []Weight {
	out := make([]Weight, len(weights))
	for m, w := range weights {
		out[m] = Weight{b.panel.Members[m].Name, w}
	}
	return out
}

// leastSpoken is the weight that is not written as 0.00.
const leastSpoken = .005

// spoken are weights in words: "pixel 0.60, shape 0.40".
func spoken(weights []Weight) string {
	var parts []string
	for _, w := range weights {
		if w.Weight >= leastSpoken {
			parts = append(parts, fmt.Sprintf("%s %.2f", w.Member, w.Weight))
		}
	}
	return strings.Join(parts, ", ")
}

// dropping proposes the equal vote without one member, for each of three or
// more; without one of two is pinning the other.
func dropping(b *bench) ([]proposal, string) {
	n := len(b.panel.Members)
	if b.votable() != "" || n < 3 {
		return nil, ""
	}
	var out []proposal
	for m, member := range b.panel.Members {
		for _, where := range b.places() {
			rest := ensemble.Only(n, func(o int) bool { return o != m })
			out = append(out, proposal{remedy: Remedy{Kind: Drop, Do: "vote equally without " + member.Name + in(where), Where: where, Weights: b.named(rest)},
				fit: func([]int) policy { return b.counting(where, rest) }})
		}
	}
	return out, ""
}

// pinning proposes one member's answer alone.
func pinning(b *bench) ([]proposal, string) {
	n := len(b.panel.Members)
	if b.votable() != "" {
		return nil, ""
	}
	var out []proposal
	for m, member := range b.panel.Members {
		for _, where := range b.places() {
			only := ensemble.Only(n, func(o int) bool { return o == m })
			out = append(out, proposal{remedy: Remedy{Kind: Pin, Do: "take member " + member.Name + " alone" + in(where), Where: where, Weights: b.named(only)},
				fit: func([]int) policy { return b.counting(where, only) }})
		}
	}
	return out, ""
}

// unknown is the number of what is not known.
var unknown = math.NaN()
