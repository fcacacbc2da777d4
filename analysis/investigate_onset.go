package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// Quality says that it fell, a witness says when: labels are few, but every row
// has a confidence, a brightness, votes.
//
//	quality      ▆  ▇     ▆      ▃   ▂    ▃      one row in ten: within hours
//	confidence   ▇▇▇▇▇▇▇▇▇▇▇▇▃▃▃▃▃▃▃▃▃▃▃▃▃▃      every row: within minutes
//
// A witness is heard only about the doubt that quality leaves.

// Who may be a witness.
//
// Source: practice incidents, training rounds.
const (
	witnessEffect = 1.0 // sd it moved by, beyond any rhythm of the day
	witnesses     = 2   // heard
	witnessDoubt  = 10 * time.Minute
)

// sharpen narrows the onset on the guilty slice, where the step stands out of
// less noise than in the whole log, and then by what moved most there. The
// windows stay: they were chosen clear of the wider interval.
func sharpen(ctx context.Context, q Inquiry, t *Triage) error {
	if t.Onset == nil {
		return nil
	}
	where := q.Where
	if slice := t.Guilty(); slice != nil {
		where = slices.Concat(q.Where, slice.Where)
	}
	onset, err := RefineOnset(ctx, q.Log, where, *t.Onset)
	if err != nil {
		return fmt.Errorf("narrow the onset: %w", err)
	}
	if onset, err = hearCounts(ctx, q, t, where, onset); err != nil {
		return err
	}
	if onset, err = hearWitnesses(ctx, q.Log, where, onset, t.Inside); err != nil {
		return err
	}
	onset.Lost, onset.Before, onset.After, onset.Z = t.Onset.Lost, t.Onset.Before, t.Onset.After, t.Onset.Z
	t.Onset = &onset
	return nil
}

// hearWitnesses is c placed by the columns that moved most among signals,
// where they leave less doubt.
func hearWitnesses(ctx context.Context, log Log, where Where, c Change, signals []Signal) (Change, error) {
	trends, ok := log.(Trender)
	if !ok {
		return c, nil
	}
	for _, g := range reliable(signals) {
		width := c.Latest.Sub(c.Earliest)
		step := fineStep(log.Span(), width)
		if width <= witnessDoubt || step >= width {
			break
		}
		s, err := trends.Trend(ctx, g.Column, where, step)
		if err != nil {
			return c, fmt.Errorf("ask %s for the onset: %w", g.Column, err)
		}
		if len(s.Buckets) > 0 {
			c = c.placedOn(s)
		}
	}
	return c, nil
}

// reliable are the numbers that moved most, of what every row has.
func reliable(signals []Signal) []Signal {
	var heard []Signal
	for _, g := range signals {
		f := g.Profile.Field
		of := f.Role == RoleConfidence || f.Role == RoleFeature && !f.Derived()
		if of && f.Type == Number && g.Changed && (g.Direction == "up" || g.Direction == "down") && math.Abs(g.Effect) >= witnessEffect {
			heard = append(heard, g)
		}
	}
	slices.SortStableFunc(heard, func(a, b Signal) int { return cmp.Compare(math.Abs(b.Effect), math.Abs(a.Effect)) })
	return heard[:min(witnesses, len(heard))]
}
