package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// Two troubles at two lines hide each other: whichever is looked at, the rest
// fell as well, and what cuts across both looks guiltier than either:
//
//	line=L1   92 % → 48 %
//	line=L2   91 % → 91 %     operation=press   92 % → 65 %
//	line=L3   93 % → 71 %     operation=rework  75 % → 55 %
//
// So the values of one column are also split into those that fell and those
// that stayed.

// When the values of a column that fell, and no others, are guilty.
//
// Source: practice incidents, training rounds.
const (
	severalMost  = 3   // values
	severalZ     = 3.0 // standard errors by which each fell
	severalPart  = .25 // of the largest fall among them
	severalShare = .85 // of the change that would not be without them
	severalStay  = -3  // of fellOdds, for the rest: it stayed
	severalLeft  = .1  // of the rows of a slice that cuts across them, which they leave out
	levelTold    = 1.0 // of fellOdds: a column that tells less than that more comes second
)

// several are the two or three values of one column that fell while all its
// others stayed, the one that carries most first; nothing where there are none.
func (d describer) several(ctx context.Context) ([]SliceScore, error) {
	var best []SliceScore
	stayed := float64(severalStay)
	for _, f := range d.log.Fields() {
		if f.Type != Text || !isPlace(f) {
			continue
		}
		leaves, err := d.log.Leaves(ctx, []Dimension{{Column: f.Name}}, d.where, d.windows)
		if err != nil {
			return nil, fmt.Errorf("split the values of %s: %w", f.Name, err)
		}
		fell, rest := d.split(leaves)
		if len(fell) < 2 || len(fell) > severalMost || len(fell) == len(leaves.Cells) {
			continue
		}
		var own Cell
		for _, c := range fell {
			own.Before, own.After = own.Before.Add(c.Before), own.After.Add(c.After)
		}
		m := d.log.Measure()
		told := fellOdds(m.Scale, CompareQuality(m, own.Before, own.After), CompareQuality(m, rest.Before, rest.After))
		if told >= stayed-levelTold {
			continue
		}
		scores, err := d.scores(ctx, leaves, fell)
		if err != nil {
			return nil, err
		}
		if len(scores) > 0 {
			best, stayed = scores, told
		}
	}
	return best, nil
}

// split is the cells that fell, and the sum of all others.
func (d describer) split(leaves Leaves) (fell []Cell, rest Cell) {
	m := d.log.Measure()
	most := 0.0
	loss := func(c Cell) Quality { return CompareQuality(m, c.Before, c.After) }
	for _, c := range leaves.Cells {
		if q := loss(c); lossZ(q) >= severalZ {
			most = max(most, q.Loss())
		}
	}
	for _, c := range leaves.Cells {
		if q := loss(c); most > 0 && lossZ(q) >= severalZ && q.Loss() >= severalPart*most {
			fell = append(fell, c)
			continue
		}
		rest.Before, rest.After = rest.Before.Add(c.Before), rest.After.Add(c.After)
	}
	return fell, rest
}

// scores are the slices of some cells of one column, where together they carry
// the change.
func (d describer) scores(ctx context.Context, leaves Leaves, cells []Cell) ([]SliceScore, error) {
	var scores []SliceScore
	carried := 0.0
	for _, c := range cells {
		s, err := d.score(ctx, Where{leaves.Values[0][c.Key[0]]}, SliceScore{})
		if err != nil {
			return nil, err
		}
		own := CompareQuality(d.log.Measure(), s.Before, s.After)
		s.P = min(1, float64(len(leaves.Cells))*math.Erfc(lossZ(own)/math.Sqrt2))
		scores, carried = append(scores, s), carried+s.Contribution
	}
	if carried < severalShare {
		return nil, nil
	}
	slices.SortStableFunc(scores, func(a, b SliceScore) int { return cmp.Compare(b.Contribution, a.Contribution) })
	return scores, nil
}

// cutsAcross reports whether a good part of the rows of s, those that none of
// several holds for, stayed.
func (d describer) cutsAcross(ctx context.Context, s SliceScore, several []SliceScore) (bool, error) {
	beside := slices.Concat(d.where, s.Where)
	for _, o := range several {
		beside = append(beside, Condition{Column: o.Where[0].Column, Op: NotEqual, Value: o.Where[0].Value})
	}
	before, after, err := windowSums(ctx, d.log, beside, d.windows)
	if err != nil {
		return false, err
	}
	m := d.log.Measure()
	told := fellOdds(m.Scale, CompareQuality(m, s.Before, s.After), CompareQuality(m, before, after))
	return float64(after.Rows) >= severalLeft*float64(s.After.Rows) && told <= severalStay, nil
}
