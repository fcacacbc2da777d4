package analysis

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Counts are witnesses too. They need no label, no confidence and no picture:
//
//	rows of sku=CU-30, of all        0  0  0  0 ▃▃▃▃▃     it came then
//	rows of model_version=3.6, of all 0  0  0  0 ▇▇▇▇▇     it took over then
//	rows, of what the hour brings     1  1  1  1 .4 .4     they stopped then

// What a count must show to be heard.
//
// Source: practice incidents, training rounds.
const (
	takeoverAt   = .5  // of the slice's rows a value must have gained
	takeoverLeft = .25 // of that gain that may lie on the wrong side of the interval
	newcomerBack = 24 * time.Hour
	newcomerSlip = .002 // of a newcomer's rows that may be somebody's slip
	volumeLost   = .35  // of the rows that the hour brings
	volumeStep   = 30 * time.Minute
	volumeBlind  = 2 * time.Hour // of which the volume tells nothing
	volumeDays   = 2             // before, to know the rhythm by
	weekendKnown = 3 * time.Hour
)

// hearCounts is c placed by the rows of a newcomer, of a version that took
// over, or of all.
func hearCounts(ctx context.Context, q Inquiry, t *Triage, where Where, c Change) (Change, error) {
	if slice := t.Guilty(); slice != nil && isNew(Cell{Before: slice.Before, After: slice.After}, t.Quality.Before.Rows, t.Quality.After.Rows) {
		return placedByFirst(ctx, q.Log, where, c)
	}
	for _, f := range q.Log.Fields() {
		if !isVersion(f) && !isPipeline(f) || f.Type != Text {
			continue
		}
		beside := slices.DeleteFunc(slices.Clone(where), func(is Condition) bool { return is.Column == f.Name })
		is, gain, err := gained(ctx, q.Log, f.Name, beside, t.Windows)
		if err != nil {
			return c, err
		}
		if gain < takeoverAt {
			continue
		}
		placed, err := placedByShare(ctx, q.Log, beside, Where{is}, c)
		if err != nil || placed != c {
			return placed, err
		}
	}
	return placedByVolume(ctx, q.Log, where, c)
}

// placedByFirst is c at the first of the rows of where, if that lies around c.
func placedByFirst(ctx context.Context, log Log, where Where, c Change) (Change, error) {
	step := fineStep(log.Span(), newcomerBack)
	rows, err := log.Series(ctx, where, step)
	if err != nil {
		return c, fmt.Errorf("place the onset by the first rows of %s: %w", where, err)
	}
	slips, seen := float64(rows.Total().Rows)*newcomerSlip, 0.0
	for i, b := range rows.Buckets {
		if seen += float64(b.Rows); seen <= slips {
			continue
		}
		at := rows.At(i)
		if at.Before(c.Earliest.Add(-newcomerBack)) || at.After(c.Latest.Add(newcomerBack)) {
			return c, nil
		}
		c.Onset, c.Earliest, c.Latest = at, at.Add(-step), at.Add(step)
		return c, nil
	}
	return c, nil
}

// gained is the value of a column whose share of the rows of where grew most
// between the windows, and by how much.
func gained(ctx context.Context, log Log, column string, where Where, w Windows) (is Condition, gain float64, err error) {
	leaves, err := log.Leaves(ctx, []Dimension{{Column: column}}, where, w)
	if err != nil {
		return is, 0, fmt.Errorf("see which %s took over: %w", column, err)
	}
	before, after := leaves.Total()
	for _, c := range leaves.Cells {
		value := leaves.Values[0][c.Key[0]]
		g := float64(c.After.Rows)/float64(max(1, after.Rows)) - float64(c.Before.Rows)/float64(max(1, before.Rows))
		if value.Op == Equal && g > gain {
			is, gain = value, g
		}
	}
	return is, gain, nil
}

// placedByShare is c placed by the share that the rows of what have of those of
// where, or c where they did not take over about then.
func placedByShare(ctx context.Context, log Log, where, what Where, c Change) (Change, error) {
	width := c.Latest.Sub(c.Earliest)
	step := fineStep(log.Span(), width)
	if step >= width {
		return c, nil
	}
	all, err := log.Series(ctx, where, step)
	if err != nil {
		return c, fmt.Errorf("place the onset by %s: %w", what, err)
	}
	part, err := log.Series(ctx, slices.Concat(where, what), step)
	if err != nil {
		return c, fmt.Errorf("place the onset by %s: %w", what, err)
	}
	share := Series{Start: all.Start, Step: all.Step, Scale: Proportion, Buckets: make([]Sum, len(all.Buckets))}
	for i, b := range all.Buckets {
		n := float64(part.Buckets[i].Rows)
		share.Buckets[i] = Sum{Rows: b.Rows, Known: b.Rows, Good: n, GoodSq: n}
	}
	if !share.stepsAt(c) {
		return c, nil
	}
	return c.placedOn(share), nil
}

