package slo

import (
	"context"
	"fmt"
	"math"
	"time"

	"andon/analysis"
)

// A ledger is the last 28 days cut into minutes, as running totals, so that
// any window costs one subtraction:
//
//	minute    0    1    2    3   ...            End
//	running   0 ─ 12 ─ 25 ─ 37 ─ ...  ─ 31,870 ─ 31,884
//	                              └── Over(2 min) ──┘

var nan = math.NaN()

// Reach is how far back a ledger goes: the longest budget.
const Reach = 28 * 24 * time.Hour

// Count is rows by what is known of them. Sum holds the known ones; Guessed
// have no label yet but an estimate, which promises Expected good ones. Of the
// known ones, Tested have an estimate too: it foretold Foretold good ones, and
// Held were.
type Count struct {
	analysis.Sum
	Guessed  int
	Expected float64
	Tested   int
	Foretold float64
	Held     float64
}

// mayBeOff is how far an estimate may be off besides chance.
const mayBeOff = .05

// holds reports whether the estimate, asked of rows whose label is known, was
// right within chance and a little. Of no such rows it is not refuted.
func (c Count) holds() bool {
	if c.Tested == 0 {
		return true
	}
	said, was := c.Foretold/float64(c.Tested), analysis.Wilson(c.Held, float64(c.Tested))
	return said >= was.Lo-mayBeOff && said <= was.Hi+mayBeOff
}

// Unknown is the rows of which neither a label nor an estimate tells.
func (c Count) Unknown() int { return c.Rows - c.Known - c.Guessed }

// Bad is the known rows that were not good.
func (c Count) Bad() float64 { return float64(c.Known) - c.Good }

// ExpectedBad is the estimated rows that are likely not good.
func (c Count) ExpectedBad() float64 { return float64(c.Guessed) - c.Expected }

// Add is the count over both disjoint sets of rows.
func (c Count) Add(o Count) Count {
	return Count{c.Sum.Add(o.Sum), c.Guessed + o.Guessed, c.Expected + o.Expected, c.Tested + o.Tested, c.Foretold + o.Foretold, c.Held + o.Held}
}

func (c Count) sub(o Count) Count {
	return Count{c.Sum.Sub(o.Sum), c.Guessed - o.Guessed, c.Expected - o.Expected, c.Tested - o.Tested, c.Foretold - o.Foretold, c.Held - o.Held}
}

// Ledger is the account of one objective up to End.
type Ledger struct {
	Objective Objective
	Start     time.Time // of the log within Reach
	End       time.Time // now, as far as the log tells
	Newest    time.Time // of the rows counted; zero for none
	Trusted   bool      // estimated rows may be counted as what they promise
	Warnings  []string  // of where the counts come from; every Standing has them
	running   []Count   // totals before each minute since Start
}

// Keep makes a ledger of counts per minute from start on.
func Keep(o Objective, start time.Time, minutes []Count, trusted bool) Ledger {
	l := Ledger{Objective: o, Start: start, End: start.Add(time.Duration(len(minutes)) * time.Minute), Trusted: trusted}
	l.running = make([]Count, len(minutes)+1)
	for i, c := range minutes {
		l.running[i+1] = l.running[i].Add(c)
		if c.Rows > 0 {
			l.Newest = start.Add(time.Duration(i+1) * time.Minute)
		}
	}
	return l
}

// Over counts the last d before End. Cost: one subtraction.
func (l Ledger) Over(d time.Duration) Count { return l.Since(l.End.Add(-d)) }

// Since counts from an instant, to the minute, up to End.
func (l Ledger) Since(from time.Time) Count {
	if len(l.running) == 0 {
		return Count{}
	}
	at := max(0, min(len(l.running)-1, int(from.Sub(l.Start)/time.Minute)))
	return l.running[len(l.running)-1].sub(l.running[at])
}

// At is the ledger as it stood at an earlier instant, to the minute; labels that
// came later are in it all the same.
func (l Ledger) At(end time.Time) Ledger {
	minutes := max(0, min(len(l.running)-1, int(end.Sub(l.Start)/time.Minute)))
	l.running = l.running[:minutes+1]
	l.End = l.Start.Add(time.Duration(minutes) * time.Minute)
	if l.Newest.After(l.End) {
		l.Newest = l.End
	}
	return l
}

// covered is the share of the last d that the log reaches back.
func (l Ledger) covered(d time.Duration) float64 {
	return min(1, float64(l.End.Sub(l.Start))/float64(d))
}

// Scope says what a ledger is read for. A zero End is that of the log.
// Reference is the labelled window that teaches what sureness is worth, and
// Trusted whether such estimates held (analysis.Estimate).
type Scope struct {
	End       time.Time
	Reference analysis.Window
	Trusted   bool
}

// Read counts the rows of an objective. An unknown metric or column is an error
// that says what there is. No row in the slice is no error but an empty ledger.
// Cost: one pass, and two over the sureness where the objective is of quality.
func Read(ctx context.Context, t *analysis.Table, o Objective, s Scope) (Ledger, error) {
	if err := ctx.Err(); err != nil {
		return Ledger{}, err
	}
	mask, err := t.Match(o.Where)
	if err != nil {
		return Ledger{}, fmt.Errorf("objective %q: %w", o, err)
	}
	value, err := indicator(t, o, s.Reference)
	if err != nil {
		return Ledger{}, err
	}
	start, minutes := s.Minutes(t.Span())
	for i, at := range t.Role(analysis.RoleTime).Times {
		if mask.Has(i) {
			if k := minuteOf(start, at); k >= 0 && k < len(minutes) {
				value(&minutes[k], i)
			}
		}
	}
	return Keep(o, start, minutes, s.Trusted && t.Measure().Realised()), nil
}

// Minutes are what a log that covers span is cut into: empty counts from start
// on, Reach of them at most, up to the scope's end.
func (s Scope) Minutes(span analysis.Window) (start time.Time, minutes []Count) {
	end := span.To
	if !s.End.IsZero() {
		end = s.End
	}
	end = ceilMinute(end)
	start = span.From.Truncate(time.Minute)
	if back := end.Add(-Reach); start.Before(back) {
		start = back
	}
	return start, make([]Count, max(0, int(end.Sub(start)/time.Minute)))
}

// minuteOf is the place of an instant among the minutes from start on, below 0
// before it.
func minuteOf(start time.Time, ns int64) int {
	since := ns - start.UnixNano()
	if since < 0 {
		return -1
	}
	return int(since / int64(time.Minute))
}

func ceilMinute(at time.Time) time.Time {
	if down := at.Truncate(time.Minute); down.Before(at) {
		return down.Add(time.Minute)
	}
	return at
}
