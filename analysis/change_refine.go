package analysis

import (
	"context"
	"fmt"
	"math"
	"time"
)

// A change found on coarse buckets is placed again on fine ones, with both
// levels known from the flanks:
//
//	flank (level before)   │ search │   flank (level after)
//	 ──────────────────────┼────────┼───────────────────────
//	                 Earliest      Latest

const (
	refineFlank   = 12            // widths of the interval looked at on either side
	refineBuckets = 1 << 18       // fine buckets at most
	refineKnown   = 20            // rows of known quality a flank must have
	refineAway    = 2 * time.Hour // without rows is between two shifts
)

// RefineOnset places the onset of c again on the finest buckets there are,
// looking only from one interval's width before Earliest to one after Latest,
// over the rows of where (a slice that holds the change sees it most sharply).
// For every fine bucket τ
//
//	ln P(τ) = ln P(rows before τ | level before) + ln P(rows from τ | level after) + ln w(τ)
//
// binomial on the Proportion scale, normal on the other, divided by how much
// more the flanks vary than that law allows. w are the rows in τ; in a slice
// that comes in shifts the first rows count for the time without any. Onset
// becomes the median τ, Earliest to Latest its 90 % interval, never wider than
// before. The levels, Z and Lost of c stay. Where a flank knows too little or
// the levels of where do not differ, c comes back as it was. Cost: one Series.
func RefineOnset(ctx context.Context, log Log, where Where, c Change) (Change, error) {
	width := c.Latest.Sub(c.Earliest)
	if width <= 0 {
		return c, nil
	}
	step := fineStep(log.Span(), width)
	if step >= width {
		return c, nil
	}
	s, err := log.Series(ctx, where, step)
	if err != nil {
		return c, fmt.Errorf("place the onset on buckets of %s: %w", step, err)
	}
	if len(s.Buckets) == 0 {
		return c, nil
	}
	return c.placedOn(s), nil
}

// placedOn is c with its onset placed on the buckets of s, or c as it was where
// a flank knows too little or the levels on both sides do not differ.
func (c Change) placedOn(s Series) Change {
	width := c.Latest.Sub(c.Earliest)
	flank := refineFlank * width
	before := s.Over(Window{c.Earliest.Add(-flank), c.Earliest})
	after := s.Over(Window{c.Latest, c.Latest.Add(flank)})
	if before.Known < refineKnown || after.Known < refineKnown {
		return c
	}
	gap := DifferenceInterval(s.Scale, before, after)
	if gap.Lo <= 0 && gap.Hi >= 0 {
		return c
	}
	from, to := s.Index(c.Earliest.Add(-width)), s.Index(c.Latest.Add(width))
	return c.placed(s, from, to, before, after)
}

// fineStep is the shortest of Steps that cuts the span into few enough buckets
// and the interval into parts.
func fineStep(span Window, width time.Duration) time.Duration {
	for _, step := range Steps {
		if span.Duration()/step <= refineBuckets {
			return step
		}
	}
	return width
}

// placed is c with the onset looked for in the buckets from … to of s.
func (c Change) placed(s Series, from, to int, before, after Sum) Change {
	gain := likelihood(s.Scale, before, after)
	posterior := make([]float64, to-from+1)
	// sum holds Σ gain(bucket under before rather than after) up to τ.
	sum, most := 0.0, math.Inf(-1)
	for i := range posterior {
		posterior[i] = sum
		most = max(most, sum)
		sum += gain(s.Buckets[from+i])
	}
	spread := refineSpread(s, c, before, after)
	chance := s.beginnings(from, to)
	for i := range posterior {
		posterior[i] = chance[i] * math.Exp((posterior[i]-most)/spread)
	}
	best, ok := middle(posterior)
	if !ok {
		return c
	}
	first, last := hull(posterior)
	c.Onset = s.At(from + best)
	c.Earliest = laterOf(c.Earliest, s.At(from+first).Add(-s.Step/2))
	c.Latest = earlierOf(c.Latest, s.At(from+last).Add(s.Step/2))
	c.Earliest = earlierOf(c.Earliest, c.Onset)
	c.Latest = laterOf(c.Latest, c.Onset)
	return c
}

// beginnings is how likely each of the buckets from … to is the first that a
// change shows in, before quality is looked at. A bucket without rows begins
// nothing. Where rows come in shifts, what happens while they are away shows
// with the first that come:
//
//	rows     ▃▃▃▃          ▃▃▃▃
//	weight   1111         11111
//	                      ↑ times 11, the buckets since the last rows
func (s Series) beginnings(from, to int) []float64 {
	weights, shifts := make([]float64, to-from+1), make([]float64, to-from+1)
	last, away := -1, 0
	for i := range weights {
		weights[i] = float64(s.Buckets[from+i].Rows)
		shifts[i] = weights[i]
		if weights[i] == 0 {
			continue
		}
		if gap := i - last; time.Duration(gap)*s.Step >= refineAway {
			shifts[i] *= float64(gap)
			away += gap
		}
		last = i
	}
	if 2*away < len(weights) {
		return weights
	}
	return shifts
}

// middle is the first index up to which half of the weights lie; false where
// all are zero.
func middle(weights []float64) (int, bool) {
	half, held := total(weights)/2, 0.0
	for i, w := range weights {
		if held += w; held >= half && half > 0 {
			return i, true
		}
	}
	return 0, false
}

// likelihood is, for a bucket, the log-likelihood of its rows under the level
// before minus that under the level after.
func likelihood(scale Scale, before, after Sum) func(Sum) float64 {
	if scale == Amount {
		m0, m1 := before.Mean(), after.Mean()
		v := (before.Variance() + after.Variance()) / 2
		return func(b Sum) float64 {
			if b.Known == 0 || v == 0 {
				return 0
			}
			return (m0 - m1) / v * (b.Good - float64(b.Known)*(m0+m1)/2)
		}
	}
	p0, p1 := shrunk(before), shrunk(after)
	right, wrong := math.Log(p0/p1), math.Log((1-p0)/(1-p1))
	return func(b Sum) float64 { return b.Good*right + (float64(b.Known)-b.Good)*wrong }
}

// shrunk is a share kept away from 0 and 1 by half a row of each kind.
func shrunk(s Sum) float64 { return (s.Good + 0.5) / (float64(s.Known) + 1) }

// refineSpread is how much more the flanks' stretches of an interval's width
// vary than their law allows, at least 1: rows that come in clumps place an
// onset less well than their number says.
func refineSpread(s Series, c Change, before, after Sum) float64 {
	width := c.Latest.Sub(c.Earliest)
	excess, count := 0.0, 0.0
	look := func(from time.Time, level Sum) {
		variance := level.Variance()
		if s.Scale == Proportion {
			p := shrunk(level)
			variance = p * (1 - p)
		}
		for k := range refineFlank {
			at := from.Add(time.Duration(k) * width)
			b := s.Over(Window{at, at.Add(width)})
			if b.Known == 0 || variance == 0 {
				continue
			}
			far := b.Mean() - level.Mean()
			excess += far * far / variance * float64(b.Known)
			count++
		}
	}
	look(c.Earliest.Add(-refineFlank*width), before)
	look(c.Latest, after)
	if count < 3 {
		return 1
	}
	return max(1, excess/(count-2))
}
