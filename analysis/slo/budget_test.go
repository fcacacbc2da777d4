package slo

import (
	"math"
	"testing"
	"time"

	"andon/analysis"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// plant keeps a ledger of an objective of 90 % worked out by hand below: 100
// rows an hour (5 in each of the first 20 minutes of every quarter would do as
// well; they all stand in the hour's first minute), 2 of 10 hours bad:
//
//	hour 0 to 167   100 rows, 20 labelled, 1 of them bad, 80 estimated, 4 of them bad
//	hour 160 on     100 rows, 20 labelled, 5 of them bad, 80 estimated, 20 of them bad
func plant(trusted bool) Ledger {
	minutes := make([]Count, 168*60)
	for h := range 168 {
		bad, guessedBad := 1.0, 4.0
		if h >= 160 {
			bad, guessedBad = 5, 20
		}
		minutes[60*h] = Count{Sum: analysis.Sum{Rows: 100, Known: 20, Good: 20 - bad, GoodSq: 20 - bad}, Guessed: 80, Expected: 80 - guessedBad}
	}
	return Keep(Objective{Metric: analysis.Accuracy, Least: true, Limit: nan, Target: .9}, monday, minutes, trusted)
}

// Every figure of a budget, with its arithmetic.
func TestBudgetByHand(t *testing.T) {
	for _, c := range []struct {
		name                                            string
		trusted                                         bool
		span                                            int
		covered, allowed, spent, best, worst, exhausted float64
	}{
		// Shift: hours 160 to 167. 800 rows allow (1 − 0.9) · 800 = 80 bad ones.
		// Realised 8 · 5 = 40, estimated 8 · 20 = 160: 200 / 80 = 2.5. Spent.
		{"shift, trusted", true, 0, 1, 80, 2.5, 2.5, 2.5, 0},
		// The estimate counts nowhere: 160 labelled, 40 bad, r = 0.25; 640 rows
		// unknown. 40 / 80 = 0.5 at best, (40 + 640) / 80 = 8.5 at worst, and
		// (40 + 640 · 0.25) / 80 = 2.5 if they go alike.
		{"shift, not trusted", false, 0, 1, 80, 2.5, .5, 8.5, 0},
		// Day: 16 hours at 5 bad, 8 at 25: 80 + 200 = 280 of (0.1 · 2,400 =) 240.
		{"day, trusted", true, 1, 1, 240, 280. / 240, 280. / 240, 280. / 240, 0},
		// Week: 160 · 5 + 8 · 25 = 1,000 of 0.1 · 16,800 = 1,680. The last 7 h
		// burn (25 / 100) / 0.1 = 2.5, so the 680 / 1,680 that are left last
		// 680 / 1,680 · 168 h / 2.5 = 27.2 h.
		{"week, trusted", true, 2, 1, 1680, 1000. / 1680, 1000. / 1680, 1000. / 1680, 27.2},
		// 28 days, of which the log covers 7: 0.1 · 16,800 / 0.25 = 6,720 allowed.
		// The last 28 h hold 20 hours at 5 and 8 at 25: (300 / 2,800) / 0.1 =
		// 1.0714. (1 − 1,000 / 6,720) · 672 h / 1.0714 = 533.87 h.
		{"28 days, trusted", true, 3, .25, 6720, 1000. / 6720, 1000. / 6720, 1000. / 6720, (1 - 1000./6720) * 672 / (300. / 280)},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, ok := plant(c.trusted).Budget(Spans[c.span])
			if !ok {
				t.Fatal("no budget")
			}
			for _, f := range []struct {
				name      string
				got, want float64
			}{
				{"covered", b.Covered, c.covered}, {"allowed", b.Allowed, c.allowed}, {"spent", b.Spent, c.spent},
				{"best", b.Best, c.best}, {"worst", b.Worst, c.worst}, {"exhausted", b.Exhausted, c.exhausted},
			} {
				if math.Abs(f.got-f.want) > 1e-9*max(1, f.want) {
					t.Errorf("%s %v, by hand %v", f.name, f.got, f.want)
				}
			}
		})
	}
}

// Burn rates of pairs: over 8 h (25 / 100) / 0.1 = 2.5; over 24 h 280 / 2,400 /
// 0.1 = 1.1667; over 72 h (64 · 5 + 200) / 7,200 / 0.1 = 0.7222.
func TestAlertsByHand(t *testing.T) {
	l := plant(true)
	for i, c := range []struct {
		long, short      float64
		reachable, fires bool
	}{
		// Rows stand in the first minute of an hour: the last 5, 30 and 40
		// minutes hold none, which is not known, never calm.
		{2.5, nan, false, false}, // 14.4 > 1 / 0.1
		{2.5, nan, true, false},
		{2.5, nan, true, false},
		{280. / 240, 2.5, true, false},
		{280. / 240, 2.5, true, false},
		{520. / 720, 2.5, true, false},
	} {
		a := l.Alert(Pairs[i])
		if !same(a.LongBurn.Rate, c.long) || !same(a.ShortBurn.Rate, c.short) || a.Reachable != c.reachable || a.Fires != c.fires {
			t.Errorf("pair %d: %v over long, %v over short, reachable %v, fires %v; want %+v", i, a.LongBurn.Rate, a.ShortBurn.Rate, a.Reachable, a.Fires, c)
		}
	}
}

