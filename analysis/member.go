package analysis

import (
	"context"
	"fmt"
	"math"
	"strings"
)

// An ensemble seen member by member, on the same rows:
//
//	          right before  after    agrees with the answer    differs from
//	vote_a        0.94       0.61        0.97 → 0.72          vote_b 0.04 → 0.31
//	vote_b        0.93       0.90        0.96 → 0.88          vote_a 0.04 → 0.31

// Member is one member of the ensemble in both windows. Known counts the rows
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

// Members are the votes' columns in the file's order, over the rows of where.
// A vote is judged by the label; where only right or wrong is logged, by the
// answer if that was right, or by the other class if it was wrong and there
// are just two. A log without votes has no members. Cost: one pass per pair.
func (t *Table) Members(ctx context.Context, w Windows, where Where) ([]Member, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	mask, err := t.Match(where)
	if err != nil {
		return nil, fmt.Errorf("compare members: %w", err)
	}
	judge := t.judgement()
	var members []Member
	var votes [][]float64
	for i := range t.columns {
		if c := &t.columns[i]; c.Role == RoleVote {
			members = append(members, Member{Name: strings.TrimPrefix(c.Name, VotePrefix), Column: c.Name})
			votes = append(votes, judge.read(c))
		}
	}
	for k := range members {
		m, vote := &members[k], votes[k]
		m.Before, m.After = t.tally(mask, w, func(i int) float64 { return judge.right(vote[i], judge.truth[i]) })
		m.Agree[0], m.Agree[1] = t.tally(mask, w, func(i int) float64 { return judge.right(vote[i], judge.answer[i]) })
		for o, other := range votes {
			if o == k {
				continue
			}
			a := Apart{Name: members[o].Name}
			a.Before, a.After = t.tally(mask, w, func(i int) float64 { return judge.apart(vote[i], other[i]) })
			m.Apart = append(m.Apart, a)
		}
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

// judgement holds answers and truth as numbers that can be compared with a
// vote's: class numbers or amounts, NaN where unknown.
type judgement struct {
	amounts bool
	ids     map[string]uint32
	answer  []float64
	truth   []float64
}

func (t *Table) judgement() judgement {
	j := judgement{amounts: t.measure.Metric == MAE, ids: map[string]uint32{}}
	j.answer, j.truth = t.unknown(), t.unknown()
	if c := t.Role(RolePrediction); c != nil {
		j.answer = j.read(c)
	}
	if c := t.Role(RoleLabel); c != nil {
		j.truth = j.read(c)
	}
	if c := t.Role(RoleCorrect); c != nil && !j.amounts {
		j.deduce(reader(c, readCorrect))
	}
	return j
}

func (t *Table) unknown() []float64 {
	out := make([]float64, t.Rows())
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}

// read is a column as amounts or class numbers.
func (j judgement) read(c *Column) []float64 {
	if j.amounts {
		if values, _, ok := numbers(c); ok {
			return values
		}
	}
	out := make([]float64, c.Len())
	for i, k := range classes(c, j.ids) {
		if out[i] = float64(k); k == 0 {
			out[i] = math.NaN()
		}
	}
	return out
}

// deduce fills the truth of rows without a label from whether the answer was
// right.
func (j judgement) deduce(correct func(i int) float64) {
	two := len(j.ids) == 2
	for i, known := range j.truth {
		if known == known {
			continue
		}
		switch correct(i) {
		case 1:
			j.truth[i] = j.answer[i]
		case 0:
			if two {
				j.truth[i] = 3 - j.answer[i] // class numbers are 1 and 2
			}
		}
	}
}

// right is 1 for the same class and 0 for another, or the distance of two
// amounts; NaN where one is unknown.
func (j judgement) right(vote, truth float64) float64 {
	switch {
	case j.amounts:
		return math.Abs(vote - truth)
	case vote != vote || truth != truth:
		return math.NaN()
	case vote == truth:
		return 1
	}
	return 0
}

// apart is 1 for different classes and 0 for the same, or the distance.
func (j judgement) apart(a, b float64) float64 {
	if j.amounts {
		return math.Abs(a - b)
	}
	return 1 - j.right(a, b)
}
