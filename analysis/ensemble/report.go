// Package ensemble judges the members of an ensemble from their logged votes.
//
//	who is good    quality, calibration and what each adds to the vote
//	who agrees     each pair, and the whole table over time and by slice
//	who broke      the member that fell away from the others, and when
//
// Everything is counted on the same rows for all members, so that a harder mix
// of inputs is no member's fault.
package ensemble

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"andon/analysis"
)

// Report is all that the votes tell. Standings are in the order of
// Ensemble.Members. Equal tells how often the equal vote of the members gives
// the final answer, before and after: far from 1, the system decides by another
// rule than a vote, and what is worked out on the vote says less of it.
// Disagreement is the share of rows whose votes differ, over time; it has no
// buckets with fewer than two members or with amounts.
type Report struct {
	analysis.Ensemble
	Standings    []Standing
	Pairs        []Pair
	Equal        [2]analysis.Sum
	Disagreement analysis.Series
	Slices       []Dissent
}

// Pair is two members on the same rows, before and after: how often they
// differ (or how far apart they are), also over time in the buckets of
// Agreement, and how often both are wrong, which no vote between the two can
// mend. Wrong is empty for amounts.
type Pair struct {
	A, B   int // places in Members
	Differ [2]analysis.Sum
	Over   analysis.Series
	Wrong  [2]analysis.Sum
}

// fewVoters is below what there is no table to disagree at.
const fewVoters = 2

// Study compares the members over the rows of where in both windows. A log
// without votes gives a Report whose Ensemble says so. Cost: the panel, one
// pass a pair of members and a dimension, and up to 2ⁿ votes a row for the
// values (see [Values]).
func Study(ctx context.Context, t *analysis.Table, w analysis.Windows, where analysis.Where) (Report, error) {
	var r Report
	var err error
	if r.Ensemble, err = t.Ensemble(ctx, w, where); err != nil {
		return r, err
	}
	if len(r.Members) == 0 {
		return r, nil
	}
	before, after, err := t.Split(where, w)
	if err != nil {
		return r, err
	}
	s, kept := newSitting(t, w, before, after)
	if r.keep(kept); len(kept) == 0 {
		r.Warnings = append(r.Warnings, "no member voted in these rows")
		return r, nil
	}
	r.Warnings = append(r.Warnings, s.panel.Warnings...)
	if r.Pairs, err = s.pairs(ctx, where, r.Agreement[0].Step); err != nil {
		return r, err
	}
	r.Equal = s.equal()
	r.Standings = s.standings()
	if len(r.Members) >= fewVoters && !s.panel.Amounts {
		if r.Disagreement, err = t.Trend(ctx, analysis.Disagreement, where, r.Agreement[0].Step); err != nil {
			return r, err
		}
		r.Slices = s.slices()
	}
	if err := r.date(ctx, t, s.panel, where); err != nil {
		return r, fmt.Errorf("date when a member broke: %w", err)
	}
	r.caution(s)
	return r, ctx.Err()
}

// Broken are the places of the members that broke.
func (r Report) Broken() []int {
	var broken []int
	for m, s := range r.Standings {
		if s.State == Broke {
			broken = append(broken, m)
		}
	}
	return broken
}

// sitting is the panel with the rows of both windows.
type sitting struct {
	table   *analysis.Table
	panel   *analysis.Panel
	windows analysis.Windows
	rows    [2][]int // before, after
	times   []int64
}

// newSitting seats the members that voted in either window; kept are their
// places among all.
func newSitting(t *analysis.Table, w analysis.Windows, before, after []int) (s *sitting, kept []int) {
	s = &sitting{table: t, windows: w, rows: [2][]int{before, after}, times: t.Role(analysis.RoleTime).Times}
	s.panel, kept = t.Panel().Voting(before, after)
	return s, kept
}

// keep leaves only the members at the places kept.
func (r *Report) keep(kept []int) {
	names := map[string]bool{}
	members, agreement := make([]analysis.Member, len(kept)), make([]analysis.Series, len(kept))
	for k, m := range kept {
		members[k], agreement[k] = r.Members[m], r.Agreement[m]
		names[r.Members[m].Name] = true
	}
	for k := range members {
		members[k].Apart = slices.DeleteFunc(members[k].Apart, func(a analysis.Apart) bool { return !names[a.Name] })
	}
	r.Members, r.Agreement = members, agreement
}

// sums adds up value over each window; NaN is not known.
func (s *sitting) sums(value func(row int) float64) (out [2]analysis.Sum) {
	for side, rows := range s.rows {
		for _, i := range rows {
			out[side].Note(value(i))
		}
	}
	return out
}

// pairs compares each two members. Cost: three passes a pair.
func (s *sitting) pairs(ctx context.Context, where analysis.Where, step time.Duration) (pairs []Pair, err error) {
	p := s.panel
	for a := range p.Members {
		for b := a + 1; b < len(p.Members); b++ {
			x, y := p.Members[a].Said, p.Members[b].Said
			pair := Pair{A: a, B: b, Differ: s.sums(func(i int) float64 { return p.Apart(x[i], y[i]) })}
			pair.Over, err = s.table.Over(ctx, where, step, func(i int) float64 { return p.Apart(x[i], y[i]) })
			if err != nil {
				return nil, fmt.Errorf("follow a pair of members: %w", err)
			}
			pair.Over.LowerBetter = true
			if !p.Amounts {
				pair.Over.Scale = analysis.Proportion
				pair.Wrong = s.sums(func(i int) float64 {
					return (1 - p.Judge(x[i], p.Truth[i])) * (1 - p.Judge(y[i], p.Truth[i]))
				})
			}
			pairs = append(pairs, pair)
		}
	}
	return pairs, nil
}

// equal is how often the equal vote gives the final answer, or how far from it
// it is.
func (s *sitting) equal() [2]analysis.Sum {
	weights := Equal(len(s.panel.Members))
	return s.sums(func(i int) float64 { return s.panel.Judge(Vote(s.panel, weights, i), s.panel.Answer[i]) })
}

// littleVote is the share of rows below which the equal vote does not stand for
// the system's own rule.
const littleVote = .9

// caution says what the report cannot tell.
func (r *Report) caution(s *sitting) {
	if n := len(r.Members); n > MostMembers {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d members: their values are worked out for at most %d", n, MostMembers))
	}
	if same := r.Equal[0]; !s.panel.Amounts && same.Known > 0 && same.Mean() < littleVote {
		r.Warnings = append(r.Warnings, fmt.Sprintf("the equal vote gives the final answer in only %.0f %% of the rows before: the system decides by another rule", 100*same.Mean()))
	}
	if len(s.rows[0]) == 0 || len(s.rows[1]) == 0 {
		r.Warnings = append(r.Warnings, "a window has no rows: nothing can be compared")
	}
}

// unknown is the number of what is not known.
var unknown = math.NaN()
