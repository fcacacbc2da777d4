package analysis

import (
	"context"
	"fmt"
	"slices"
)

// A slice locates the fault only where the rest did not fall with it:
//
//	shift=night   92 % → 61 %     the rest  93 % → 92 %     located
//	sku=MG-20     92 % → 61 %     the rest  93 % → 78 %     everything fell
//
// A range of numbers hardly ever does: harder pictures always fall further.

// The part of a slice's own drop from which the rest is said to have fallen
// with it.
const (
	spreadAt       = .3
	spreadByNumber = .12 // a range of numbers: harder pictures always fall further
	spreadBeside   = .5  // beside several slices of different columns
)

// Shares of the change.
const (
	minorShare     = .6 // a slice that carries less is asked about its column's other values
	numberShare    = .9 // what a range of a number must carry to be a place
	elsewhereShare = .5 // what a slice of other columns must carry
)

// spreadRows is the share of the rows beside a slice that must have fallen with
// it: where a single other line fell, two lines are guilty, not all.
const spreadRows = .8

// fellAlike reports whether the other values of the column of s fell nearly all
// of them, by at least that much.
func (d describer) fellAlike(ctx context.Context, s SliceScore, least float64) (bool, error) {
	is := s.Where[0]
	leaves, err := d.log.Leaves(ctx, []Dimension{{Column: is.Column}}, d.where, d.windows)
	if err != nil {
		return false, fmt.Errorf("see who fell beside %s: %w", is, err)
	}
	fell, all := 0, 0
	for _, c := range leaves.Cells {
		if leaves.Values[0][c.Key[0]] == is {
			continue
		}
		all += c.After.Known
		if c.Before.Known > 0 && CompareQuality(d.log.Measure(), c.Before, c.After).Loss() >= least {
			fell += c.After.Known
		}
	}
	return float64(fell) >= spreadRows*float64(all), nil
}

// unlessSpread takes back the accepted slices where everything else fell too:
// they stand out, but they do not locate the fault. Then another column may.
func (d describer) unlessSpread(ctx context.Context, found []SliceScore) ([]SliceScore, error) {
	spread, err := d.spread(ctx, found)
	if err != nil {
		return nil, err
	}
	several, err := d.several(ctx)
	if err != nil {
		return nil, err
	}
	if len(several) > 0 {
		cuts := spread || found[0].Contribution < minorShare
		if !cuts {
			if cuts, err = d.cutsAcross(ctx, found[0], several); err != nil {
				return nil, err
			}
		}
		if cuts {
			return append(several, withdrawn(found)...), nil
		}
	}
	if !spread {
		return found, nil
	}
	if again, err := d.elsewhere(ctx, found); len(again) > 0 || err != nil {
		return again, err
	}
	return withdrawn(found), nil
}

// withdrawn are the same slices, none accepted.
func withdrawn(found []SliceScore) []SliceScore {
	found = slices.Clone(found)
	for i := range found {
		found[i].Accepted = false
	}
	return found
}

// spread reports whether the rest fell with the first slice.
func (d describer) spread(ctx context.Context, found []SliceScore) (bool, error) {
	s := found[0]
	own := CompareQuality(d.log.Measure(), s.Before, s.After)
	rest := CompareQuality(d.log.Measure(), s.Complement[0], s.Complement[1])
	fell := func(limit float64) bool { return lossZ(rest) >= widenRestZ && rest.Loss() >= limit*own.Loss() }
	several := len(found) > 1 && found[1].Accepted
	switch {
	case s.Where.byNumber():
		return fell(spreadByNumber) || s.Contribution < numberShare, nil
	case several && found[1].Where[0].Column == s.Where[0].Column:
		return false, nil
	case several:
		return fell(spreadBeside), nil
	case fell(spreadAt):
		return d.fellAlike(ctx, s, spreadAt*own.Loss())
	case len(s.Where) == 1:
		return d.touchedToo(ctx, s, 0, own, rest)
	}
	return false, nil
}

// elsewhere searches the columns with names that the first slice does not use,
// for slices that only cut across it: one that the rest did not fall with, or two
// or three values of one column. It returns nothing where there are none.
func (d describer) elsewhere(ctx context.Context, found []SliceScore) ([]SliceScore, error) {
	others := func(f Field) bool {
		return hasName(f) && !slices.ContainsFunc(found[0].Where, func(c Condition) bool { return c.Column == f.Name })
	}
	again, err := Slices(ctx, narrowed{d.log, others}, d.windows, d.where)
	if err != nil || len(again) == 0 || !again[0].Accepted {
		return nil, err
	}
	again, err = d.wider(ctx, again)
	if err != nil {
		return nil, err
	}
	beside, accepted := slices.Clone(d.where), 0
	for _, s := range again {
		if !s.Accepted {
			break
		}
		if len(s.Where) > 1 || s.Where[0].Op != Equal || s.Where[0].Column != again[0].Where[0].Column {
			return nil, nil
		}
		beside = append(beside, Condition{Column: s.Where[0].Column, Op: NotEqual, Value: s.Where[0].Value})
		accepted++
	}
	if accepted < 2 && again[0].Contribution < elsewhereShare {
		return nil, nil
	}
	before, after, err := windowSums(ctx, d.log, beside, d.windows)
	if err != nil {
		return nil, err
	}
	own := CompareQuality(d.log.Measure(), again[0].Before, again[0].After)
	rest := CompareQuality(d.log.Measure(), before, after)
	if rest.Loss() >= spreadAt*own.Loss() {
		return nil, nil
	}
	return again, nil
}
