package analysis

import (
	"context"
	"fmt"
	"slices"
)

// A slice that the search found may be narrower than the fault, because the
// fault shows more in a part of it, or a range of a number where the log has a
// name for the same rows:
//
//	line=L2 operation=press   and line=L2 without press fell too  → line=L2
//	line=L3 sharpness=..1720  all rows of line=L3 look so now      → line=L3
//	saturation=0.19..0.26     the same rows as sku=HX-160          → sku=HX-160
//
// The name of a place is what a person can go to.

// When a slice gives way to a wider or a named one.
//
// Source: practice incidents, training rounds.
const (
	widenRestZ = 2.5 // standard errors by which the rest fell
	widenCover = .85 // share of the wider slice's rows after that the slice has
	sameRows   = .8  // |both| / |either| for two descriptions of the same rows
)

// narrowed is a Log that shows only some of its columns, for a search among
// them.
type narrowed struct {
	Log
	keep func(Field) bool
}

// Fields are the columns kept.
func (l narrowed) Fields() []Field {
	return slices.DeleteFunc(slices.Clone(l.Log.Fields()), func(f Field) bool { return !l.keep(f) })
}

// hasName is a column whose values people have names for, or that the analysis
// cannot do without.
func hasName(f Field) bool { return f.Type != Number || f.Role != RoleFeature && !f.Derived() }

// namesEnough is the share of what any slice carries that one with a name must
// carry to be preferred.
const namesEnough = .7

// findSlices searches among all columns and among those with names, and prefers
// the latter where they carry about as much.
func findSlices(ctx context.Context, q Inquiry, w Windows) ([]SliceScore, error) {
	any, err := Slices(ctx, q.Log, w, q.Where)
	if err != nil || len(any) == 0 || !any[0].Accepted || !any[0].Where.byNumber() {
		return any, err
	}
	byName, err := Slices(ctx, narrowed{q.Log, hasName}, w, q.Where)
	if err != nil {
		return nil, err
	}
	if len(byName) > 0 && byName[0].Accepted && byName[0].Contribution >= namesEnough*min(1, any[0].Contribution) {
		return byName, nil
	}
	return any, nil
}

// byNumber reports whether a condition is about a range of numbers.
func (w Where) byNumber() bool {
	for _, c := range w {
		if c.numeric() {
			return true
		}
	}
	return false
}

// describeGuilty is the found slices with the accepted first one in its widest
// and most nameable form, or a value never seen before in its place; where all
// rows turn out to be guilty, none is accepted. Where none stands out, the slice
// in which alone the change was seen does.
func describeGuilty(ctx context.Context, q Inquiry, t *Triage, seen Where) ([]SliceScore, error) {
	d := describer{log: q.Log, where: q.Where, windows: t.Windows, total: [2]Sum{t.Quality.Before, t.Quality.After}}
	found := t.Slices
	if newcomer, ok, err := d.newcomer(ctx, found, t.Signals); ok || err != nil {
		return first(newcomer, found), err
	}
	if len(found) == 0 || !found[0].Accepted {
		if several, err := d.several(ctx); len(several) > 0 || err != nil {
			return append(several, found...), err
		}
		if len(seen) == 0 {
			return found, nil
		}
		s, err := d.score(ctx, seen, SliceScore{})
		return first(s, found), err
	}
	var err error
	if found, err = d.wider(ctx, found); err != nil {
		return nil, err
	}
	return d.unlessSpread(ctx, found)
}

// wider is found with its first slice in the widest and most nameable form.
func (d describer) wider(ctx context.Context, found []SliceScore) ([]SliceScore, error) {
	wide, err := d.widest(ctx, found[0])
	if err != nil {
		return nil, err
	}
	if wide, err = d.named(ctx, wide); err != nil {
		return nil, err
	}
	if wide, err = d.narrower(ctx, wide); err != nil {
		return nil, err
	}
	return first(wide, found[1:]), nil
}

// first is the slices with s before all others.
func first(s SliceScore, others []SliceScore) []SliceScore {
	out := []SliceScore{s}
	for _, o := range others {
		if o.Where.String() != s.Where.String() {
			out = append(out, o)
		}
	}
	return out
}

