package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// What took over at the onset: versions, settings, reviewers.

// nearRows is the fewest rows on each side of the onset that a comparison of
// proportions is made on.
const nearRows = 30

// takeover measures how far a column's values were replaced at the onset: the
// total variation distance ½ Σ |q - p| between the hours before and after, its
// expected noise removed. Nulls take no part. ok is false below nearRows.
func (s *scene) takeover(ctx context.Context, column string) (distance float64, ok bool, err error) {
	profile, err := s.log.Profile(ctx, column, s.beside(column), s.near)
	if err != nil {
		return 0, false, err
	}
	before, after := binRows(profile, profile.Before), binRows(profile, profile.After)
	n, m := total(before), total(after)
	if n < nearRows || m < nearRows {
		return 0, false, nil
	}
	return variation(before, after), true, nil
}

// beside is the scene without what it says of a column: where the slice is the
// new version itself, the old one stands beside it.
func (s *scene) beside(column string) Where {
	return slices.DeleteFunc(slices.Clone(s.where), func(c Condition) bool { return c.Column == column })
}

// binRows sums the rows of each bin over the blocks; nulls count as none.
func binRows(p Profile, blocks []Block) []float64 {
	rows := make([]float64, len(p.Bins))
	for _, b := range blocks {
		for i, s := range b.Bins {
			if !p.Bins[i].Null {
				rows[i] += float64(s.Rows)
			}
		}
	}
	return rows
}

func total(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// largestTakeover is the field that was replaced most at the onset.
func (s *scene) largestTakeover(ctx context.Context, fields []Field) (name string, distance float64, ok bool, err error) {
	for _, f := range fields {
		d, enough, err := s.takeover(ctx, f.Name)
		if err != nil {
			return "", 0, false, fmt.Errorf("column %s around the onset: %w", f.Name, err)
		}
		if enough && (!ok || d > distance) {
			name, distance, ok = f.Name, d, true
		}
	}
	return name, distance, ok, nil
}

// replaced words the takeover clue for one family of columns.
func (s *scene) replaced(ctx context.Context, want func(Field) bool, what string) (answer, error) {
	fields := s.fields(want)
	if len(fields) == 0 {
		return untested("no %s is logged", what), nil
	}
	name, distance, ok, err := s.largestTakeover(ctx, fields)
	switch {
	case err != nil:
		return answer{}, err
	case !ok:
		return untested("fewer than %d rows on a side of the onset to compare %s", nearRows, what), nil
	case distance < .05:
		return told(0, number(distance), "%s stayed the same across the onset", what), nil
	}
	return told(distance/takeoverFull, number(distance), "%s: %s of the rows changed hands at the onset", name, percent(distance)), nil
}

// takeoverFull is the share of the rows from which a takeover counts in full: a
// trial on a quarter of the traffic is one.
const takeoverFull = .25

func versionMoved(ctx context.Context, s *scene) (answer, error) {
	return s.replaced(ctx, isVersion, "model version")
}

func pipelineMoved(ctx context.Context, s *scene) (answer, error) {
	return s.replaced(ctx, isPipeline, "preprocessing, firmware or settings")
}

// versionWorse compares versions that answered at the same time, after the
// onset: the difference between best and worst in units of the whole drop.
func versionWorse(ctx context.Context, s *scene) (answer, error) {
	fields := s.fields(func(f Field) bool { return f.Role == RoleVersion })
	if len(fields) == 0 {
		return untested("no model version is logged"), nil
	}
	leaves, err := s.log.Leaves(ctx, []Dimension{{Column: fields[0].Name}}, s.beside(fields[0].Name), s.windows)
	if err != nil {
		return answer{}, err
	}
	var best, worst *Cell
	for i := range leaves.Cells {
		c := &leaves.Cells[i]
		if c.After.Known < nearRows {
			continue
		}
		if best == nil || s.better(c.After.Mean(), best.After.Mean()) {
			best = c
		}
		if worst == nil || s.better(worst.After.Mean(), c.After.Mean()) {
			worst = c
		}
	}
	if best == nil || best == worst {
		return untested("only one version answered after the onset: no two to compare on the same inputs"), nil
	}
	gap := math.Abs(best.After.Mean() - worst.After.Mean())
	quality := CompareQuality(s.measure, best.After, worst.After)
	if !worse(quality) {
		return told(0, number(gap), "the versions answer alike at the same time%s", s.within()), nil
	}
	return told(gap/math.Max(.02, math.Abs(s.delta)), number(gap), "%s is worse than %s by %s at the same time",
		leaves.Values[0][worst.Key[0]], leaves.Values[0][best.Key[0]], percent(gap)), nil
}

func (s *scene) better(a, b float64) bool {
	if s.measure.LowerBetter {
		return a < b
	}
	return a > b
}
