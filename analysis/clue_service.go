package analysis

import (
	"context"
	"math"
)

// Is it the service: errors, timeouts, latency?

func serviceFailing(ctx context.Context, s *scene) (answer, error) {
	what, failed, err := s.failures(ctx)
	if err != nil {
		return answer{}, err
	}
	latency := strongestSignal(s.inside, func(f Field) bool { return f.Role == RoleLatency })
	slower := latency != nil && latency.Direction == "up"
	if what == "" && len(s.fields(func(f Field) bool { return f.Role == RoleLatency })) == 0 {
		return untested("neither status nor latency is logged"), nil
	}
	rise := failed[1] - failed[0]
	strength := rise / math.Max(.02, math.Abs(s.delta)) * 1.5
	switch {
	case strength > .2:
		return told(strength, number(rise), "%s rose from %s to %s of the rows%s", what, percent(failed[0]), percent(failed[1]), s.within()), nil
	case slower:
		return told(shiftOf(*latency)/4, number(latency.Effect), "%s rose by %s%s", latency.Column, effectWords(*latency), s.within()), nil
	}
	return told(0, number(rise), "errors, timeouts and latency stayed as they were%s", s.within()), nil
}

// failures is the share of rows that failed, before and after, and what failing
// is: by their status, or in a log without one that no answer came, if that ever
// was so. "" where neither tells.
func (s *scene) failures(ctx context.Context) (what string, share [2]float64, err error) {
	if status := s.fields(func(f Field) bool { return f.Role == RoleStatus }); len(status) > 0 {
		share, err = s.shareOf(ctx, status[0], func(b Bin) bool { return !b.Null }, func(b Bin) bool { return !b.Other && Failed(b.Value) })
		return "errors and timeouts", share, err
	}
	answers := s.fields(func(f Field) bool { return f.Role == RolePrediction })
	if len(answers) == 0 {
		return "", share, nil
	}
	share, err = s.shareOf(ctx, answers[0], func(Bin) bool { return true }, func(b Bin) bool { return b.Null })
	if share == [2]float64{} {
		return "", share, err
	}
	return "rows without an answer", share, err
}

// shareOf is the share of some bins of a column in the rows of all that count,
// before and after.
func (s *scene) shareOf(ctx context.Context, f Field, counts, some func(Bin) bool) (share [2]float64, err error) {
	profile, err := s.log.Profile(ctx, f.Name, s.where, s.windows)
	if err != nil {
		return share, err
	}
	for i, blocks := range [][]Block{profile.Before, profile.After} {
		rows, bad := 0, 0
		for k, bin := range profile.Bins {
			if !counts(bin) {
				continue
			}
			n := 0
			for _, block := range blocks {
				n += block.Bins[k].Rows
			}
			if rows += n; some(bin) {
				bad += n
			}
		}
		share[i] = float64(bad) / float64(max(1, rows))
	}
	return share, nil
}
