package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Some files cannot tell quality at all: only machine metrics, or answers
// without labels and confidence. The triage then says what moved and when, and
// names no cause: a cause needs answers that got worse.

// investigateMetrics finds the change of the metric that moved most, in
// standard errors.
func investigateMetrics(q Inquiry) Triage {
	t := Triage{Verdict: undecided("no inferences are loaded: a metric tells when something moved, not why")}
	if len(q.Metrics) == 0 {
		t.Verdict.Why = "the file holds neither inferences nor metrics"
		t.Warnings = []string{"nothing to plot: import a log"}
		return t
	}
	for _, m := range q.Metrics {
		series := m.Series(StepForMetric(m))
		changes, warnings := Changes(series)
		if t.Series.Buckets == nil || strongest(changes) > strongest(t.Changes) {
			t.Series, t.Changes, t.Warnings = series, changes, warnings
		}
	}
	t.Measure = Measure{Metric: t.Series.Name, Scale: t.Series.Scale}
	t.Warnings = append(t.Warnings,
		"only metrics are loaded: quality, slices and causes cannot be told; import the inference log of the same time")
	if len(t.Changes) == 0 {
		t.Verdict.Why = fmt.Sprintf("%s stayed within its band; without inferences that is all that can be told", t.Series.Name)
		return t
	}
	onset := departure(t.Series, t.Changes)
	span := Window{t.Series.At(0), t.Series.At(len(t.Series.Buckets))}
	windows, warnings := ProposeWindows(span, onset, t.Changes)
	t.Onset, t.Windows = &onset, windows
	t.Warnings = append(t.Warnings, warnings...)
	quality := CompareQuality(t.Measure, t.Series.Over(windows.Before), t.Series.Over(windows.After))
	t.Quality = &quality
	t.Events = MatchEvents(q.Events, onset, nil, nil)
	return t
}

// departure is the change that leads away from the usual level, the median of
// the buckets, by the most standard errors. Nobody knows which direction of a
// metric is bad; but the way back to the usual is the end of an incident, not
// its beginning. Where no change leads away it is the strongest one.
func departure(s Series, changes []Change) Change {
	var levels []float64
	for _, b := range s.Buckets {
		if b.Known > 0 {
			levels = append(levels, b.Mean())
		}
	}
	slices.Sort(levels)
	usual := levels[len(levels)/2]
	away := func(c Change) bool { return math.Abs(c.After-usual) > math.Abs(c.Before-usual) }
	best := changes[0]
	for _, c := range changes[1:] {
		if away(c) && !away(best) || away(c) == away(best) && math.Abs(c.Z) > math.Abs(best.Z) {
			best = c
		}
	}
	return best
}

func strongest(changes []Change) float64 {
	z := 0.0
	for _, c := range changes {
		z = max(z, math.Abs(c.Z))
	}
	return z
}

// investigateVolume plots how many answers came and compares the inputs before
// and after one of them moved, or of the two halves where none did: all that a
// log without labels and confidence has.
func investigateVolume(ctx context.Context, q Inquiry, t Triage) (Triage, error) {
	t.Verdict = undecided("the log has no label, no right or wrong and no usable confidence: quality cannot be told")
	span := q.Log.Span()
	series, err := q.Log.Series(ctx, q.Where, StepFor(span, q.Log.Rows()))
	if err != nil {
		return t, fmt.Errorf("plot the volume: %w", err)
	}
	t.Series = Volume(series)
	t.Changes, _ = Changes(t.Series)
	if t.Windows = q.Windows; t.Windows.Zero() {
		t.Windows = HalfWindows(span)
		found, err := silentDrift(ctx, q.Log, q.Where)
		if err != nil {
			return t, err
		}
		if found != nil {
			t.Windows, _ = ProposeWindows(span, found.change, nil)
			t.Verdict.Why += fmt.Sprintf("; from %s on %s", day(found.change.Onset), found.says)
		}
	}
	t.Signals, err = Diff(ctx, q.Log, t.Windows, q.Where)
	if err != nil {
		return t, fmt.Errorf("compare columns: %w", err)
	}
	return t, nil
}

// undecided is the verdict where the question itself cannot be asked: the
// leader is only the most frequent cause.
func undecided(why string) Verdict {
	prior, best := Prior(), 0
	for k := range prior {
		if prior[k] > prior[best] {
			best = k
		}
	}
	return Verdict{Cause: Causes[best], Outcome: Inconclusive, Probability: prior[best], Why: why}
}

// Volume is the series of rows a bucket: what came in, whatever it was worth.
func Volume(s Series) Series {
	v := Series{Name: "volume", Scale: Amount, Start: s.Start, Step: s.Step, Buckets: make([]Sum, len(s.Buckets))}
	for i, b := range s.Buckets {
		n := float64(b.Rows)
		v.Buckets[i] = Sum{Rows: b.Rows, Known: 1, Good: n, GoodSq: n * n}
	}
	return v
}
