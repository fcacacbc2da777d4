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
		return told(strength, number(rise), "errors and timeouts rose from %s to %s of the rows%s",
			percent(failed[0]), percent(failed[1]), s.within()), nil
	case slower:
		return told(shiftOf(*latency)/4, number(latency.Effect), "%s rose by %s%s", latency.Column, effectWords(*latency), s.within()), nil
	}
	return told(0, number(rise), "errors, timeouts and latency stayed as they were%s", s.within()), nil
}

// failures is the share of rows whose status is a failure, before and after.
func (s *scene) failures(ctx context.Context) (share [2]float64, logged bool, err error) {
	fields := s.fields(func(f Field) bool { return f.Role == RoleStatus })
	if len(fields) == 0 {
		return share, false, nil
	}
	profile, err := s.log.Profile(ctx, fields[0].Name, s.where, s.windows)
	if err != nil {
		return share, false, err
	}
	for i, blocks := range [][]Block{profile.Before, profile.After} {
		rows := binRows(profile, blocks)
		bad := 0.0
		for j, bin := range profile.Bins {
			if !bin.Null && !bin.Other && Failed(bin.Value) {
				bad += rows[j]
			}
		}
		if n := total(rows); n > 0 {
			share[i] = bad / n
		}
	}
	return share, true, nil
}
