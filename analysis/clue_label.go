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

func labelsReviewer(_ context.Context, s *scene) (answer, error) {
	if len(s.fields(isReviewer)) == 0 {
		return untested("no reviewer is logged"), nil
	}
	if s.sliceHas(isReviewer) {
		return told(1, number(s.slice.Contribution), "%s carries %s of the drop", s.slice.Where, percent(s.slice.Contribution)), nil
	}
	return told(0, "0", "the drop does not follow a reviewer"), nil
}
