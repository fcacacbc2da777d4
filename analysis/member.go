package analysis

import (
	"context"
	"fmt"
)

// An ensemble seen member by member, on the same rows:
//
//	          right before  after    agrees with the answer    differs from
//	vote_a        0.94       0.61        0.97 → 0.72          vote_b 0.04 → 0.31
//	vote_b        0.93       0.90        0.96 → 0.88          vote_a 0.04 → 0.31

// Member is one member of the ensemble in both windows; Column is the first of
// its columns. Known counts the rows
// that can be judged. On the Proportion scale Good counts right votes in Before
// and After, votes that equal the final answer in Agree, and votes that differ
// in Apart; on the Amount scale all of them add up absolute differences.
type Member struct {
	Name   string
	Column string
	Before Sum
	After  Sum
	Agree  [2]Sum // before, after
	Apart  []Apart
}

// Apart is how far a member stands from another.
type Apart struct {
	Name   string
	Before Sum
	After  Sum
}

// Members are the panel's members over the rows of where, each judged by what
// [Table.Panel] knows of the truth. A log without votes has no members. Cost:
// the panel, and one pass per pair.
func (t *Table) Members(ctx context.Context, w Windows, where Where) ([]Member, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	mask, err := t.Match(where)
	if err != nil {
		return nil, fmt.Errorf("compare members: %w", err)
	}
	panel := t.Panel()
	var members []Member
	for k, ballot := range panel.Members {
		m := Member{Name: ballot.Name, Column: ballot.Columns[0]}
		m.Before, m.After = t.tally(mask, w, func(i int) float64 { return panel.Judge(ballot.Said[i], panel.Truth[i]) })
		m.Agree[0], m.Agree[1] = t.tally(mask, w, func(i int) float64 { return panel.Judge(ballot.Said[i], panel.Answer[i]) })
		for o, other := range panel.Members {
			if o == k {
				continue
			}
			a := Apart{Name: other.Name}
			a.Before, a.After = t.tally(mask, w, func(i int) float64 { return panel.Apart(ballot.Said[i], other.Said[i]) })
			m.Apart = append(m.Apart, a)
		}
		members = append(members, m)
	}
	return members, nil
}

// tally sums value over the rows of mask per window; NaN is unknown.
func (t *Table) tally(mask Mask, w Windows, value func(i int) float64) (before, after Sum) {
	t.eachIn(mask, w, func(i int, isAfter bool) {
		s := &before
		if isAfter {
			s = &after
		}
		s.Rows++
		if v := value(i); v == v {
			s.Known++
			s.Good += v
			s.GoodSq += v * v
		}
	})
	return before, after
}
