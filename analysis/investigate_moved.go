package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// Where nobody wrote anything down, the log may have: calls fail, a class is
// answered more often, a product comes that never came. Each moment at which a
// column moved plainly and stayed is asked whether quality fell there.
//
//	failed      ▁▁▁▁▁▁▁▁▃▃▃▃▃▃   every row: the moment is plain
//	"tilted"    ▅▅▅▅▅▅▅▅▃▃▃▃▃▃
//	quality     ▆▇▅▇▆▇▅▇▆▄▅▆▃▅   few labels: before 93 %, after 88 %, z 2.4
//
// Few quiet weeks have any such moment, so that labels need say less than at
// the moments of a diary.

// movedZ is how surely labels must agree with a moment at which a column moved:
// as surely as two windows must differ to be told apart.
//
// Source: quiet practice weeks; with M moments asked, z² must grow by 2 ln M.
const movedZ = Z95

// searchMoved is the loss of quality that stands out most among the moments at
// which a column moved, among all rows or else within a large slice, or nil.
func searchMoved(ctx context.Context, q Inquiry, m Measure) (*sighting, error) {
	if !m.Realised() || m.Labelled > fewLabels {
		return nil, nil
	}
	moments, err := plainMoments(ctx, q.Log, q.Where)
	if err != nil || len(moments) == 0 {
		return nil, err
	}
	seen, err := fellAt(ctx, q, m, moments, []Where{nil})
	if seen != nil || err != nil {
		return seen, err
	}
	large, err := largeSlices(ctx, q, func(s Sum) bool { return s.Rows >= sentinelRows && s.Known > 0 })
	if err != nil {
		return nil, err
	}
	var places []Where
	for _, slice := range large {
		places = append(places, Where{slice.is})
	}
	return fellAt(ctx, q, m, moments, places)
}

// fellAt is the loss of quality that stands out most at one of the moments in
// one of the places, or nil where chance gives as much.
func fellAt(ctx context.Context, q Inquiry, m Measure, moments []Change, places []Where) (*sighting, error) {
	var best *sighting
	asked, plots := 0, plotted{}
	for _, place := range places {
		plot, err := plots.of(ctx, q, place)
		if err != nil {
			return nil, err
		}
		for _, c := range moments {
			found := fallAt(plot, m, q.Log.Span(), c)
			if found == nil {
				continue
			}
			if asked++; best == nil || found.z > best.z {
				found.where, best = place, found
			}
		}
	}
	return best.unlessOf(asked, movedZ), nil
}

// plainMoments are the changes of the columns that moved plainly, the plainest
// first, those of one time told once. The log's first quarter is what new
// values are told by. Cost: a profile and a few change searches a column.
func plainMoments(ctx context.Context, log Log, where Where) ([]Change, error) {
	span := log.Span()
	edge := span.From.Add(span.Duration() / 4)
	w := Windows{Window{span.From, edge}, Window{edge, span.To}}
	var all []Change
	for _, f := range log.Fields() {
		if !tellsMoments(f) {
			continue
		}
		p, err := log.Profile(ctx, f.Name, where, w)
		if err != nil {
			return nil, fmt.Errorf("see when %q moved: %w", f.Name, err)
		}
		all = append(all, p.moments(edge.Add(span.Duration()/20))...)
	}
	slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(math.Abs(b.Z), math.Abs(a.Z)) })
	var once []Change
	for _, c := range all {
		told := func(m Change) bool { return !c.Latest.Before(m.Earliest) && !m.Latest.Before(c.Earliest) }
		if !slices.ContainsFunc(once, told) {
			once = append(once, c)
		}
	}
	return once, nil
}

// tellsMoments reports whether a column is watched for when it moves.
func tellsMoments(f Field) bool {
	switch f.Role {
	case RoleStatus, RolePrediction, RoleLatency:
		return f.Type == Text || f.Type == Number
	}
	return shown(f)
}

// moments are the steps of what the column may tell: the share of failures, of
// each frequent answer and of gaps, of values new since it settled, or the mean.
func (p Profile) moments(settled time.Time) []Change {
	var found []Change
	answer := p.Field.Role == RolePrediction && p.Field.Type == Text
	for i, bin := range p.Bins {
		if bin.Null || answer && !bin.Other && i < mostClassesWatched {
			found = append(found, plainSteps(p.share(func(k int) bool { return k == i }), driftShare)...)
		}
	}
	switch {
	case p.Field.Role == RoleStatus:
		found = append(found, plainSteps(p.share(func(k int) bool { return !p.Bins[k].Null && Failed(p.Bins[k].Value) }), driftShare)...)
	case p.Field.Type == Number:
		s, sd := p.means()
		found = append(found, plainSteps(s, driftStep*sd)...)
	case !answer:
		fresh := plainSteps(p.novelty(), driftShare)
		found = append(found, slices.DeleteFunc(fresh, func(c Change) bool { return c.Onset.Before(settled) })...)
	}
	return found
}

// plainSteps are the steps of s of at least a size; none of what always moves,
// or never did.
func plainSteps(s Series, least float64) []Change {
	changes, _ := Changes(s)
	if len(changes) > driftSteps || !(least > 0) {
		return nil
	}
	return slices.DeleteFunc(changes, func(c Change) bool {
		return c.Ramp || math.Abs(c.Z) < sentinelZ || math.Abs(c.After-c.Before) < least
	})
}
