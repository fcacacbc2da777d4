// Package whatif explores solutions around the system as it is: what quality
// would have been in the window after, had the same rows been answered by
// another rule.
//
//	labelled rows after the onset, in time
//	│ 0 │ 1 │ 2 │ 3 │ 4 │ 0 │ 1 │ …     blocks of time, dealt to folds
//	  └─▶ fitted on the other four, judged here
//
// A remedy is fitted on some blocks and judged on the others, each in turn, so
// no row is ever judged by a setting it helped to find. The setting that a
// person is told is the one fitted on all of them.
package whatif

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"andon/analysis"
)

// Question is what to explore. Slice is the guilty slice, empty where none
// stands out. Wrong and Review are what a wrong answer and a review by a person
// cost, in one currency; where either is 0, a review costs tenth of a wrong
// answer. Review is taken to be right.
type Question struct {
	Windows analysis.Windows
	Where   analysis.Where
	Slice   analysis.Where
	Wrong   float64
	Review  float64
}

// tenth is what a review costs of a wrong answer where nobody said.
const tenth = .1

// perWrong is the cost of a review in wrong answers.
func (q Question) perWrong() float64 {
	if q.Wrong > 0 && q.Review > 0 {
		return q.Review / q.Wrong
	}
	return tenth
}

// Plan is every remedy that the log can judge, the one of most certain use
// first, those that need retraining last. Overall and Slice are quality before
// and after as logged; Slice is empty without a guilty slice. Curve is what
// answering only when sure would give. Untold says what the log cannot tell and
// why. PerWrong is the cost of a review in wrong answers, Assumed whether it was
// taken for granted.
type Plan struct {
	Measure  analysis.Measure
	Windows  analysis.Windows
	Where    analysis.Where // the guilty slice
	Overall  [2]analysis.Sum
	Slice    [2]analysis.Sum
	Remedies []Remedy
	Curve    []Point
	PerWrong float64
	Assumed  bool
	Untold   []string
	Warnings []string
}

// Best is the first remedy of certain use that can be done now, nil where there
// is none.
func (p Plan) Best() *Remedy {
	for i := range p.Remedies {
		if r := &p.Remedies[i]; r.When == Now && r.Finding == Helps {
			return r
		}
	}
	return nil
}

// fewRows is how many labelled rows after the onset a plan needs.
const fewRows = 50

// Explore judges every remedy on the labelled rows of the window after. A log
// without labels, or with fewer than 50 labelled rows there, gives a Plan that
// says so and holds no remedy. An unknown column in a filter is an error. Cost:
// per remedy a pass over those rows, for weights some hundred (see [Weigh]).
func Explore(ctx context.Context, t *analysis.Table, q Question) (Plan, error) {
	p := Plan{Measure: t.Measure(), Windows: q.Windows, Where: q.Slice, PerWrong: q.perWrong(), Assumed: q.Wrong <= 0 || q.Review <= 0}
	b, err := newBench(t, q)
	if err != nil {
		return p, fmt.Errorf("explore remedies: %w", err)
	}
	p.Overall, p.Slice = b.overall, b.inSlice
	if !t.Measure().Realised() {
		p.Untold = append(p.Untold, "nothing: no row has a label, and a remedy is judged by labels; label some rows of the slice first")
		return p, nil
	}
	if n := len(b.rows); n < fewRows {
		p.Untold = append(p.Untold, fmt.Sprintf("nothing: %d rows after the onset have a label, %d are needed", n, fewRows))
		return p, nil
	}
	for _, propose := range []func(*bench) ([]proposal, string){voting, dropping, pinning, thresholds, fallbacks, abstaining, classwise, reviewing} {
		proposals, untold := propose(b)
		if untold != "" {
			p.Untold = append(p.Untold, untold)
		}
		for _, one := range proposals {
			if err := ctx.Err(); err != nil {
				return p, err
			}
			p.Remedies = append(p.Remedies, b.judge(one))
		}
	}
	routed, untold, err := b.routes(ctx)
	if err != nil {
		return p, err
	}
	p.Remedies, p.Untold = append(p.Remedies, routed...), append(p.Untold, untold...)
	p.Remedies = append(p.Remedies, b.retraining())
	p.Curve = b.curve()
	p.rank()
	p.Warnings = append(p.Warnings, b.cautions(len(p.Remedies))...)
	return p, nil
}

// rank puts remedies of certain use first, by the end of the interval that is
// nearer to none, then the open ones by what they are expected to bring, then
// those that harm; what needs retraining is last of its kind.
func (p *Plan) rank() {
	order := map[Finding]int{Helps: 0, Open: 1, Harms: 2}
	slices.SortStableFunc(p.Remedies, func(a, b Remedy) int {
		return cmp.Or(cmp.Compare(order[a.Finding], order[b.Finding]), cmp.Compare(later(a), later(b)), cmp.Compare(b.Net.Lo, a.Net.Lo), cmp.Compare(b.Gain(), a.Gain()))
	})
}

func later(r Remedy) int {
	if r.When == Retrain {
		return 1
	}
	return 0
}

// cautions are what all remedies share.
func (b *bench) cautions(tried int) []string {
	out := slices.Clone(b.panel.Warnings)
	if tried > 1 {
		out = append(out, fmt.Sprintf("%d remedies were tried on the same rows: the best of many looks a little better than it is, so watch it on new rows", tried))
	}
	if b.left > 0 {
		out = append(out, fmt.Sprintf("%d of %d labelled rows were judged, evenly in time", len(b.rows), len(b.rows)+b.left))
	}
	if d := b.selection(); math.Abs(d) > .2 {
		word := "more"
		if d < 0 {
			word = "less"
		}
		out = append(out, fmt.Sprintf("the labelled rows are %s sure than the rest (%.1f standard deviations): they are no fair sample, and neither are these numbers", word, math.Abs(d)))
	}
	return out
}
