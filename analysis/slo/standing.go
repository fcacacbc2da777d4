package slo

import (
	"fmt"
	"math"
	"time"

	"andon/analysis"
)

// State is one word for an objective.
type State string

const (
	OK      State = "ok"      // met
	Low     State = "low"     // below, but by no more than chance explains
	Out     State = "out"     // below beyond chance, or an alert fires
	Unknown State = "unknown" // nothing told
)

// Standing is how an objective stands at the end of a log. Level is what is
// known over Over; of a mean objective it is the mean, of the others the share
// of good rows.
type Standing struct {
	Objective Objective
	Over      time.Duration
	End       time.Time
	Newest    time.Time // of its rows; zero for none
	Count     Count     // over Over
	Level     float64   // NaN where nothing told
	Interval  analysis.Interval
	Burn      Burn
	Budgets   []Budget
	Alerts    []Alert
	State     State
	Why       string
	Warnings  []string
}

// Stand is how an objective stands over the last d before the ledger's end, and
// over all spans and pairs of windows.
func (l Ledger) Stand(d time.Duration) Standing { return l.standOn(d, l.Over(d)) }

// StandSince is the same from an instant on.
func (l Ledger) StandSince(from time.Time) Standing {
	return l.standOn(l.End.Sub(from), l.Since(from))
}

func (l Ledger) standOn(d time.Duration, c Count) Standing {
	s := Standing{Objective: l.Objective, Over: d, End: l.End, Newest: l.Newest, Count: c, Burn: l.burn(d, c)}
	s.Level, s.Interval = l.level(c)
	for _, span := range Spans {
		if b, ok := l.Budget(span); ok {
			s.Budgets = append(s.Budgets, b)
		}
	}
	if !l.Objective.Mean() {
		for _, p := range Pairs {
			s.Alerts = append(s.Alerts, l.Alert(p))
		}
	}
	s.State, s.Why = s.judge(l.beyondChance(c))
	s.Warnings = append(l.warnings(c, s.Alerts), l.Warnings...)
	return s
}

// level is the share of good rows among those told, or the mean, with its 95 %
// interval.
func (l Ledger) level(c Count) (float64, analysis.Interval) {
	if l.Objective.Mean() {
		if c.Known == 0 {
			return nan, analysis.Interval{Lo: math.Inf(-1), Hi: math.Inf(1)}
		}
		return c.Mean(), analysis.MeanInterval(analysis.Amount, c.Sum)
	}
	bad, rows := l.told(c)
	if rows == 0 {
		return nan, analysis.Interval{Lo: 0, Hi: 1}
	}
	return 1 - bad/rows, analysis.Wilson(rows-bad, rows)
}

// judge is the state and why; surely tells that a share is missed beyond chance.
func (s Standing) judge(surely bool) (State, string) {
	if s.Level != s.Level {
		return Unknown, "no row of this time has a label, or an estimate to be trusted"
	}
	for _, a := range s.Alerts {
		if a.Fires {
			return Out, fmt.Sprintf("burns %.1fx over %s and %.1fx over %s, alerts from %gx", a.LongBurn.Rate, Length(a.Long), a.ShortBurn.Rate, Length(a.Short), a.Factor)
		}
	}
	met := s.Level >= s.Objective.Target
	if s.Objective.Mean() {
		goal := s.Objective.Limit
		met = s.Objective.Least == (s.Level >= goal) || s.Level == goal
		surely = s.Objective.Least && s.Interval.Hi < goal || !s.Objective.Least && s.Interval.Lo > goal
	}
	switch {
	case met:
		return OK, "met"
	case surely:
		return Out, "missed beyond chance over " + Length(s.Over)
	}
	return Low, "missed by no more than chance explains"
}

// fewLabels is the share of the usual labelling below which the newest rows'
// labels are said to be still on their way.
const fewLabels = .5

// warnings are what should be known before the numbers are believed.
func (l Ledger) warnings(c Count, alerts []Alert) []string {
	var w []string
	all := l.Over(Reach)
	usual := float64(all.Known) / float64(max(1, all.Rows))
	if now := float64(c.Known) / float64(max(1, c.Rows)); c.Rows > 0 && now < fewLabels*usual {
		w = append(w, fmt.Sprintf("labels lag: %.0f %% of these rows have one, %.0f %% of all", 100*now, 100*usual))
	}
	switch {
	case c.Guessed == 0:
	case !c.holds():
		w = append(w, fmt.Sprintf("the estimate is wrong here: of %d rows that have a label by now it promised %.0f %%, and %.0f %% were good; it counts nowhere",
			c.Tested, 100*c.Foretold/float64(c.Tested), 100*c.Held/float64(c.Tested)))
	case !l.Trusted:
		w = append(w, fmt.Sprintf("%d of these rows have an estimate that is not to be trusted; it is told apart and counts nowhere", c.Guessed))
	}
	for _, a := range alerts {
		if !a.Reachable {
			w = append(w, fmt.Sprintf("an objective of %s cannot burn %gx: the pair of %s never alerts, the shift-sized ones do", share(l.Objective.Target, 3), a.Factor, Length(a.Long)))
			break
		}
	}
	return w
}

// Length writes a window as people say it: 5 min, 8 h, 28 days.
func Length(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d < 72*time.Hour:
		return fmt.Sprintf("%.4g h", math.Round(10*d.Hours())/10)
	}
	return fmt.Sprintf("%.4g days", math.Round(10*d.Hours()/24)/10)
}

// For is the standing whose objective is of quality in just this slice.
func For(standings []Standing, metric string, where analysis.Where) (Standing, bool) {
	for _, s := range standings {
		if (s.Objective.Metric == metric || s.Objective.Metric == Quality) && !s.Objective.Limited() && s.Objective.Where.String() == where.String() {
			return s, true
		}
	}
	return Standing{}, false
}
