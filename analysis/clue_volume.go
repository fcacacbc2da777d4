package analysis

import (
	"context"
	"fmt"
	"math"
	"time"
)

// Did rows go missing? A plant's volume follows the clock, so the hours after
// the onset are compared with those before it as the same hours of other days
// were:
//
//	          hours before   hours after   ratio
//	day -3        1200           900        .75
//	day -2        1100           830        .75    usual: .75
//	day -1         400           310        .78
//	onset         1180           520        .44    → 41 % did not come
//
// A quiet Sunday has the same ratio as any other day.
type volume struct {
	lost  float64 // share of the rows that did not come; below 0 where more came
	noise float64 // of it, by chance and as the other days differ
	days  int
}

// What counts as a hole.
//
// Source: practice incidents, training rounds.
const (
	missingAt     = .12 // share lost from which it is one
	missingFull   = .5
	missingDays   = 6 // days compared at most
	missingHours  = 6
	missingZ      = 3
	missingRough  = .1 // by which one day's volume differs from another's at least
	missingBlocks = 2
	missingKin    = 1.5 // neighbouring blocks err alike
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
	v, err := s.volume(ctx)
	if err != nil {
		return answer{}, err
	}
	if v.days == 0 {
		return untested("no other day has enough rows in the same hours to compare the volume with"), nil
	}
	if v.lost < missingAt || v.lost < missingZ*v.noise {
		return told(0, number(v.lost), "as many rows came as these hours of the other days let one expect"), nil
	}
	return told((v.lost-missingAt)/(missingFull-missingAt), number(v.lost), "%s of the rows of these hours did not come%s", percent(v.lost), s.within()), nil
}

// A loss of rows explains a rise of the share of errors in full where the rise
// is no larger than what the loss makes of the same errors among fewer rows.
const survivorsHalf = .5

// dataSurvivors asks whether there are simply fewer right answers, and as many
// wrong ones as ever: rows lost on the way to the log look like that.
//
//	yes = ln(rows lost) / ln(error rate after / before)
func dataSurvivors(ctx context.Context, s *scene) (answer, error) {
	if s.measure.Scale != Proportion || s.measure.LowerBetter {
		return untested("quality is no share of right answers"), nil
	}
	v, err := s.volume(ctx)
	if err != nil {
		return answer{}, err
	}
	before, after, err := windowSums(ctx, s.log, s.where, s.windows)
	if err != nil {
		return answer{}, err
	}
	if v.days == 0 || before.Known == 0 || after.Known == 0 {
		return untested("no other day has enough rows in the same hours to compare the wrong answers with"), nil
	}
	rise := math.Log((1 - shrunk(after)) / (1 - shrunk(before)))
	lost := -math.Log(max(.01, 1-max(0, v.lost-v.noise)))
	if rise <= 0 || lost < missingAt {
		return told(0, number(v.lost), "the wrong answers became more, not the right ones fewer"), nil
	}
	return told((lost/rise-survivorsHalf)/survivorsHalf, number(lost/rise),
		"%s of the rows did not come, and as many wrong answers as before did", percent(v.lost)), nil
}

// volume is what came of what was to be expected, by the hours around the onset
// or by all hours after it, whichever tells more surely.
func (s *scene) volume(ctx context.Context) (volume, error) {
	near, err := s.nearVolume(ctx)
	if err != nil {
		return volume{}, err
	}
	whole, err := s.wholeVolume(ctx)
	if err != nil || near.days == 0 || whole.days > 0 && whole.noise < near.noise {
		return whole, err
	}
	return near, nil
}

// wholeVolume compares all rows after the onset with what their hours brought
// before it. What it may be wrong by is how far blocks of hours lie from the
// rhythm on either side.
func (s *scene) wholeVolume(ctx context.Context) (volume, error) {
	rows, err := s.log.Series(ctx, s.where, time.Hour)
	if err != nil {
		return volume{}, fmt.Errorf("count the rows of each hour: %w", err)
	}
	usual := rows.rhythm(s.onset.Earliest)
	before := blocksOver(rows, usual, Window{rows.Start, s.onset.Earliest})
	after := blocksOver(rows, usual, Window{s.onset.Latest, s.windows.After.To})
	if len(before) < missingBlocks || len(after) < missingBlocks {
		return volume{}, nil
	}
	came := median(after)
	far := make([]float64, 0, len(before)+len(after))
	for _, r := range before {
		far = append(far, math.Abs(r-1))
	}
	for _, r := range after {
		far = append(far, math.Abs(r-came)/max(came, .1))
	}
	rough := max(1.4826*median(far), missingRough)
	share := math.Sqrt(1/float64(len(before)) + 1/float64(len(after)))
	return volume{lost: 1 - came, noise: missingKin * rough * share, days: len(before) * missingHours / 24}, nil
}

// blocksOver are the rows over the usual ones, for each block of hours of w that
// brings enough of them.
func blocksOver(rows Series, usual []float64, w Window) []float64 {
	const hours = missingHours
	var out []float64
	for i := rows.before(w.From); i+hours <= rows.before(w.To); i += hours {
		came, due := 0.0, 0.0
		for k := i; k < i+hours; k++ {
			if usual[k] > 0 {
				came, due = came+float64(rows.Buckets[k].Rows), due+usual[k]
			}
		}
		if due >= nearRows {
			out = append(out, came/due)
		}
	}
	return out
}

// nearVolume compares the rows on both sides of the onset with other days.
func (s *scene) nearVolume(ctx context.Context) (volume, error) {
	const width = missingHours * time.Hour
	span := s.log.Span()
	near := Windows{Before: Window{s.onset.Earliest.Add(-width), s.onset.Earliest}, After: Window{s.onset.Latest, s.onset.Latest.Add(width)}}
	if near.After.To.After(span.To) {
		near.After.To = span.To
	}
	now, rows, err := s.ratio(ctx, near)
	if err != nil || rows < nearRows {
		return volume{}, err
	}
	var days []float64
	for k := 1; k <= missingDays; k++ {
		shift := -time.Duration(k) * oneDay
		then := Windows{Before: near.Before.shifted(shift), After: near.After.shifted(shift)}
		if then.After.To.After(s.onset.Earliest) {
			continue
		}
		if then.Before.From.Before(span.From) {
			break
		}
		r, rows, err := s.ratio(ctx, then)
		if err != nil {
			return volume{}, err
		}
		if rows >= nearRows {
			days = append(days, r)
		}
	}
	if len(days) == 0 {
		return volume{}, nil
	}
	usual := median(days)
	far := make([]float64, len(days))
	for i, d := range days {
		far[i] = math.Abs(d - usual)
	}
	chance := math.Sqrt(2 / float64(rows) * (1 + 1/float64(len(days))))
	v := volume{lost: 1 - math.Exp(now-usual), days: len(days)}
	v.noise = (1 - v.lost) * math.Hypot(chance, max(1.4826*median(far), missingRough/math.Sqrt(float64(len(days)))))
	return v, nil
}

// ratio is the logarithm of the rows after per row before, and the fewer of the
// two.
func (s *scene) ratio(ctx context.Context, w Windows) (float64, int, error) {
	before, after, err := windowSums(ctx, s.log, s.where, w)
	return math.Log((float64(after.Rows) + 1) / (float64(before.Rows) + 1)), min(before.Rows, max(after.Rows, nearRows)), err
}

func (w Window) shifted(by time.Duration) Window { return Window{w.From.Add(by), w.To.Add(by)} }
