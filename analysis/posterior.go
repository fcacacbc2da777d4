package analysis

import (
	"fmt"
	"math"
)

// Chances in the ledger stay within these, so that one answer never decides.
const (
	leastChance = .03
	mostChance  = .97
)

// weigh turns an answer of strength s (0 no, 1 yes, between: in part) into the
// natural log of its likelihood under each cause, less their mean:
//
//	w_k = ln(s·P_k + (1-s)·(1-P_k)) - mean over causes
//
// so that a positive weight speaks for the cause and a negative one against.
func weigh(yes Chances, s float64) map[Cause]float64 {
	s = max(0, min(1, s))
	var logs Chances
	mean := 0.0
	for k, p := range yes {
		p = max(leastChance, min(mostChance, p))
		logs[k] = math.Log(s*p + (1-s)*(1-p))
		mean += logs[k] / float64(len(logs))
	}
	weights := make(map[Cause]float64, len(Causes))
	for k, c := range Causes {
		weights[c] = logs[k] - mean
	}
	return weights
}

// Posterior is the probability of each cause after the ledger:
// P_k ∝ prior_k · exp(Σ weights). The weights of the checks were learned
// together, so that those which see the same thing share what it tells. Empty
// evidence returns the prior. O(evidence).
func Posterior(prior Chances, ledger []Evidence) map[Cause]float64 {
	var logs Chances
	for k := range logs {
		logs[k] = math.Log(prior[k])
	}
	for _, e := range ledger {
		if !e.Tested {
			continue
		}
		for k, c := range Causes {
			logs[k] += e.Weight[c]
		}
	}
	top := logs[0]
	for _, l := range logs {
		top = max(top, l)
	}
	total := 0.0
	posterior := make(map[Cause]float64, len(Causes))
	for k, c := range Causes {
		posterior[c] = math.Exp(logs[k] - top)
		total += posterior[c]
	}
	for c := range posterior {
		posterior[c] /= total
	}
	return posterior
}

// Thresholds of a verdict (design section 4): likely needs the first and no
// rival at the second.
const (
	likelyAt = .80
	rivalAt  = .15
	speaks   = .25 // a weight below this in size is neither for nor against
)

// Judge reads the posterior: the leader, how sure, and the ledger sorted into
// for, against and untested for each cause, most probable first. decisive says
// that a person's or a replay's decisive test named that cause (None: no such
// test). confounded, if not "", is why the leader cannot be told from a rival.
func Judge(posterior map[Cause]float64, ledger []Evidence, decisive Cause, confounded string) (Verdict, []CauseScore) {
	scores := scoreCauses(posterior, ledger)
	first, second := scores[0], scores[1]
	v := Verdict{Cause: first.Cause, Probability: first.Probability, Outcome: Inconclusive}
	switch {
	case confounded != "":
		v.Why = confounded
	case first.Probability >= likelyAt && second.Probability < rivalAt:
		v.Outcome = Likely
		v.Why = because(first)
		if decisive == first.Cause {
			v.Outcome = Confirmed
		}
	default:
		v.Why = fmt.Sprintf("%s leads with %.0f %%, but %s has %.0f %%; the next tests separate them",
			first.Cause, 100*first.Probability, second.Cause, 100*second.Probability)
	}
	return v, scores
}

func because(c CauseScore) string {
	if len(c.For) == 0 {
		return "nothing else fits the evidence better"
	}
	why := c.For[0]
	if len(c.For) > 1 {
		why += "; " + c.For[1]
	}
	return why
}
