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
	best, most := math.NaN(), 0.0
	for k := range p.Classes {
		support := 0.0
		for m, w := range weights {
			if w > 0 {
				if share := p.Members[m].Share(k, row); share == share {
					support += w * share
				}
			}
		}
		switch {
		case support > most+tie:
			best, most = float64(k+1), support
		case support > most-tie && support > 0 && ahead(p, weights, row, float64(k+1), best):
			best = float64(k + 1)
		}
	}
	return best
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
