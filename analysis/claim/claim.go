// Package claim asks a finding's query of the log, so that a claim can be
// checked by whoever reads it.
//
//	finding = query + windows + slice + parameters ──Ask──▶ claim, result
//	                                                  │
//	   kept result ── equal? ── result now ◀──────────┘   same / changed
//
// The queries, as findings hold them:
//
//	quality           quality before and after within the slice
//	signal COLUMN     how far a column moved within the slice
//	control COLUMN    quality outside the slice, where it should not have moved
package claim

import (
	"context"
	"fmt"
	"math"
	"strings"

	"andon/analysis"
)

// The queries Ask knows.
const (
	Quality = "quality"
	Signal  = "signal"
	Control = "control"
)

// Knows reports whether a query is one that Ask answers.
func Knows(query string) bool {
	name, _, _ := strings.Cut(query, " ")
	return name == Quality || name == Signal || name == Control
}

// Ask answers a query over both windows within a slice: a finding with claim
// and result, without time, hash and outcome. A query nobody knows, a column
// that is not there or an empty slice is an error; too few rows are not, they
// are the result. Cost: one pass over the windows, for a signal over its column.
func Ask(ctx context.Context, log analysis.Log, query string, w analysis.Windows, where analysis.Where) (analysis.Finding, error) {
	f := analysis.Finding{Query: query, Windows: w, Where: where.String()}
	name, rest, _ := strings.Cut(query, " ")
	var err error
	switch name {
	case Quality:
		f.Claim, f.Result, err = quality(ctx, log, w, where)
	case Signal:
		f.Claim, f.Result, err = signal(ctx, log, rest, w, where)
	case Control:
		f.Claim, f.Result, err = control(ctx, log, w, where)
	default:
		err = fmt.Errorf("query %q: there are quality, signal COLUMN and control COLUMN=VALUE", query)
	}
	if err != nil {
		return f, fmt.Errorf("ask %q: %w", query, err)
	}
	return f, nil
}

func quality(ctx context.Context, log analysis.Log, w analysis.Windows, where analysis.Where) (claim, result string, err error) {
	q, err := compare(ctx, log, w, where)
	if err != nil {
		return "", "", err
	}
	if q.Before.Known == 0 || q.After.Known == 0 {
		return fmt.Sprintf("of %s nothing is known in one window", place(where)), fmt.Sprintf("%d and %d known", q.Before.Known, q.After.Known), nil
	}
	moved := "did not move beyond chance"
	switch {
	case q.Interval.Hi < 0 && !q.LowerBetter, q.Interval.Lo > 0 && q.LowerBetter:
		moved = "fell"
	case q.Interval.Lo > 0, q.Interval.Hi < 0:
		moved = "rose"
	}
	return fmt.Sprintf("%s of %s %s", q.Metric, place(where), moved), numbers(log.Measure(), q), nil
}

// control is quality in a slice that the cause does not reach.
func control(ctx context.Context, log analysis.Log, w analysis.Windows, where analysis.Where) (claim, result string, err error) {
	q, err := compare(ctx, log, w, where)
	if err != nil {
		return "", "", err
	}
	return controlClaim(q, where), numbers(log.Measure(), q), nil
}

func signal(ctx context.Context, log analysis.Log, column string, w analysis.Windows, where analysis.Where) (claim, result string, err error) {
	signals, err := analysis.Diff(ctx, log, w, where)
	if err != nil {
		return "", "", err
	}
	for _, s := range signals {
		if s.Column != column {
			continue
		}
		if !s.Changed {
			return fmt.Sprintf("%s did not move beyond chance in %s", column, place(where)), effect(s), nil
		}
		return fmt.Sprintf("%s moved (%s) in %s", column, s.Direction, place(where)), effect(s), nil
	}
	return "", "", fmt.Errorf("the column %q is not compared; andon diff lists those that are", column)
}

func effect(s analysis.Signal) string {
	return fmt.Sprintf("effect %.3g [%.3g, %.3g], %.0f %% unseen", s.Effect, s.Interval.Lo, s.Interval.Hi, 100*s.Unseen)
}

// compare is quality in both windows within a slice.
func compare(ctx context.Context, log analysis.Log, w analysis.Windows, where analysis.Where) (analysis.Quality, error) {
	if w.Zero() {
		return analysis.Quality{}, fmt.Errorf("there are no windows to compare: choose them with --before and --after")
	}
	leaves, err := log.Leaves(ctx, nil, where, w)
	if err != nil {
		return analysis.Quality{}, err
	}
	var before, after analysis.Sum
	for _, c := range leaves.Cells {
		before, after = before.Add(c.Before), after.Add(c.After)
	}
	return analysis.CompareQuality(log.Measure(), before, after), nil
}

func place(where analysis.Where) string {
	if len(where) == 0 {
		return "all rows"
	}
	return where.String()
}

// numbers are both levels and the difference with its interval.
func numbers(m analysis.Measure, q analysis.Quality) string {
	if m.Scale == analysis.Proportion {
		return fmt.Sprintf("%.1f %% → %.1f %% (%+.1f pt [%+.1f, %+.1f], n %d and %d)", 100*q.Before.Mean(), 100*q.After.Mean(),
			100*q.Delta, 100*q.Interval.Lo, 100*q.Interval.Hi, q.Before.Known, q.After.Known)
	}
	if math.IsInf(q.Interval.Lo, 0) {
		return fmt.Sprintf("%.4g → %.4g (too few rows for an interval)", q.Before.Mean(), q.After.Mean())
	}
	return fmt.Sprintf("%.4g → %.4g (%+.4g [%+.4g, %+.4g], n %d and %d)", q.Before.Mean(), q.After.Mean(),
		q.Delta, q.Interval.Lo, q.Interval.Hi, q.Before.Known, q.After.Known)
}
