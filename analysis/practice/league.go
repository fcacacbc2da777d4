package practice

import (
	"context"
	"slices"
	"time"

	"andon/analysis"
	"andon/analysis/camera"
)

// The practice league plays hundreds of small incidents against a triage and
// counts what it gets right:
//
//	seed ─▶ plot: plant, style of log, kind of trouble, when, where, how much
//	          │
//	          ├─▶ rows, hour by hour ─▶ effects ─▶ glance of the gallery ─▶ Table
//	          ├─▶ what people wrote down: the cause (mostly), and ordinary life
//	          └─▶ Key: what really happened
//	                        │
//	Table, events ─▶ triage ┴▶ Score
//
// Rounds with seeds below FirstScoringSeed are for tuning and learning; a score
// counts on the others, whose rows show other pictures.

// FirstScoringSeed is where the seeds begin that nothing may be tuned on.
const FirstScoringSeed int64 = 1_000_000

// TrainingSeeds are the first n seeds for learning, ScoringSeeds the first n for
// scoring. Kinds of incident take turns from seed to seed.
func TrainingSeeds(n int) []int64 { return Seeds(1, n) }
func ScoringSeeds(n int) []int64  { return Seeds(FirstScoringSeed, n) }

// Seeds are n seeds in a row, such as fresh ones beyond those a test uses.
func Seeds(from int64, n int) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = from + int64(i)
	}
	return all
}

// Round is one incident of the league as a triage gets it, and its answer.
type Round struct {
	Seed    int64
	Style   string
	Log     *analysis.Table
	Events  []analysis.Event
	Metrics []analysis.MetricSeries
	Key     Key
	frames  *album
}

// Key is what really happened. Causes are all that count as right, the bigger
// first; Slices all that count as the guilty rows, where an empty Where says
// that no slice is worse than the rest, and nil that nobody could tell from
// this log. Onset is zero and Event nil where there is none. Drop is how far
// the answers fell (on the scale of the log's quality, all rows counted,
// labelled or not), Standout that drop in standard errors of the labelled
// rows: below about 4 nobody can see it.
type Key struct {
	Kind       string
	Causes     []analysis.Cause
	Confounded bool // inconclusive is right too
	Slices     []analysis.Where
	Onset      time.Time
	Event      *analysis.Event
	Drop       float64
	Standout   float64
	Labelled   float64 // share of rows
	Says       string
}

// Quiet reports whether nothing got worse.
func (k Key) Quiet() bool { return k.Onset.IsZero() }

// Inquiry is the round as the question put to a triage.
func (r *Round) Inquiry() analysis.Inquiry {
	events := slices.Concat(r.Events, analysis.VersionEvents(r.Log, r.Events))
	q := analysis.Inquiry{Log: r.Log, Events: events, Metrics: r.Metrics}
	if r.frames != nil {
		q.Frames = func(_ context.Context, w analysis.Windows, where analysis.Where) (before, after []camera.Sample, err error) {
			return r.frames.sample(r.Log, w, where)
		}
	}
	return q
}

// leastDrop is below what a round with a cause is drawn again: smaller drops
// are no incident.
const leastDrop = 0.025

// Draw makes the round of a seed. Equal seeds give equal rounds. The first
// round of a process takes some seconds to hang the gallery; then about a
// second per million rows.
func Draw(seed int64) Round {
	var r Round
	for attempt := range 6 {
		p := newPlot(seed, attempt)
		r = p.play()
		if r.Key.Quiet() || r.Key.Drop >= leastDrop {
			break
		}
	}
	return r
}
