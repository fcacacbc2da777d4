package whatif

import (
	"context"
	"fmt"
	"math"
	"slices"

	"andon/analysis"
	"andon/analysis/version"
)

// Routing to another version or model. Which rows it would have got right was
// not logged, so it is judged by comparison: on the same traffic, cell by cell,
// where both answered some of it.
//
//	line=L2   3.5.0  ▂▂▂▂▂▂      logged answers: 0.61
//	          3.4.1  ▇▇          the same hours and cameras: 0.93   +.32

// mostRoutes bounds how many values of a column are tried.
const mostRoutes = 6

// routes compares the value that answers most of the place now with each of the
// others, by version and by model. Values that never met the same traffic give
// no remedy but a reason.
func (b *bench) routes(ctx context.Context) (routed []Remedy, untold []string, err error) {
	found := false
	for _, role := range []analysis.Role{analysis.RoleVersion, analysis.RoleModel} {
		c := b.table.Role(role)
		if c == nil || c.Type != analysis.Text || len(c.Dict) < 2 {
			continue
		}
		found = true
		for _, where := range b.places() {
			remedies, why, err := b.routesOf(ctx, c, where)
			if err != nil {
				return nil, nil, err
			}
			routed, untold = append(routed, remedies...), append(untold, why...)
		}
	}
	if !found {
		untold = append(untold, "routing to another version or model: the log has one of each at most")
	}
	return routed, untold, nil
}

// routesOf are the remedies of one column in one place.
func (b *bench) routesOf(ctx context.Context, c *analysis.Column, where analysis.Where) (routed []Remedy, untold []string, err error) {
	order := b.commonest(c, where)
	if len(order) == 0 {
		return nil, nil, nil
	}
	now := order[0]
	for _, other := range others(c, now)[:min(mostRoutes, len(c.Dict)-1)] {
		all := slices.Concat(b.question.Where, where)
		cmp, err := version.Compare(ctx, b.table, c.Name, now, other, b.question.Windows.After, all)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case cmp.Sums[1].Known == 0 && len(where) > 0: // said for everywhere, or it is there elsewhere
			continue
		case cmp.Sums[1].Known == 0:
			untold = append(untold, fmt.Sprintf("routing to %s %s: it answered no labelled row after the onset; replay it on those rows, or give it a part of the traffic", c.Name, other))
			continue
		case !cmp.Told():
			untold = append(untold, fmt.Sprintf("routing%s to %s %s: %s", in(where), c.Name, other, cmp.Warnings[0]))
			continue
		}
		routed = append(routed, b.routed(c, where, now, other, cmp))
	}
	return routed, untold, nil
}

// others are the values of a column but one, in the order of the dictionary.
func others(c *analysis.Column, now string) []string {
	return slices.DeleteFunc(slices.Clone(c.Dict), func(v string) bool { return v == now })
}

// commonest are the values that answer the place after, most rows first.
func (b *bench) commonest(c *analysis.Column, where analysis.Where) []string {
	count := make([]int, len(c.Dict)+1)
	for k, i := range b.rows {
		if len(where) == 0 || b.within[k] {
			count[c.Codes[i]]++
		}
	}
	var codes []int
	for code := 1; code < len(count); code++ {
		if count[code] > 0 {
			codes = append(codes, code)
		}
	}
	slices.SortStableFunc(codes, func(x, y int) int { return count[y] - count[x] })
	values := make([]string, len(codes))
	for k, code := range codes {
		values[k] = c.Dict[code-1]
	}
	return values
}

// routed turns a comparison into a remedy: the rows that now answers would
// change by the pooled difference, the rest not at all.
func (b *bench) routed(c *analysis.Column, where analysis.Where, now, other string, cmp version.Comparison) Remedy {
	r := Remedy{Kind: Route, When: Now, Where: where, Indirect: true, Warnings: slices.Clone(cmp.Warnings),
		Do:      fmt.Sprintf("route%s from %s %s to %s", placed(where), c.Name, now, other),
		Setting: fmt.Sprintf("on %d and %d rows of the same traffic", cmp.Known[0], cmp.Known[1])}
	moves := func(k int) bool {
		code := c.Codes[b.rows[k]]
		return code > 0 && c.Dict[code-1] == now && (len(where) == 0 || b.within[k])
	}
	b.shift(&r, cmp.Difference, cmp.Interval, moves)
	return r
}

// shift fills the effects of a remedy that moves the measure by as much in all
// rows of moves.
func (b *bench) shift(r *Remedy, by float64, interval analysis.Interval, moves func(k int) bool) {
	if b.table.Measure().LowerBetter {
		by, interval = -by, analysis.Interval{Lo: -interval.Hi, Hi: -interval.Lo}
	}
	r.Overall = b.shifted(by, interval, moves, func(int) bool { return true })
	if b.slice() {
		r.Slice = b.shifted(by, interval, moves, func(k int) bool { return b.within[k] })
		r.Elsewhere = b.shifted(by, interval, moves, func(k int) bool { return !b.within[k] })
	}
	r.Answered = r.Overall.With
	b.settle(r)
}

func placed(where analysis.Where) string {
	if len(where) == 0 {
		return " everything"
	}
	return " " + where.String()
}

// shifted is the effect on the rows of in when those of moves gain the same.
func (b *bench) shifted(gain float64, interval analysis.Interval, moves, in func(k int) bool) Effect {
	var e Effect
	moved := 0
	for k := range b.rows {
		if !in(k) {
			continue
		}
		e.Now.Note(b.worth(b.now[k]))
		if moves(k) {
			moved++
		}
	}
	share := float64(moved) / float64(max(1, e.Now.Known))
	e.Gain, e.Interval = share*gain, analysis.Interval{Lo: share * interval.Lo, Hi: share * interval.Hi}
	e.With = e.Now
	e.With.Good += b.worth(e.Gain) * float64(e.Now.Known)
	e.With.GoodSq = math.NaN() // rows were not seen
	return e
}

// retraining is what teaching the model the new inputs could bring at most: the
// place back to where it was before.
func (b *bench) retraining() Remedy {
	place := b.question.Slice
	if !b.slice() {
		place = nil
	}
	levels := b.overall
	if place != nil {
		levels = b.inSlice
	}
	r := Remedy{Kind: Teach, When: Retrain, Where: place, Indirect: true, Do: "retrain on labelled rows" + in(place),
		Warnings: []string{"an upper bound: it takes for granted that the new model does on the new inputs as this one did before"}}
	q := analysis.CompareQuality(b.table.Measure(), levels[1], levels[0])
	b.shift(&r, q.Delta, q.Interval, func(k int) bool { return place == nil || b.within[k] })
	return r
}
