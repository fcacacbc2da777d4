package analysis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"andon/analysis/camera"
)

// One look at an incident, from a log to a verdict:
//
//	Measure ─▶ Series ─▶ Changes ─▶ onset ─▶ Windows
//	                                  │          │
//	                    events ──▶ Matches   Diff, Slices, Account
//	                                  │          │
//	          frames ──▶ Regions ──▶ ledger ◀────┘
//	                                  │
//	        findings of people ──▶ Posterior ─▶ Verdict, next tests

// Inquiry is what a triage is asked. Log may be nil where a file holds only
// metrics. Zero Windows are proposed; an empty Where is every row. Frames, if
// not nil, samples the frames of both windows within a slice.
type Inquiry struct {
	Log      Log
	Metrics  []MetricSeries
	Events   []Event
	Findings []Finding
	Windows  Windows
	Where    Where
	Frames   func(context.Context, Windows, Where) (before, after []camera.Sample, err error)
}

// Investigate answers an inquiry. A log without any sign of quality, or none
// at all, is not an error: the triage then holds what can be told and says
// what cannot. Errors come from the Log only, or from a cancelled ctx.
func Investigate(ctx context.Context, q Inquiry) (Triage, error) {
	if q.Log == nil || q.Log.Rows() == 0 {
		return investigateMetrics(q), nil
	}
	t := Triage{Measure: q.Log.Measure()}
	t.Warnings = append(t.Warnings, t.Measure.Warnings...)
	if t.Measure.Metric == "" {
		return investigateVolume(ctx, q, t)
	}
	slice, err := findChange(ctx, q, &t)
	if err != nil {
		return t, err
	}
	if t.Onset == nil && q.Windows.Zero() {
		t.Windows = HalfWindows(q.Log.Span())
		if !t.Series.Searchable() {
			t.Verdict = undecided("the log is too short to see a change in " + t.Measure.Metric)
			return t, nil
		}
		if !t.Measure.Realised() {
			if doubtful, err := doubt(ctx, q, &t); doubtful || err != nil {
				return t, err
			}
		} else if late, ok, err := unlabelledTail(ctx, q, t); ok || err != nil {
			return late, err
		}
		whole := t.Series.Total()
		t.Verdict = Verdict{Cause: None, Outcome: NoChange, Probability: unchanged(t.Measure, whole),
			Why: fmt.Sprintf("%s stayed within its band from %s to %s", t.Measure.Metric, day(q.Log.Span().From), day(q.Log.Span().To))}
		if d := Detectable(whole.Mean(), whole.Known); t.Measure.Scale == Proportion && d > largestBlind {
			t.Warnings = append(t.Warnings, fmt.Sprintf("%d rows of known quality: a drop below %s points could not be seen", whole.Known, number(100*d)))
		}
		return t, nil
	}
	if err := explain(ctx, q, &t, slice); err != nil {
		return t, err
	}
	if err = sharpen(ctx, q, &t); err != nil {
		return t, err
	}
	return t, decide(ctx, q, &t)
}

// falseAlarm is what is left for a change too small to see.
//
// Source: the change search's own miss rate on series with small steps.
const falseAlarm = .05

// largestBlind is the drop below which it is not worth saying that it could not
// be seen.
const largestBlind = .05

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

// findChange fills series, changes, onset and windows, and returns the slice in
// which alone the change was seen, if so.
func findChange(ctx context.Context, q Inquiry, t *Triage) (slice Where, err error) {
	step := StepFor(q.Log.Span(), t.Measure.worth())
	series, err := q.Log.Series(ctx, q.Where, step)
	if err != nil {
		return nil, fmt.Errorf("plot %s: %w", t.Measure.Metric, err)
	}
	changes, warnings := Changes(series)
	changes = Relapses(series, changes)
	t.Series, t.Changes = series, changes
	t.Warnings = append(t.Warnings, warnings...)
	t.Onset, t.Windows = Worst(changes), q.Windows
	if t.Onset == nil && q.Windows.Zero() && series.Searchable() {
		if t.Onset, slice, err = searchFurther(ctx, q, t.Measure); err != nil {
			return nil, err
		}
	}
	if t.Onset != nil && q.Windows.Zero() {
		windows, warnings := ProposeWindows(q.Log.Span(), *t.Onset, changes)
		t.Windows = windows
		t.Warnings = append(t.Warnings, warnings...)
	}
	return slice, nil
}

