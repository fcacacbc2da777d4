package whatif

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"andon/analysis"
)

// Thresholds by class: a class is said when its probability plus a hand-out of
// its own is the highest. Of two classes that is one threshold:
//
//	say nok from 0.5 on      p(nok) ≥ p(ok)
//	say nok from 0.3 on      p(nok) + 0.4 ≥ p(ok)

// offsets is the ladder of hand-outs tried for a class.
var offsets = []float64{-.6, -.5, -.4, -.3, -.25, -.2, -.15, -.1, -.05, 0, .05, .1, .15, .2, .25, .3, .4, .5, .6}

// mostClasses bounds the classes whose thresholds are fitted.
const mostClasses = 12

// thresholds proposes hand-outs fitted everywhere, where every class has a
// logged probability: the members' mean shares, or the confidence of two
// classes.
func thresholds(b *bench) ([]proposal, string) {
	p := b.panel
	switch {
	case p.Amounts || b.table.Role(analysis.RolePrediction) == nil:
		return nil, ""
	case p.OneSided:
		return nil, "class thresholds that move answers from one class to another: of wrong answers the log does not tell the truth"
	case len(p.Classes) > mostClasses:
		return nil, fmt.Sprintf("class thresholds that move answers from one class to another: %d classes are too many for the rows", len(p.Classes))
	}
	share := b.shares()
	if share == nil {
		return nil, "class thresholds that move answers from one class to another: no probability is logged for each class (vote_<member>_<class>), nor a confidence of two classes"
	}
	decide := func(hand []float64) policy {
		return policy{func(k int) outcome { return outcome{worth: b.answer(k, topped(share, hand, b.rows[k]))} }, hand}
	}
	return []proposal{{
		remedy: Remedy{Kind: Threshold, Do: "move class thresholds"},
		fit:    func(train []int) policy { return decide(b.handOut(share, train)) },
		tell:   func(r *Remedy, p policy) { r.Setting = b.spokenThresholds(p.setting.([]float64)) },
	}}, ""
}

// shares gives the probability of class k+1 in a row, nil where it is not
// logged.
func (b *bench) shares() func(k, row int) float64 {
	p := b.panel
	soft := len(p.Members) > 0 && !slices.ContainsFunc(p.Members, func(m analysis.Ballot) bool { return m.Shares == nil })
	if soft {
		return func(k, row int) float64 {
			sum, n := 0.0, 0.0
			for m := range p.Members {
				if v := p.Members[m].Share(k, row); v == v {
					sum += v
					n++
				}
			}
			return sum / n
		}
	}
	if b.sureFrom != "confidence" || len(p.Classes) != 2 {
		return nil
	}
	confidence := b.table.Role(analysis.RoleConfidence).Numbers
	return func(k, row int) float64 {
		switch said := p.Answer[row]; {
		case said != said:
			return math.NaN()
		case int(said) == k+1:
			return confidence[row]
		}
		return 1 - confidence[row]
	}
}

// topped is the class whose share and hand-out are highest; NaN where no share
// is known.
func topped(share func(k, row int) float64, hand []float64, row int) float64 {
	best, most := math.NaN(), math.Inf(-1)
	for k, h := range hand {
		if v := share(k, row) + h; v > most {
			best, most = float64(k+1), v
		}
	}
	return best
}

// handOut fits the hand-outs class by class, twice round; the first class has
// none. Cost: 19 votes a class and round over the training rows, at most 3,000
// of them.
func (b *bench) handOut(share func(k, row int) float64, train []int) []float64 {
	if len(train) > mostCases {
		train = every(train, mostCases)
	}
	hand := make([]float64, len(b.panel.Classes))
	worth := func() float64 {
		sum := 0.0
		for _, k := range train {
			sum += b.answer(k, topped(share, hand, b.rows[k]))
		}
		return sum
	}
	most := worth()
	for range 2 {
		for c := 1; c < len(hand); c++ {
			best := hand[c]
			for _, o := range offsets {
				hand[c] = o
				if v := worth(); v > most {
					best, most = o, v
				}
			}
			hand[c] = best
		}
	}
	return hand
}

// spokenThresholds are hand-outs in words.
func (b *bench) spokenThresholds(hand []float64) string {
	if len(hand) == 2 {
		return fmt.Sprintf("%s from %.2f on", b.panel.Classes[1], max(0, min(1, (1-hand[1])/2)))
	}
	var parts []string
	for k, h := range hand {
		if h != 0 {
			parts = append(parts, fmt.Sprintf("%s %+.2f", b.panel.Classes[k], h))
		}
	}
	if len(parts) == 0 {
		return "as they are"
	}
	return strings.Join(parts, ", ")
}
