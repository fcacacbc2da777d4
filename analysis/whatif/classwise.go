package whatif

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// One threshold for all classes wastes reviews where a class is sure too late,
// and saves them where another is sure too early:
//
//	confidence   .5      .6      .7      .8      .9
//	says ok      right ───────────────────────────▶    nobody need look
//	says nok     wrong ─────────│ right ──────────▶    a person below .7
//
// It needs no probability of the other classes, and not even the truth of wrong
// answers: who reviews is taken to be right.

// classwise proposes a threshold of its own for each class that is said, below
// which a person answers: the cheapest over the rows of that class. A class with
// fewer than 30 rows to fit on has the one of all.
func classwise(b *bench) ([]proposal, string) {
	classes := len(b.panel.Classes)
	if b.panel.Amounts || b.sureFrom == "" || classes < 2 || classes > mostClasses {
		return nil, "" // abstaining says why
	}
	fit := func(train []int) policy {
		cuts := b.cheapestByClass(train)
		return policy{func(k int) outcome {
			if said := b.panel.Answer[b.rows[k]]; said == said && b.sure[k] < cuts[int(said)-1] {
				return b.reviewed()
			}
			return outcome{worth: b.now[k]}
		}, cuts}
	}
	return []proposal{{remedy: Remedy{Kind: Abstain, Do: "unsure to a person, class by class"}, fit: fit,
		tell: func(r *Remedy, p policy) { r.Setting = b.spokenCuts(p.setting.([]float64)) }}}, ""
}

// cheapestByClass is the threshold of each class, by its number - 1.
func (b *bench) cheapestByClass(train []int) []float64 {
	said := make([][]int, len(b.panel.Classes))
	for _, k := range train {
		if class := b.panel.Answer[b.rows[k]]; class == class {
			said[int(class)-1] = append(said[int(class)-1], k)
		}
	}
	cuts, all := make([]float64, len(said)), b.cheapest(train)
	for class, rows := range said {
		if cuts[class] = all; len(rows) >= leastTrain {
			cuts[class] = b.cheapest(rows)
		}
	}
	return cuts
}

// spokenCuts are thresholds in words, by the classes' names, since their numbers
// hang on the order of the rows: "confidence: nok below 0.7".
func (b *bench) spokenCuts(cuts []float64) string {
	var parts []string
	for class, cut := range cuts {
		if !math.IsInf(cut, -1) {
			parts = append(parts, fmt.Sprintf("%s below %.3g", b.panel.Classes[class], cut))
		}
	}
	if len(parts) == 0 {
		return "never: no threshold is worth its reviews"
	}
	slices.Sort(parts)
	return b.sureFrom + ": " + strings.Join(parts, ", ")
}
