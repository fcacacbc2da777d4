package analysis

import (
	"context"
	"slices"
)

// A third condition is looked for only inside a slice of two. Among all
// conjunctions of three some always stand out by chance, and they would hide
// the two that matter; but where the rest of a found slice did not fall at all,
// it was too wide:
//
//	line=L2 shift=night             92 % → 74 %
//	line=L2 shift=night sku=A       91 % → 52 %    all of the fall
//	line=L2 shift=night, the rest   92 % → 92 %

// When a slice of two conditions gives way to one of three.
//
// Source: judgement; practice incidents have two at most.
const (
	narrowShare = .9 // of the slice's own fall the narrower one must carry
	narrowRest  = .1 // of that fall the rest of the slice may have lost
)

// narrower is s with a third condition where that holds all of its fall.
func (d describer) narrower(ctx context.Context, s SliceScore) (SliceScore, error) {
	if len(s.Where) != sliceDepth || s.Where.byNumber() {
		return s, nil
	}
	found, err := Slices(ctx, narrowed{d.log, hasName}, d.windows, slices.Concat(d.where, s.Where))
	if err != nil || len(found) == 0 || !found[0].Accepted {
		return s, err
	}
	m := d.log.Measure()
	for _, part := range found {
		own := CompareQuality(m, part.Before, part.After)
		rest := CompareQuality(m, part.Complement[0], part.Complement[1])
		if len(part.Where) == 1 && part.Contribution >= narrowShare && rest.Loss() <= narrowRest*own.Loss() {
			return d.score(ctx, slices.Concat(s.Where, part.Where), s)
		}
	}
	return s, nil
}
