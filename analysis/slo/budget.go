package slo

import (
	"math"
	"time"

	"andon/analysis"
)

// An error budget is the bad rows that an objective allows over a window:
//
//	target 95 %, 2,000 rows a day  ──▶  100 bad rows a day
//
//	0 ├──── realised ────┼── estimated ──┼╌╌ unknown ╌╌┤      Allowed
//	                                     Best ····· Worst
//
// A log that is shorter than the window has had part of it: the budget is that
// of a whole window at the log's traffic.

// Spans are the windows of the budgets.
var Spans = []Span{{"shift", 8 * time.Hour}, {"day", 24 * time.Hour}, {"week", 7 * 24 * time.Hour}, {"28 days", Reach}}

// Span is a length of time with a name.
type Span struct {
	Name string
	Long time.Duration
}

// Budget is the account of one span.
type Budget struct {
	Span
	Count
	Trusted   bool    // estimated rows are counted as what they promise
	Covered   float64 // share of the span that the log reaches back
	Allowed   float64 // bad rows: (1 − target) · rows / covered
	Spent     float64 // share of Allowed, unknown rows going like the others; NaN where nothing is known
	Best      float64 // share spent if every unknown row was good
	Worst     float64 // share spent if every unknown row was bad
	Recent    Burn    // over the last 24th of the span, an hour at least
	Exhausted float64 // hours from now at the Recent burn: 0 spent already, +Inf never, NaN unknown
}

// Left is the share not spent, below 0 where it is overspent.
func (b Budget) Left() float64 { return 1 - b.Spent }

// Budget is the account over a span. Its figures are, with r the bad share of
// the rows that are known (and of those estimated, where that is trusted):
//
//	Allowed   = (1 − target) · rows / covered
//	Spent     = (realised + estimated + unknown · r) / Allowed
//	Exhausted = (1 − Spent) · span / burn
//
// An objective of a mean has no budget: ok is false. No rows allow nothing, and
// nothing of them is spent. Source: Google's SRE workbook, chapter 5, for whole
// windows.
func (l Ledger) Budget(s Span) (b Budget, ok bool) {
	if l.Objective.Mean() {
		return Budget{}, false
	}
	b = Budget{Span: s, Count: l.Over(s.Long), Covered: l.covered(s.Long), Spent: nan, Best: nan, Worst: nan, Exhausted: nan}
	b.Trusted = l.trusts(b.Count)
	b.Recent = l.Burn(max(time.Hour, s.Long/24))
	if b.Rows == 0 || b.Covered == 0 {
		return b, true
	}
	allowed := 1 - l.Objective.Target
	b.Allowed = allowed * float64(b.Rows) / b.Covered
	bad, rows := l.told(b.Count)
	untold := float64(b.Rows) - rows
	b.Best, b.Worst = bad/b.Allowed, (bad+untold)/b.Allowed
	if rows > 0 {
		b.Spent = (bad + untold*bad/rows) / b.Allowed
	}
	b.Exhausted = b.lasts()
	return b, true
}

// lasts is in how many hours the budget is gone.
func (b Budget) lasts() float64 {
	switch {
	case b.Spent >= 1:
		return 0
	case b.Spent != b.Spent || b.Recent.Rate != b.Recent.Rate:
		return nan
	case b.Recent.Rate == 0:
		return math.Inf(1)
	}
	return b.Left() * b.Long.Hours() / b.Recent.Rate
}

// told is the bad rows and all rows that count as known: those labelled, and
// where estimates are trusted those estimated.
func (l Ledger) told(c Count) (bad, rows float64) {
	bad, rows = c.Bad(), float64(c.Known)
	if l.trusts(c) {
		bad, rows = bad+c.ExpectedBad(), rows+float64(c.Guessed)
	}
	return bad, rows
}

// trusts reports whether estimated rows count as what they promise: the
// estimate is trusted as a whole, and neither the labels of these very rows nor
// those of the last day speak against it.
func (l Ledger) trusts(c Count) bool {
	return l.Trusted && c.holds() && l.Over(24*time.Hour).holds()
}

// Burn is how fast a window uses the budget up: 1 spends it exactly over the
// span, 2 in half of it. Rate is NaN where nothing is known.
type Burn struct {
	Over time.Duration
	Count
	Rate      float64           // (bad rows / rows told) / (1 − target)
	Interval  analysis.Interval // 95 %, by Wilson's interval of the share
	Estimated float64           // of the estimated rows alone, trusted or not; NaN for none
}

// Burn is the burn rate over the last d before End. Only realised rows count
// towards the interval's width as whole rows; an estimate's are as uncertain.
func (l Ledger) Burn(d time.Duration) Burn { return l.burn(d, l.Over(d)) }

func (l Ledger) burn(d time.Duration, c Count) Burn {
	b := Burn{Over: d, Count: c, Rate: nan, Interval: analysis.Interval{Lo: 0, Hi: math.Inf(1)}, Estimated: nan}
	if l.Objective.Mean() {
		return b
	}
	allowed := 1 - l.Objective.Target
	if c.Guessed > 0 {
		b.Estimated = c.ExpectedBad() / float64(c.Guessed) / allowed
	}
	if bad, rows := l.told(c); rows > 0 {
		b.Rate = bad / rows / allowed
		w := analysis.Wilson(bad, rows)
		b.Interval = analysis.Interval{Lo: w.Lo / allowed, Hi: w.Hi / allowed}
	}
	return b
}
