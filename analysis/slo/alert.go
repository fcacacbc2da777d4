package slo

import (
	"math"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
)

// One window cannot alert well: a short one cries at every hiccup, a long one
// keeps crying after all is over. Two together are quick and stop in time:
//
//	burn  ▁▁▁▁▁▅▇▇▇▇▇▇▂▁▁▁▁
//	long        └──── fires ────┘       the damage is worth a call
//	short      └─── fires ──┘           and it goes on
//	both        └── alert ──┘

// Pair is two windows and the burn rate from which both together alert. Spends
// says what part of which budget the long one has used up by then.
type Pair struct {
	Long, Short time.Duration
	Factor      float64
	Spends      string
	Page        bool // somebody must come now; otherwise within the day
}

// Pairs are the windows that are looked at: those of large services, and those
// of a plant, which counts in shifts and whose labels come late.
//
//	factor = part of the budget · its span / long window
//	2.1 = 10 % · 168 h / 8 h      1.4 = 20 % · 168 h / 24 h
//
// Source: the first four, Google's SRE workbook, chapter 5, over 30 days; short
// windows are a twelfth of the long ones.
var Pairs = []Pair{
	{time.Hour, 5 * time.Minute, 14.4, "2 % of 30 days", true},
	{6 * time.Hour, 30 * time.Minute, 6, "5 % of 30 days", true},
	{8 * time.Hour, 40 * time.Minute, 2.1, "10 % of a week", true},
	{24 * time.Hour, 2 * time.Hour, 3, "10 % of 30 days", false},
	{24 * time.Hour, 2 * time.Hour, 1.4, "20 % of a week", false},
	{72 * time.Hour, 6 * time.Hour, 1, "10 % of 30 days", false},
}

// Alert is a pair as it stands.
type Alert struct {
	Pair
	LongBurn, ShortBurn Burn
	Fires               bool
	Reachable           bool // the factor is at most that of nothing but bad rows
}

// Alert asks a pair. It fires where both windows burn at the factor or faster
// and the long one misses the objective beyond chance: of the few labelled rows
// of a plant a single wrong one is no alarm.
//
// A factor above 1 / (1 − target) is out of reach: an objective of 90 % burns
// at 10 at most, so that the pair of 14.4 never speaks for it.
func (l Ledger) Alert(p Pair) Alert {
	a := Alert{Pair: p, LongBurn: l.Burn(p.Long), ShortBurn: l.Burn(p.Short)}
	a.Reachable = p.Factor <= 1/(1-l.Objective.Target)
	a.Fires = a.Reachable && a.LongBurn.Rate >= p.Factor && a.ShortBurn.Rate >= p.Factor && l.beyondChance(a.LongBurn.Count)
	return a
}

// chance is how rarely a plant that just keeps its objective may be called out
// by one window.
const chance = .01

// beyondChance reports whether a plant that just keeps the objective would have
// as many bad rows, or more, less often than chance: the exact binomial tail,
// which stays right for a handful of rows where an interval does not.
func (l Ledger) beyondChance(c Count) bool {
	bad, rows := l.told(c)
	if rows < 1 {
		return false
	}
	law := distuv.Binomial{N: math.Round(rows), P: 1 - l.Objective.Target}
	return law.Survival(math.Floor(bad)-1) < chance
}
