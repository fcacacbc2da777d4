package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// Some drops do not show in the whole: a lamp that is out on nights looks like
// the rhythm of day and night, and a small line drowns in the others. So where
// the whole log shows no change, its largest slices are searched one by one,
// and a change must stand out further, since many are tried.
//
//	whole   ▆▅▆▅▆▅▆▄▆▄▆▄     nothing beyond the rhythm
//	night    ▅ ▅ ▅ ▂ ▂ ▂     shift=night fell

// How many slices are searched, how many known rows one must have, and how many
// standard errors its change must stand out.
//
// Source: quiet practice weeks; with M slices tried, z² must grow by 2 ln M.
const (
	scanSlices = 24
	scanKnown  = 150
	scanZ      = 6.0
	scanGuess  = 0.05 // of an estimated share: ordinary mixes move a slice's by half
)

// searchSlices is the strongest worsening of any large slice, or nil, with the
// series it was seen in.
func searchSlices(ctx context.Context, q Inquiry) (*Change, error) {
	tried, err := largeSlices(ctx, q, func(s Sum) bool { return s.Known >= scanKnown })
	if err != nil {
		return nil, err
	}
	need := math.Sqrt(scanZ*scanZ + 2*math.Log(float64(max(1, len(tried)))))
	var best *Change
	for _, slice := range tried {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		where := slices.Concat(q.Where, Where{slice.is})
		series, err := q.Log.Series(ctx, where, StepFor(q.Log.Span(), slice.known))
		if err != nil {
			return nil, fmt.Errorf("plot %s: %w", where, err)
		}
		changes, _ := Changes(series)
		worst := Worst(changes)
		if worst != nil && series.Name == EstimatedAccuracy && worst.Before-worst.After < scanGuess {
			continue
		}
		if worst != nil && math.Abs(worst.Z) >= need && (best == nil || math.Abs(worst.Z) > math.Abs(best.Z)) {
			best = worst
		}
	}
	return best, nil
}

type sliceSize struct {
	is    Condition
	known int
}

// largeSlices are the values of the dimensions with the most known rows, of
// those large enough, but not those that hold nearly all of them.
func largeSlices(ctx context.Context, q Inquiry, large func(Sum) bool) ([]sliceSize, error) {
	span := q.Log.Span()
	var found []sliceSize
	for _, f := range q.Log.Fields() {
		if f.Type != Text || f.Role != RoleDimension && f.Role != RoleReviewer {
			continue
		}
		leaves, err := q.Log.Leaves(ctx, []Dimension{{Column: f.Name}}, q.Where, Windows{Before: span})
		if err != nil {
			return nil, fmt.Errorf("size up the slices of %s: %w", f.Name, err)
		}
		for _, c := range leaves.Cells {
			is := leaves.Values[0][c.Key[0]]
			if is.Op == Equal && large(c.Before) && 10*c.Before.Known < 9*q.Log.Measure().Known {
				found = append(found, sliceSize{is, c.Before.Known})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b sliceSize) int { return cmp.Compare(b.known, a.known) })
	return found[:min(scanSlices, len(found))], nil
}
