package ensemble

import (
	"math"

	"andon/analysis"
)

// Vote counts the ballots of a row again, each member with its weight:
//
//	            ok    nok   no part
//	a  0.5      1
//	b  0.3            1                 choices: the class with most weight
//	c  0.2            1
//	support     0.5   0.5               a tie goes to its heaviest member: ok
//
// With shares the support of a class is the weighted sum of its shares; of
// amounts the vote is the weighted mean. Members that said nothing are left
// out. NaN where nobody with weight said anything. weights has one number ≥ 0 a
// member.
func Vote(p *analysis.Panel, weights []float64, row int) float64 {
	if p.Amounts {
		return weightedMean(p, weights, row)
	}
	var few [32]float64 // spares an allocation a row
	support := few[:]
	if len(p.Classes) > len(few) {
		support = make([]float64, len(p.Classes))
	}
	for m, w := range weights {
		if w > 0 {
			add(support[:len(p.Classes)], &p.Members[m], w, row)
		}
	}
	best, most := math.NaN(), 0.0
	for k, v := range support[:len(p.Classes)] {
		switch {
		case v > most+tie:
			best, most = float64(k+1), v
		case v > most-tie && v > 0 && ahead(p, weights, row, float64(k+1), best):
			best = float64(k + 1)
		}
	}
	return best
}

// add gives the classes a member's weight, by its choice or its shares.
func add(support []float64, b *analysis.Ballot, weight float64, row int) {
	if b.Shares == nil {
		if said := b.Said[row]; said == said {
			support[int(said)-1] += weight
		}
		return
	}
	for k := range support {
		if share := b.Share(k, row); share == share {
			support[k] += weight * share
		}
	}
}

// tie is how near two sums of weights are the same.
const tie = 1e-9

// ahead reports whether class a has a heavier member behind it than class b;
// between equals the member logged first decides.
func ahead(p *analysis.Panel, weights []float64, row int, a, b float64) bool {
	best, said := 0.0, math.NaN()
	for m, w := range weights {
		if v := p.Members[m].Said[row]; (v == a || v == b) && w > best+tie {
			best, said = w, v
		}
	}
	return said == a
}

func weightedMean(p *analysis.Panel, weights []float64, row int) float64 {
	sum, total := 0.0, 0.0
	for m, w := range weights {
		if v := p.Members[m].Said[row]; w > 0 && v == v {
			sum += w * v
			total += w
		}
	}
	return sum / total
}

// Equal is the same weight for each of n members, adding up to 1.
func Equal(n int) []float64 {
	weights := make([]float64, n)
	for i := range weights {
		weights[i] = 1 / float64(n)
	}
	return weights
}

// Only gives all weight to the members for which in holds, equally.
func Only(n int, in func(m int) bool) []float64 {
	weights, count := make([]float64, n), 0.0
	for m := range weights {
		if in(m) {
			weights[m], count = 1, count+1
		}
	}
	for m := range weights {
		weights[m] /= max(1, count)
	}
	return weights
}
