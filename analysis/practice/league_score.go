package practice

import (
	"context"
	"slices"
	"sync"
	"time"

	"andon/analysis"
)

// Investigator is a triage under test.
type Investigator func(context.Context, analysis.Inquiry) (analysis.Triage, error)

// scorers is how many rounds are played at once: as many as a plant's server
// has processors to spare, and no more memory than that.
const scorers = 2

// Score plays the rounds of the seeds and counts what investigate gets right.
// The result depends on the seeds alone, but for its times, which now tells
// (nil: they are not taken). It returns the first error of investigate.
func Score(ctx context.Context, seeds []int64, investigate Investigator, now func() time.Time) (Result, error) {
	if now == nil {
		now = func() time.Time { return time.Time{} }
	}
	marks := make([]Mark, len(seeds))
	errs := make([]error, scorers)
	began := now()
	var wait sync.WaitGroup
	for w := range scorers {
		wait.Go(func() {
			for i := w; i < len(seeds) && errs[w] == nil; i += scorers {
				marks[i], errs[w] = mark(ctx, seeds[i], investigate, now)
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return Result{}, err
		}
	}
	return Result{Marks: marks, Took: now().Sub(began)}, nil
}

// Mark is one round as it was judged.
type Mark struct {
	Seed        int64
	Kind, Style string
	Rows        int
	Key         Key
	Verdict     analysis.Verdict
	Found       bool // a change was reported at all
	Cause       Judged
	Slice       Judged
	Onset       Judged
	Where       analysis.Where // the accepted slice, nil for none
	Guess       Guess          // the baseline's
	GuessCause  Judged
	GuessSlice  Judged
	Draw, Ask   time.Duration // to make the round, to investigate it
}

// Judged is whether an answer is right; Unjudged where nobody could tell.
type Judged int8

const (
	Unjudged Judged = iota
	Wrong
	Right
)

func judged(ok bool) Judged {
	if ok {
		return Right
	}
	return Wrong
}

func mark(ctx context.Context, seed int64, investigate Investigator, now func() time.Time) (Mark, error) {
	began := now()
	r := Draw(seed)
	drawn := now()
	t, err := investigate(ctx, r.Inquiry())
	if err != nil {
		return Mark{}, err
	}
	m := Mark{Seed: seed, Kind: r.Key.Kind, Style: r.Style, Rows: r.Log.Rows(), Key: r.Key, Verdict: t.Verdict,
		Found: t.Onset != nil && t.Verdict.Outcome != analysis.NoChange, Draw: drawn.Sub(began), Ask: now().Sub(drawn)}
	m.Cause = judged(slices.Contains(r.Key.Causes, t.Verdict.Cause))
	if r.Key.Confounded && t.Verdict.Outcome == analysis.Inconclusive && m.Found {
		m.Cause = Right
	}
	if s := t.Guilty(); s != nil {
		m.Where = s.Where
	}
	m.Guess = guess(&r)
	if r.Key.Quiet() {
		return m, nil
	}
	m.GuessCause = judged(slices.Contains(r.Key.Causes, m.Guess.Cause))
	m.Onset = judged(m.Found && near(t, r.Key.Onset))
	if m.Slice, err = sameRows(&r, m.Where); err != nil {
		return m, err
	}
	if !m.Found && m.Slice == Right {
		m.Slice = Wrong
	}
	m.GuessSlice, err = sameRows(&r, m.Guess.Where)
	return m, err
}

// near reports whether the onset was found within two buckets or two hours.
func near(t analysis.Triage, onset time.Time) bool {
	return t.Onset.Onset.Sub(onset).Abs() <= max(2*t.Series.Step, 2*time.Hour)
}

// sameRows compares a slice with the guilty rows since the onset, those of one
// trouble or of all: equal but for 5 % of both together. A triage that accepts no slice says that all rows
// are alike.
func sameRows(r *Round, found analysis.Where) (Judged, error) {
	if len(r.Key.Slices) == 0 {
		return Unjudged, nil
	}
	in, err := r.Log.Match(found)
	if err != nil {
		return Unjudged, err
	}
	all := make(analysis.Mask, r.Log.Rows())
	for _, s := range r.Key.Slices {
		truth, err := r.Log.Match(s)
		if err != nil {
			return Unjudged, err
		}
		if overlap(r, in, truth) >= 0.95 {
			return Right, nil
		}
		for i := range all {
			all[i] = all[i] || truth.Has(i)
		}
	}
	return judged(overlap(r, in, all) >= 0.95), nil
}

// overlap is the rows in both over the rows in either, since the onset.
func overlap(r *Round, a, b analysis.Mask) float64 {
	from := r.Key.Onset.UnixNano()
	both, either := 0.0, 0.0
	for i, at := range r.Log.Role(analysis.RoleTime).Times {
		if at < from {
			continue
		}
		x, y := a.Has(i), b.Has(i)
		if x && y {
			both++
		}
		if x || y {
			either++
		}
	}
	return both / max(1, either)
}