// stepsAt reports whether s rises around c and nowhere else: it is as low close
// before as long before, and as high close behind as long behind.
func (s Series) stepsAt(c Change) bool {
	width := c.Latest.Sub(c.Earliest)
	level := func(at time.Time, from, to time.Duration) float64 {
		return s.Over(Window{at.Add(from * width), at.Add(to * width)}).Mean()
	}
	before, closeBefore := level(c.Earliest, -refineFlank, -1), level(c.Earliest, -2, -1)
	behind, closeBehind := level(c.Latest, 1, refineFlank), level(c.Latest, 1, 2)
	gain := behind - before
	return gain > 0 && closeBefore-before <= takeoverLeft*gain && behind-closeBehind <= takeoverLeft*gain
}

// placedByVolume is c placed by when the rows of where stopped coming, as they
// came at the same time of other days; c where they did not stop.
func placedByVolume(ctx context.Context, log Log, where Where, c Change) (Change, error) {
	if c.Latest.Sub(c.Earliest) <= volumeStep || c.Earliest.Sub(log.Span().From) < volumeDays*24*time.Hour {
		return c, nil
	}
	rows, err := log.Series(ctx, where, volumeStep)
	if err != nil {
		return c, fmt.Errorf("place the onset by the volume: %w", err)
	}
	ratio := rows.againstRhythm(c.Earliest)
	width := c.Latest.Sub(c.Earliest)
	before := ratio.Over(Window{c.Earliest.Add(-refineFlank * width), c.Earliest}).Mean()
	after := ratio.Over(Window{c.Latest, c.Latest.Add(refineFlank * width)}).Mean()
	if !(after < (1-volumeLost)*before) {
		return c, nil
	}
	return c.unless(c.placedOn(ratio), ratio), nil
}

// unless is placed, or c kept to the stretch before it where s tells nothing of
// that stretch: rows that are missed from the first Monday on may have stopped
// coming on any day of a weekend that has none to be held against.
func (c Change) unless(placed Change, s Series) Change {
	end := s.Index(placed.Onset)
	begin := end
	for begin > 0 && s.Buckets[begin-1].Known == 0 {
		begin--
	}
	from, to := s.At(begin), s.At(end)
	if placed == c || to.Sub(from) < volumeBlind || c.Latest.Before(from) || c.Earliest.After(to) {
		return placed
	}
	c.Earliest, c.Latest = laterOf(c.Earliest, from), earlierOf(c.Latest, to)
	c.Onset = earlierOf(laterOf(c.Onset, c.Earliest), c.Latest)
	return c
}

// againstRhythm is the series of rows over what the hour brings, as amounts;
// times that never brought any are not known.
func (s Series) againstRhythm(until time.Time) Series {
	out := Series{Start: s.Start, Step: s.Step, Scale: Amount, Buckets: make([]Sum, len(s.Buckets))}
	for i, usual := range s.rhythm(until) {
		if usual > 0 {
			r := float64(s.Buckets[i].Rows) / usual
			out.Buckets[i] = Sum{Rows: 1, Known: 1, Good: r, GoodSq: r * r}
		}
	}
	return out
}

// rhythm is how many rows each bucket's time of day brought on average until a
// time: on working days, and scaled to what weekends brought of that; 0 where
// too little came before to know either.
func (s Series) rhythm(until time.Time) []float64 {
	phases := int(24 * time.Hour / s.Step)
	last := s.before(until)
	rows, days := make([]float64, phases), make([]float64, phases)
	phase := func(i int) int { return int(s.At(i).Sub(s.At(i).Truncate(24*time.Hour)) / s.Step) }
	off := func(i int) bool { return dayOff(s.At(i)) }
	for i, b := range s.Buckets[:last] {
		if !off(i) {
			rows[phase(i)] += float64(b.Rows)
			days[phase(i)]++
		}
	}
	usual := make([]float64, len(s.Buckets))
	came, due, hours := 0.0, 0.0, time.Duration(0)
	for i := range usual {
		n, d := rows[phase(i)], days[phase(i)]
		if i < last && !off(i) {
			n, d = n-float64(s.Buckets[i].Rows), d-1
		}
		if d <= 0 {
			continue
		}
		usual[i] = n / d
		if i < last && off(i) {
			came, due, hours = came+float64(s.Buckets[i].Rows), due+usual[i], hours+s.Step
		}
	}
	for i := range usual {
		switch {
		case !off(i):
		case hours < weekendKnown || due == 0:
			usual[i] = 0
		default:
			usual[i] *= came / due
		}
	}
	return usual
}