type describer struct {
	log     Log
	where   Where
	windows Windows
	total   [2]Sum
}

// widest drops conditions as long as what is left out fell with the slice, or
// hardly exists.
func (d describer) widest(ctx context.Context, s SliceScore) (SliceScore, error) {
	for len(s.Where) > 1 {
		var best *SliceScore
		bestLoss := 0.0
		for i, dropped := range s.Where {
			parent := append(append(Where{}, s.Where[:i]...), s.Where[i+1:]...)
			wider, err := d.score(ctx, parent, s)
			if err != nil {
				return s, err
			}
			rest := CompareQuality(d.log.Measure(), wider.Before.Sub(s.Before), wider.After.Sub(s.After))
			own := CompareQuality(d.log.Measure(), s.Before, s.After)
			fellToo, err := d.fellToo(ctx, s, i, own, rest)
			if err != nil {
				return s, err
			}
			covers := dropped.numeric() && float64(s.After.Rows) >= widenCover*float64(wider.After.Rows)
			if (fellToo || covers) && (best == nil || rest.Loss() > bestLoss) {
				best, bestLoss = &wider, rest.Loss()
			}
		}
		if best == nil {
			return s, nil
		}
		s = *best
	}
	return s, nil
}

// numeric reports whether the condition is about a range of numbers.
func (c Condition) numeric() bool {
	switch c.Op {
	case Less, AtMost, More, AtLeast, In:
		return true
	}
	return false
}

// named is the single value of a logged dimension that has the same rows after
// as a slice described by a number, if there is one.
func (d describer) named(ctx context.Context, s SliceScore) (SliceScore, error) {
	if !s.Where.byNumber() {
		return s, nil
	}
	best, bestShare := s, sameRows
	for _, f := range d.log.Fields() {
		if f.Type != Text || f.Role != RoleDimension && f.Role != RoleReviewer {
			continue
		}
		dim := []Dimension{{Column: f.Name}}
		all, err := d.log.Leaves(ctx, dim, d.where, d.windows)
		if err != nil {
			return s, fmt.Errorf("look for a name of %s: %w", s.Where, err)
		}
		within, err := d.log.Leaves(ctx, dim, append(append(Where{}, d.where...), s.Where...), d.windows)
		if err != nil {
			return s, fmt.Errorf("look for a name of %s: %w", s.Where, err)
		}
		rows := map[Condition]int{}
		for _, c := range all.Cells {
			rows[all.Values[0][c.Key[0]]] = c.After.Rows
		}
		for _, c := range within.Cells {
			is := within.Values[0][c.Key[0]]
			either := s.After.Rows + rows[is] - c.After.Rows
			if share := float64(c.After.Rows) / float64(max(1, either)); is.Op == Equal && share > bestShare {
				if best, err = d.score(ctx, Where{is}, s); err != nil {
					return s, err
				}
				bestShare = share
			}
		}
	}
	return best, nil
}

// score sums up a slice that takes the place of another.
func (d describer) score(ctx context.Context, what Where, instead SliceScore) (SliceScore, error) {
	before, after, err := windowSums(ctx, d.log, append(append(Where{}, d.where...), what...), d.windows)
	if err != nil {
		return instead, err
	}
	s := SliceScore{Where: what, Before: before, After: after, P: instead.P, Accepted: true}
	s.Complement = [2]Sum{d.total[0].Sub(before), d.total[1].Sub(after)}
	s.Support = [2]float64{supportOf(before.Rows, s.Complement[0].Rows), supportOf(after.Rows, s.Complement[1].Rows)}
	s.Interval = DifferenceInterval(d.log.Measure().Scale, before, after)
	m := d.log.Measure()
	rest := CompareQuality(m, s.Complement[0], s.Complement[1])
	whole := CompareQuality(m, d.total[0], d.total[1])
	// What the change would be, had the slice fallen only as the rest did.
	if whole.Delta != 0 && rest.Before.Known > 0 && rest.After.Known > 0 {
		s.Contribution = 1 - rest.Delta*float64(rest.After.Known)/float64(whole.After.Known)/whole.Delta
	} else {
		s.Contribution = 1
	}
	return s, nil
}
