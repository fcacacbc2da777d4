package analysis

import (
	"context"
	"math"
)

// Did the yardstick move? Labels come late, so coverage is compared only in
// the hours around the onset, where the delay is nearly the same.

// coverageZ is how many standard errors coverage must move to be a change.
const coverageZ = 4

func labelsMoved(ctx context.Context, s *scene) (answer, error) {
	if !s.measure.Realised() {
		return untested("there are no labels"), nil
	}
	before, after, err := windowSums(ctx, s.log, s.where, s.near)
	if err != nil {
		return answer{}, err
	}
	if before.Rows < nearRows || after.Rows < nearRows {
		return untested("fewer than %d rows on a side of the onset to compare label coverage", nearRows), nil
	}
	p, q := float64(before.Known)/float64(before.Rows), float64(after.Known)/float64(after.Rows)
	pool := float64(before.Known+after.Known) / float64(before.Rows+after.Rows)
	se := math.Sqrt(pool * (1 - pool) * (1/float64(before.Rows) + 1/float64(after.Rows)))
	moved := 0.0
	if se > 0 && math.Abs(q-p) > coverageZ*se {
		moved = math.Abs(q-p) / math.Max(p, q)
	}
	_, hands, ok, err := s.largestTakeover(ctx, s.fields(isReviewer))
	if err != nil {
		return answer{}, err
	}
	if ok && hands > moved {
		return told(hands*1.5, number(hands), "reviewers: %s of the labels changed hands at the onset", percent(hands)), nil
	}
	if moved == 0 {
		return told(0, number(q-p), "label coverage stayed the same across the onset (%s, then %s)", percent(p), percent(q)), nil
	}
	return told(moved*1.5, number(q-p), "label coverage went from %s to %s at the onset", percent(p), percent(q)), nil
}

// reviewerRows is the fewest labels of a reviewer on each side.
const reviewerRows = 15

// labelsReviewer asks whether one reviewer's labels disagree with the answers
// much more than before while the others' do not.
func labelsReviewer(ctx context.Context, s *scene) (answer, error) {
	reviewers := s.fields(isReviewer)
	if len(reviewers) == 0 {
		return untested("no reviewer is logged"), nil
	}
	leaves, err := s.log.Leaves(ctx, []Dimension{{Column: reviewers[0].Name}}, nil, s.windows)
	if err != nil {
		return answer{}, err
	}
	var before, after Sum
	for _, c := range leaves.Cells {
		before, after = before.Add(c.Before), after.Add(c.After)
	}
	worst, share, name, compared := 0.0, 0.0, "", 0
	for _, c := range leaves.Cells {
		value := leaves.Values[0][c.Key[0]]
		if value.Op == Missing || min(c.Before.Known, c.After.Known) < reviewerRows {
			continue
		}
		compared++
		apart := s.apart(c, before.Sub(c.Before), after.Sub(c.After))
		if apart > worst {
			worst, name = apart, value.String()
			share = float64(c.After.Known) / float64(after.Known)
		}
	}
	switch {
	case compared < 2:
		return untested("fewer than two reviewers have enough labels on both sides"), nil
	case worst < reviewerZ:
		return told(0, number(worst), "the reviewers see the same change"), nil
	}
	return told((worst-reviewerZ)/reviewerZ, number(worst), "%s, with %s of the labels, sees a drop that the others do not (z %s)", name, percent(share), number(worst)), nil
}

// reviewerZ is how many standard errors a reviewer must stand apart.
const reviewerZ = 2.5

// apart is by how many standard errors the cell fell more than the rest.
func (s *scene) apart(c Cell, restBefore, restAfter Sum) float64 {
	own := CompareQuality(s.measure, c.Before, c.After)
	rest := CompareQuality(s.measure, restBefore, restAfter)
	width := math.Hypot(own.Interval.Hi-own.Interval.Lo, rest.Interval.Hi-rest.Interval.Lo) / (2 * Z95)
	if width == 0 || math.IsInf(width, 0) || math.IsNaN(width) {
		return 0
	}
	return (own.Loss() - rest.Loss()) / width
}
