package analysis

import (
	"context"
	"fmt"
	"time"
)

// Split lists the rows of where that lie in each window, in the order of the
// file; a row in both is in both lists. Cost: one pass.
func (t *Table) Split(where Where, w Windows) (before, after []int, err error) {
	mask, err := t.Match(where)
	if err != nil {
		return nil, nil, fmt.Errorf("split rows by windows: %w", err)
	}
	t.eachIn(mask, w, func(i int, isAfter bool) {
		if isAfter {
			after = append(after, i)
		} else {
			before = append(before, i)
		}
	})
	return before, after, nil
}

// Over is a number a row over time, over the rows of where and in the buckets of
// Series; NaN is not known. The Series is an Amount without a name. Errors are
// those of Series. Cost: one pass.
func (t *Table) Over(ctx context.Context, where Where, step time.Duration, value func(row int) float64) (Series, error) {
	s := Series{Scale: Amount, Step: step}
	err := t.bucket(ctx, &s, where, func(b *Sum, i int) {
		b.Note(value(i))
	})
	return s, err
}