// searchFurther looks where the whole log's quality shows nothing by itself.
func searchFurther(ctx context.Context, q Inquiry, m Measure) (*Change, Where, error) {
	found, err := searchSlices(ctx, q)
	if found != nil || err != nil {
		return found, nil, err
	}
	seen, err := searchSentinels(ctx, q, m)
	if err == nil && seen == nil {
		seen, err = searchTold(ctx, q, m)
	}
	if err == nil && seen == nil {
		seen, err = searchMoved(ctx, q, m)
	}
	if seen == nil || err != nil {
		return nil, nil, err
	}
	return &seen.change, seen.where, nil
}

// explain compares the windows: quality, columns, slices, account. seen is the
// slice in which alone the change was found, if so.
func explain(ctx context.Context, q Inquiry, t *Triage, seen Where) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	before, after, err := windowSums(ctx, q.Log, q.Where, t.Windows)
	if err != nil {
		return err
	}
	quality := CompareQuality(t.Measure, before, after)
	t.Quality = &quality
	if before.Known == 0 || after.Known == 0 {
		return nil
	}
	if t.Signals, err = Diff(ctx, q.Log, t.Windows, q.Where); err != nil {
		return fmt.Errorf("compare columns: %w", err)
	}
	if t.Slices, err = findSlices(ctx, q, t.Windows); err != nil {
		return fmt.Errorf("search slices: %w", err)
	}
	if t.Slices, err = describeGuilty(ctx, q, t, seen); err != nil {
		return err
	}
	t.Inside = t.Signals
	if slice := t.Guilty(); slice != nil && slice.Before.Rows >= nearRows {
		where := slices.Concat(q.Where, slice.Where)
		if t.Inside, err = Diff(ctx, q.Log, t.Windows, where); err != nil {
			return fmt.Errorf("compare columns within %s: %w", where, err)
		}
	}
	account, err := AccountFor(ctx, q.Log, t.Windows, q.Where, AccountColumns(t.Inside, t.Slices))
	if err != nil {
		return fmt.Errorf("account for the drop: %w", err)
	}
	t.Account = &account
	return nil
}

// windowSums adds up the quality of both windows exactly, at any edge.
func windowSums(ctx context.Context, log Log, where Where, w Windows) (before, after Sum, err error) {
	leaves, err := log.Leaves(ctx, nil, where, w)
	if err != nil {
		return before, after, fmt.Errorf("add up the windows: %w", err)
	}
	for _, c := range leaves.Cells {
		before, after = before.Add(c.Before), after.Add(c.After)
	}
	return before, after, nil
}

// decide weighs the evidence and names the cause, as far as it goes.
func decide(ctx context.Context, q Inquiry, t *Triage) error {
	if side := blind(*t.Quality); side != "" {
		t.Verdict = undecided("no row of the window " + side + " has a known quality: choose windows with labelled rows in both")
		return nil
	}
	if !worse(*t.Quality) && t.Guilty() == nil {
		t.Verdict = Verdict{Cause: None, Outcome: NoChange, Probability: 1 - falseAlarm,
			Why: "the chosen windows do not differ beyond chance"}
		t.Slices = nil
		return nil
	}
	return weighEvidence(ctx, q, t)
}

// weighEvidence asks every check at the scene and fills ledger, verdict,
// events and next tests.
func weighEvidence(ctx context.Context, q Inquiry, t *Triage) error {
	scene, err := newScene(ctx, q, t)
	if err != nil {
		return err
	}
	ledger, err := scene.ledger(ctx)
	if err != nil {
		return err
	}
	ledger, decisive := Answered(ledger, q.Findings)
	posterior := Posterior(Prior(), ledger)
	t.Ledger = ledger
	t.Verdict, t.Causes = Judge(posterior, ledger, decisive, reservation(posterior, ledger, scene.matches, decisive))
	t.Events = MatchEvents(q.Events, scene.onset, t.Slices, posterior)
	t.Next = NextTests(Checklist(), posterior, Outcomes(q.Findings), testedChecks(ledger))
	t.Warnings = append(t.Warnings, scene.warnings...)
	return nil
}

// blind names the window of which nothing is known, "" for neither.
func blind(q Quality) string {
	switch {
	case q.Before.Known == 0:
		return "before"
	case q.After.Known == 0:
		return "after"
	}
	return ""
}

// worse reports whether quality fell beyond chance.
func worse(q Quality) bool {
	if q.LowerBetter {
		return q.Interval.Lo > 0
	}
	return q.Interval.Hi < 0
}

func testedChecks(ledger []Evidence) map[string]bool {
	tested := map[string]bool{}
	for _, e := range ledger {
		tested[e.ID] = e.Tested
	}
	return tested
}

// ErrNothing is returned where a file holds nothing an analysis could look at.
var ErrNothing = errors.New("nothing to analyse: the file holds neither inferences nor metrics; import a log first")
