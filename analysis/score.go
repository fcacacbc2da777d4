package analysis

import (
	"cmp"
	"math"
	"slices"
)

// scoreCauses orders the causes by probability and sorts the ledger for each:
// for and against by weight, the strongest first. What was found stands before
// what was looked for and not found: it says more to a person.
func scoreCauses(posterior map[Cause]float64, ledger []Evidence) []CauseScore {
	yes := map[string]Weights{}
	for _, c := range Checks() {
		yes[c.ID] = c.Yes
	}
	scores := make([]CauseScore, 0, len(Causes))
	for k, cause := range Causes {
		score := CauseScore{Cause: cause, Probability: posterior[cause]}
		var absent []string
		for _, e := range byWeight(ledger, cause) {
			switch w := e.Weight[cause]; {
			case !e.Tested:
				if table, ok := yes[e.ID]; ok && table[k] >= speaks {
					score.Untested = append(score.Untested, e.Saw)
				}
			case w >= speaks && e.Yes < .5:
				absent = append(absent, e.Saw)
			case w >= speaks:
				score.For = append(score.For, e.Saw)
			case w <= -speaks:
				score.Against = append(score.Against, e.Saw)
			}
		}
		score.For = append(score.For, absent...)
		scores = append(scores, score)
	}
	slices.SortStableFunc(scores, func(a, b CauseScore) int {
		return cmp.Compare(b.Probability, a.Probability)
	})
	return scores
}

func byWeight(ledger []Evidence, cause Cause) []Evidence {
	sorted := slices.Clone(ledger)
	slices.SortStableFunc(sorted, func(a, b Evidence) int {
		return cmp.Compare(math.Abs(b.Weight[cause]), math.Abs(a.Weight[cause]))
	})
	return sorted
}
