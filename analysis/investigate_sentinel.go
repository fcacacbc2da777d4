package analysis

import (
	"context"
	"fmt"
	"math"
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

// A sentinel's change must be plain, and the labels must agree.
//
// Source: quiet practice weeks.
const (
	sentinelZ = 6.0
	agreeZ    = 2.8
)

// searchSentinels is the change of a sentinel at which known quality fell, the
// strongest of them, or nil.
func searchSentinels(ctx context.Context, q Inquiry, m Measure) (*Change, error) {
	log, ok := q.Log.(Trender)
	if !ok || !m.Realised() {
		return nil, nil
	}
	var best *Change
	bestZ := agreeZ
	for _, column := range sentinels(q.Log) {
		series, err := log.Trend(ctx, column, q.Where, StepFor(q.Log.Span(), q.Log.Rows()/4))
		if err != nil {
			return nil, fmt.Errorf("watch %s: %w", column, err)
		}
		changes, _ := Changes(series)
		for _, c := range changes {
			if math.Abs(c.Z) < sentinelZ {
				continue
			}
			windows, _ := ProposeWindows(q.Log.Span(), c, changes)
			before, after, err := windowSums(ctx, q.Log, q.Where, windows)
			if err != nil {
				return nil, err
			}
			if z := lossZ(CompareQuality(m, before, after)); z >= bestZ {
				bestZ, best = z, &c
			}
		}
	}
	return best, nil
}

// sentinels are the columns every row has that move when answers get worse.
func sentinels(log Log) []string {
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

// lossZ is the loss of quality in its standard errors, negative for a gain; 0
// where nothing is known.
func lossZ(q Quality) float64 {
	width := (q.Interval.Hi - q.Interval.Lo) / (2 * z95)
	if q.Before.Known == 0 || q.After.Known == 0 || width <= 0 || math.IsInf(width, 0) || math.IsNaN(width) {
		return 0
	}
	return q.Loss() / width
}
