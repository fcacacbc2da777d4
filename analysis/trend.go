package analysis

import (
	"context"
	"fmt"
	"math"
	"time"
)

// Disagreement is the name of the trend that counts rows whose votes differ.
const Disagreement = "disagreement"

// Trend is the mean of a number column over time, in the buckets of Series; a
// null is not known. The name Disagreement asks for the share of rows whose
// votes are not all the same, among rows with at least two votes. A column
// that does not exist, or holds no numbers, is an error that names it. Cost:
// one pass.
func (t *Table) Trend(ctx context.Context, column string, where Where, step time.Duration) (Series, error) {
	s := Series{Name: column, Scale: Amount, Step: step}
	if column == Disagreement {
		return t.disagreement(ctx, s, where)
	}
	c, err := t.require(column)
	if err != nil {
		return s, fmt.Errorf("plot a column: %w", err)
	}
	if c.Type != Number {
		return s, fmt.Errorf("plot column %q: it holds %s, not numbers", column, c.Type)
	}
	c = c.wide()
	err = t.bucket(ctx, &s, where, func(b *Sum, i int) {
		b.Rows++
		if v := c.Numbers[i]; !math.IsNaN(v) {
			b.Known++
			b.Good += v
			b.GoodSq += v * v
		}
	})
	return s, err
}

func (t *Table) disagreement(ctx context.Context, s Series, where Where) (Series, error) {
	s.Scale, s.LowerBetter = Proportion, true
	members := t.Panel().Members
	if len(members) < 2 {
		return s, fmt.Errorf("plot the disagreement of votes: the log has %d members, two are needed", len(members))
	}
	err := t.bucket(ctx, &s, where, func(b *Sum, i int) {
		b.Rows++
		cast, differ := dissent(members, i)
		if cast < 2 {
			return
		}
		b.Known++
		if differ {
			b.Good++
			b.GoodSq++
		}
	})
	return s, err
}

// dissent counts the votes of row i and tells whether two of them differ.
func dissent(members []Ballot, i int) (cast int, differ bool) {
	first := 0.0
	for m := range members {
		said := members[m].Said[i]
		if said != said {
			continue
		}
		if cast == 0 {
			first = said
		}
		differ = differ || said != first
		cast++
	}
	return cast, differ
}
