package analysis

import "context"

// A value that was never there before has no quality of its own to fall from,
// and yet it can be all of the drop:
//
//	sku       before    after
//	HX-110     92 %      92 %
//	HX-140     90 %      90 %
//	CU-30       -        43 %    ← never seen, and the rest stayed
//
// Only what a plant has names for counts: that a new version answers is no
// description of rows.

// When a newcomer stands for the drop.
//
// Source: practice incidents, training rounds.
const (
	newcomerKnown = 15  // rows of known quality it must have
	newcomerZ     = 4.0 // standard errors by which it is worse than the rest at the same time
	newcomerShare = .7  // of the drop that would not be without it
	newcomerLead  = .15 // of the drop by which a slice with a past must explain more
)

// newcomer is the value never seen before that explains most of the drop,
// false where none explains enough, or much less than the slice found.
func (d describer) newcomer(ctx context.Context, found []SliceScore, signals []Signal) (SliceScore, bool, error) {
	m := d.log.Measure()
	least := newcomerShare
	if len(found) > 0 && found[0].Accepted {
		least = max(least, min(1, found[0].Contribution)-newcomerLead)
	}
	var best SliceScore
	for _, g := range signals {
		if g.Profile.Field.Type != Text || !isPlace(g.Profile.Field) {
			continue
		}
		for i, c := range singleCells(g.Profile) {
			bin := g.Profile.Bins[i]
			if bin.Null || bin.Other || c.After.Known < newcomerKnown || !isNew(c, d.total[0].Rows, d.total[1].Rows) {
				continue
			}
			s, err := d.score(ctx, Where{Is(g.Column, bin.Value)}, SliceScore{})
			if err != nil {
				return best, false, err
			}
			if lossZ(CompareQuality(m, s.Complement[1], s.After)) >= newcomerZ && s.Contribution >= least {
				best, least = s, s.Contribution
			}
		}
	}
	return best, len(best.Where) > 0, nil
}
