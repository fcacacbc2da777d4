package analysis

import (
	"context"
	"fmt"
	"time"
)

// maxBuckets bounds a series: a year of minutes is half of it.
const maxBuckets = 1 << 20

// Series is quality over time over the rows of where, in buckets of step
// aligned to multiples of step since 1970 UTC and covering the whole Span,
// so that series of the same log and step add bucket by bucket whatever their
// where. It is an error if step is not positive or would cut the span into
// more than maxBuckets. No rows give no buckets. Cost: one pass.
func (t *Table) Series(ctx context.Context, where Where, step time.Duration) (Series, error) {
	s := Series{Name: t.measure.Metric, Scale: t.measure.Scale, LowerBetter: t.measure.LowerBetter, Step: step}
	err := t.bucket(ctx, &s, where, func(b *Sum, i int) { t.count(b, i) })
	return s, err
}

// bucket fills s with one empty bucket per step over the whole span and has
// add put every row of where into its own.
func (t *Table) bucket(ctx context.Context, s *Series, where Where, add func(b *Sum, i int)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	in, err := t.selected(where)
	if err != nil || t.Rows() == 0 {
		return err
	}
	start, buckets, err := grid(nanos(t.span.From), nanos(t.span.To), s.Step)
	if err != nil {
		return err
	}
	s.Start = time.Unix(0, start).UTC()
	s.Buckets = make([]Sum, buckets)
	t.eachChunk(in, span64{start, nanos(t.span.To)}, int64(s.Step), func(bucket int, c chunk) {
		for i := range c.len() {
			add(&s.Buckets[bucket], c.row(i))
		}
	})
	return nil
}

// grid is the first bucket's start and the number of buckets of step that
// cover [from, to).
func grid(from, to int64, step time.Duration) (start int64, buckets int, err error) {
	if step <= 0 {
		return 0, 0, fmt.Errorf("cut %s of log into buckets of %s: a bucket must be longer than nothing", time.Duration(to-from), step)
	}
	if start, buckets = cover(from, to, step); buckets > maxBuckets {
		return 0, 0, fmt.Errorf("cut %s of log into buckets of %s: %d are too many, ask for longer ones", time.Duration(to-from), step, buckets)
	}
	return start, buckets, nil
}

// cover is the first multiple of step at or before from, and how many steps
// from there reach to.
func cover(from, to int64, step time.Duration) (start int64, buckets int) {
	start = from - floorMod(from, int64(step))
	return start, int((to-1-start)/int64(step)) + 1
}

// floorMod is a mod b in [0, b), for times before 1970 too.
func floorMod(a, b int64) int64 { return ((a % b) + b) % b }
