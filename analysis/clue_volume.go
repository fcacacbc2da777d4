package analysis

import (
	"context"
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
	missingAt    = .12 // share lost from which it is one
	missingFull  = .5
	missingDays  = 6 // days compared at most
	missingHours = 6
	missingZ     = 3
	missingRough = .1 // by which one day's volume differs from another's at least
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

// volume compares the rows on both sides of the onset with other days.
func (s *scene) volume(ctx context.Context) (volume, error) {
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