func same(a, b float64) bool { return a != a && b != b || math.Abs(a-b) < 1e-12 }

// A pair fires on a burn that goes on, and is silent before, after, and on so
// few rows that chance explains them.
func TestAlertFires(t *testing.T) {
	hours := func(rows int, bad func(h int) float64) Ledger {
		minutes := make([]Count, 0, 72*60)
		for m := range 72 * 60 {
			b := bad(m/60) * float64(rows)
			minutes = append(minutes, Count{Sum: analysis.Sum{Rows: rows, Known: rows, Good: float64(rows) - b}})
		}
		return Keep(Objective{Metric: "accuracy", Least: true, Limit: nan, Target: .95}, monday, minutes, false)
	}
	last := func(from, to int) func(int) float64 {
		return func(h int) float64 { return .05*b01(h < 0) + .4*b01(h >= from && h < to) }
	}
	shift := Pairs[2]
	for _, c := range []struct {
		name  string
		l     Ledger
		fires bool
	}{
		{"burning for 8 h", hours(10, last(64, 72)), true},
		{"quiet", hours(10, last(99, 99)), false},
		{"over since an hour", hours(10, last(63, 71)), false},
		{"begun an hour ago, a burn of 1", hours(10, last(71, 72)), false},
	} {
		if a := c.l.Alert(shift); a.Fires != c.fires {
			t.Errorf("%s: fires %v (%.2f over long, %.2f over short)", c.name, a.Fires, a.LongBurn.Rate, a.ShortBurn.Rate)
		}
	}
	few := make([]Count, 8*60)
	few[8*60-1] = Count{Sum: analysis.Sum{Rows: 3, Known: 3, Good: 2}}
	if a := Keep(Objective{Target: .95, Limit: nan}, monday, few, false).Alert(shift); a.Fires || a.LongBurn.Rate < 6 {
		t.Errorf("one wrong of three rows: fires %v at a burn of %.1f", a.Fires, a.LongBurn.Rate)
	}
}

// Unknown is not ok, chance is not out.
func TestStates(t *testing.T) {
	minute := func(rows, known int, good float64) Ledger {
		c := Count{Sum: analysis.Sum{Rows: rows, Known: known, Good: good, GoodSq: good}}
		return Keep(Objective{Metric: "accuracy", Least: true, Limit: nan, Target: .9}, monday, []Count{c}, false)
	}
	for _, c := range []struct {
		l    Ledger
		want State
	}{
		{minute(0, 0, 0), Unknown}, {minute(100, 0, 0), Unknown}, {minute(100, 100, 95), OK},
		{minute(100, 10, 8), Low}, {minute(1000, 1000, 800), Out},
	} {
		if got := c.l.Stand(time.Hour); got.State != c.want {
			t.Errorf("%+v: %s (%s), want %s", c.l.Over(time.Hour), got.State, got.Why, c.want)
		}
	}
	mean := Keep(Objective{Metric: "mae", Limit: .4}, monday, []Count{{Sum: analysis.Sum{Rows: 100, Known: 100, Good: 50, GoodSq: 26}}}, false)
	if s := mean.Stand(time.Hour); s.State != Out || len(s.Budgets) != 0 || len(s.Alerts) != 0 {
		t.Errorf("a mean of 0.5 against 0.4: %s with %d budgets", s.State, len(s.Budgets))
	}
}

// An estimate that the labels of the same rows refute counts nowhere, however
// it was trusted: it promised 95 of the 100 rows that have both, 60 were good.
func TestAnEstimateThatLabelsRefuteCountsNowhere(t *testing.T) {
	refuted := func(held float64) Ledger {
		minutes := make([]Count, 60)
		minutes[0] = Count{Sum: analysis.Sum{Rows: 500, Known: 100, Good: held, GoodSq: held}, Guessed: 400, Expected: 380, Tested: 100, Foretold: 95, Held: held}
		return Keep(Objective{Metric: analysis.Accuracy, Least: true, Limit: nan, Target: .9}, monday, minutes, true)
	}
	for _, c := range []struct {
		held    float64
		trusted bool
		level   float64
	}{
		{96, true, (96. + 380) / 500}, // within chance of what was promised
		{60, false, .6},               // of the labelled rows alone
	} {
		l := refuted(c.held)
		b, _ := l.Budget(Spans[0])
		if s := l.Stand(time.Hour); b.Trusted != c.trusted || math.Abs(s.Level-c.level) > 1e-12 {
			t.Errorf("%v of 100 held: trusted %t, level %v, want %t and %v", c.held, b.Trusted, s.Level, c.trusted, c.level)
		}
	}
}
