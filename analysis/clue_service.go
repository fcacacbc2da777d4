package analysis

import (
	"context"
	"math"
)

// Is it the service: errors, timeouts, latency?

func serviceFailing(ctx context.Context, s *scene) (answer, error) {
	failed, logged, err := s.failures(ctx)
	if err != nil {
		return answer{}, err
	}
	latency := strongestSignal(s.inside, func(f Field) bool { return f.Role == RoleLatency })
	slower := latency != nil && latency.Direction == "up"
	if !logged && len(s.fields(func(f Field) bool { return f.Role == RoleLatency })) == 0 {
		return untested("neither status nor latency is logged"), nil
	}
	rise := failed[1] - failed[0]
	strength := rise / math.Max(.02, math.Abs(s.delta)) * 1.5
	switch {
	case strength > .2:
		what := "errors and timeouts"
		if len(s.fields(func(f Field) bool { return f.Role == RoleStatus })) == 0 {
			what = "rows without an answer"
		}
		return told(strength, number(rise), "%s rose from %s to %s of the rows%s", what, percent(failed[0]), percent(failed[1]), s.within()), nil
	case slower:
		return told(shiftOf(*latency)/4, number(latency.Effect), "%s rose by %s%s", latency.Column, effectWords(*latency), s.within()), nil
	}
	return told(0, number(rise), "errors, timeouts and latency stayed as they were%s", s.within()), nil
}

// failures is the share of rows whose status is a failure, before and after; of
// a log without a status the rows that were not answered, if there are any.
func (s *scene) failures(ctx context.Context) (share [2]float64, logged bool, err error) {
	asked, failed := s.fields(func(f Field) bool { return f.Role == RoleStatus }), func(b Bin) bool { return !b.Null && !b.Other && Failed(b.Value) }
	status := len(asked) > 0
	if !status {
		asked, failed = s.fields(func(f Field) bool { return f.Role == RolePrediction }), func(b Bin) bool { return b.Null }
	}
	if len(asked) == 0 {
		return share, false, nil
	}
	profile, err := s.log.Profile(ctx, asked[0].Name, s.where, s.windows)
	if err != nil {
		return share, false, err
	}
	for i, blocks := range [][]Block{profile.Before, profile.After} {
		rows, bad := 0, 0
		for _, block := range blocks {
			for j, sum := range block.Bins {
				if status && profile.Bins[j].Null {
					continue
				}
				rows += sum.Rows
				if failed(profile.Bins[j]) {
					bad += sum.Rows
				}
			}
		}
		logged = logged || status || bad > 0
		share[i] = float64(bad) / float64(max(1, rows))
	}
	return share, logged, nil
}
