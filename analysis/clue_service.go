package analysis

import (
	"context"
	"math"
	"time"
)

// Is it the service: errors, timeouts, latency, rows that never arrived?

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

// What counts as a hole: rows of the same hours of the days before that did
// not come, beyond what those days differ among themselves.
const (
	missingAt   = .12
	missingFull = .5
	missingDays = 6
	missingZ    = 3
)

func dataMissing(ctx context.Context, s *scene) (answer, error) {
	var gone *Signal
	for i := range s.inside {
		if g := &s.inside[i]; g.Changed && g.Direction == "missing" && (gone == nil || g.Effect > gone.Effect) {
			gone = g
		}
	}
	if gone != nil {
		return told(gone.Effect/missingFull, number(gone.Effect), "%s went missing%s", gone.Column, s.within()), nil
	}
	usual, spread, came, err := s.sameHours(ctx)
	if err != nil {
		return answer{}, err
	}
	if usual < nearRows {
		return untested("too few rows in the same hours of the days before to compare the volume with"), nil
	}
	lost := 1 - came/usual
	if lost < missingAt || usual-came < missingZ*spread {
		return told(0, number(lost), "as many rows came as in the same hours of the days before (%s, then %s)", number(usual), number(came)), nil
	}
	return told((lost-missingAt)/(missingFull-missingAt), number(lost), "%s of the rows of these hours did not come%s", percent(lost), s.within()), nil
}

// sameHours compares the rows of the day after the onset with those of the
// same hours on the days before it: their mean, how much they differ among
// themselves (never less than by chance), and what came.
func (s *scene) sameHours(ctx context.Context) (usual, spread, came float64, err error) {
	const day = 24 * time.Hour
	span := s.log.Span()
	now := Window{s.onset.Latest, s.onset.Latest.Add(day)}
	if now.To.After(span.To) {
		now.To = span.To
	}
	var days []float64
	for k := 1; k <= missingDays; k++ {
		before := Window{now.From.Add(-time.Duration(k) * day), now.To.Add(-time.Duration(k) * day)}
		if before.To.After(s.onset.Earliest) {
			continue
		}
		if before.From.Before(span.From) {
			break
		}
		then, after, err := windowSums(ctx, s.log, s.where, Windows{Before: before, After: now})
		if err != nil {
			return 0, 0, 0, err
		}
		days, came = append(days, float64(then.Rows)), float64(after.Rows)
	}
	if len(days) == 0 {
		return 0, 0, 0, nil
	}
	usual = total(days) / float64(len(days))
	squares := 0.0
	for _, d := range days {
		squares += (d - usual) * (d - usual)
	}
	return usual, math.Sqrt(max(usual, squares/math.Max(1, float64(len(days)-1)))), came, nil
}
