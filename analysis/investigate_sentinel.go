package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// Labels are few, but every row has a confidence and votes. Where labelled
// quality shows no change by itself, these sentinels may: a change of theirs
// says when to look, and the labels then only have to say whether quality fell
// there, which takes far fewer of them than to find out when.
//
//	confidence  ▇▇▇▇▇▇▃▃▃   every row: the moment is plain
//	quality     ▆▇▅▇▆▇▅▆▄   few labels: before 93 %, after 86 %, z 3.1

// Trender is what a Log may offer besides: the mean of a column over time.
type Trender interface {
	Trend(ctx context.Context, column string, where Where, step time.Duration) (Series, error)
}

// A sentinel's change must be plain, and the labels must agree: more so within a
// slice, of which many are watched.
//
// Source: quiet practice weeks.
const (
	sentinelZ    = 6.0
	agreeZ       = 2.8
	agreeSliceZ  = 3.3
	sentinelRows = 400    // a slice watched alone must have
	leastLost    = .02    // share of right answers
	leastWorse   = .2     // of an amount's mean
	fewLabels    = 20_000 // labels from which they are watched themselves only
)

// sighting is a change that a sentinel saw and the labels agree with, and the
// slice in which it was seen, empty for all rows.
type sighting struct {
	change Change
	where  Where
	z      float64 // of the labels' loss
}

// searchSentinels is the change of a sentinel at which known quality fell most
// plainly, among all rows or else within a large slice, or nil.
func searchSentinels(ctx context.Context, q Inquiry, m Measure) (*sighting, error) {
	log, ok := q.Log.(Trender)
	if !ok || !m.Realised() {
		return nil, nil
	}
	seen, err := watch(ctx, q, log, nil, agreeZ)
	if seen != nil || err != nil || m.Labelled > fewLabels {
		return seen, err
	}
	large, err := largeSlices(ctx, q, func(s Sum) bool { return s.Rows >= sentinelRows && s.Known > 0 })
	if err != nil {
		return nil, err
	}
	for _, slice := range large {
		found, err := watch(ctx, q, log, Where{slice.is}, agreeSliceZ)
		if err != nil {
			return nil, err
		}
		if found != nil && (seen == nil || found.z > seen.z) {
			seen = found
		}
	}
	return seen, nil
}

// watch looks at every sentinel over the rows of where.
func watch(ctx context.Context, q Inquiry, log Trender, slice Where, agree float64) (*sighting, error) {
	var best *sighting
	where := slices.Concat(q.Where, slice)
	watched, err := sentinels(ctx, q.Log, log, where)
	if err != nil {
		return nil, err
	}
	for _, series := range watched {
		changes, _ := Changes(series)
		for _, c := range changes {
			if math.Abs(c.Z) < sentinelZ {
				continue
			}
			before, after, err := windowSums(ctx, q.Log, where, flanks(q.Log.Span(), c, changes))
			if err != nil {
				return nil, err
			}
			quality := CompareQuality(q.Log.Measure(), before, after)
			if z := lossZ(quality); z >= agree && matters(quality) && (best == nil || z > best.z) {
				best = &sighting{c, slice, z}
			}
		}
	}
	return best, nil
}

// sentinels are what every row of where has that moves when answers get worse,
// over time; and the rows themselves, against what their hours bring.
func sentinels(ctx context.Context, q Log, log Trender, where Where) ([]Series, error) {
	step := StepFor(q.Span(), q.Rows()/4)
	var watched []Series
	for _, column := range watchable(q) {
		series, err := log.Trend(ctx, column, where, step)
		if err != nil {
			return nil, fmt.Errorf("watch %s: %w", column, err)
		}
		watched = append(watched, series)
	}
	rows, err := q.Series(ctx, where, step)
	if err != nil {
		return nil, fmt.Errorf("watch the rows: %w", err)
	}
	return append(watched, rows.againstRhythm(q.Span().To)), nil
}

// watchable are the columns every row has that move when answers get worse.
func watchable(log Log) []string {
	var names []string
	votes := 0
	for _, f := range log.Fields() {
		if f.Role == RoleConfidence && f.Type == Number {
			names = append(names, f.Name)
		}
		if f.Role == RoleVote {
			votes++
		}
	}
	if votes > 1 {
		names = append(names, Disagreement)
	}
	return names
}

// matters reports whether a loss is large enough to be an incident that nobody
// could see: with labels enough, every batch of gloves differs from the last.
func matters(q Quality) bool {
	if q.LowerBetter {
		return q.Loss() >= leastWorse*q.Before.Mean()
	}
	return q.Loss() >= leastLost
}

// lossZ is the loss of quality in its standard errors, negative for a gain; 0
// where nothing is known.
func lossZ(q Quality) float64 {
	width := (q.Interval.Hi - q.Interval.Lo) / (2 * Z95)
	if q.Before.Known == 0 || q.After.Known == 0 || width <= 0 || math.IsInf(width, 0) || math.IsNaN(width) {
		return 0
	}
	return q.Loss() / width
}
