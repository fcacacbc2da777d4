package house

import (
	"fmt"
	"math"
	"time"

	"andon/analysis"
	"andon/analysis/slo"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// The roof: what was promised, how much error that leaves, and what the drop
// costs. The numbers are those of andon slo.

// slot is how an objective's state is shown.
var slot = map[slo.State]style.State{slo.OK: style.OK, slo.Low: style.Look, slo.Out: style.Bad, slo.Unknown: style.NoData}

// asking stands in a door while what is behind it is asked for.
const asking = "asking"

// objective is the one of all objectives that stands worst, the first of them
// on a tie.
func objective(s screen.State) door {
	d := door{name: "SLO", opens: screen.Timeline}
	all := s.Business.Objectives
	if s.Bare {
		d.detail = asking
	}
	if !s.Ready || len(all) == 0 {
		return d
	}
	worst := all[0]
	for _, o := range all[1:] {
		if severity[slot[o.State]] > severity[slot[worst.State]] {
			worst = o
		}
	}
	d.state, d.detail = slot[worst.State], promise(worst)
	if len(worst.Objective.Where) > 0 {
		d.detail += " " + display.Escape(worst.Objective.Where.String())
	}
	return d
}

// promise is the objective and how fast its budget burns over the last day.
func promise(s slo.Standing) display.Text {
	o := s.Objective
	text := goal(o)
	if o.Proposed {
		text = "proposed " + text
	}
	switch {
	case math.IsNaN(s.Level):
		return text + ", nothing known"
	case o.Mean():
		return text + ", is " + display.Number(s.Level)
	}
	return text + display.Text(fmt.Sprintf(", burns %.1fx", s.Burn.Rate))
}

// goal is the level promised. That quality is meant need not be said.
func goal(o slo.Objective) display.Text {
	switch {
	case o.Mean():
		return display.Escape(o.Metric) + " " + display.Number(o.Limit)
	case o.Metric == analysis.Accuracy || o.Metric == analysis.EstimatedAccuracy || o.Metric == slo.Quality:
		return display.Percent(o.Target)
	}
	return display.Escape(o.Metric) + " " + display.Percent(o.Target)
}

// budget tells what is spent of each objective's error budget, and which pair
// of windows calls.
func (s Screen) budget() topic {
	t := topic{name: "budget"}
	for _, o := range s.state.Business.Objectives {
		if !known(o.Budgets) {
			continue // "unknown" four times tells nothing
		}
		text := display.Text("")
		if len(s.state.Business.Objectives) > 1 {
			text = display.Escape(o.Objective.String()) + ": "
		}
		for i, b := range o.Budgets {
			if i > 0 {
				text += "; "
			}
			text += spent(b)
		}
		if len(o.Budgets) > 0 {
			t.lines = append(t.lines, text)
		}
	}
	return t
}

// known reports whether of any budget it is known how much is spent.
func known(budgets []slo.Budget) bool {
	for _, b := range budgets {
		if !math.IsNaN(b.Spent) {
			return true
		}
	}
	return false
}

// spent is one budget in a few words: "week 41 % spent, gone in 4.9 days".
func spent(b slo.Budget) display.Text {
	text := display.Text(b.Name) + " "
	if math.IsNaN(b.Spent) {
		return text + "unknown"
	}
	text += display.Count(int64(math.Round(100*b.Spent))) + " % spent"
	if b.Exhausted > 0 && b.Recent.Rate > 1 {
		text += ", gone in " + display.Text(slo.Length(time.Duration(b.Exhausted*float64(time.Hour))))
	}
	return text
}

// cost is what the drop costs, in money where rates are set, and by kind.
func (s Screen) cost() topic {
	t := topic{name: "impact"}
	i := s.state.Business.Impact
	if total, hourly, ok := i.Money(); ok && total > 0 {
		t.lines = append(t.lines, s.money(total)+" in "+display.Text(slo.Length(time.Duration(i.Hours*float64(time.Hour))))+", "+s.money(hourly)+" an hour")
	}
	for _, p := range i.Parts {
		if p.Excess > 0 {
			t.lines = append(t.lines, display.Number(math.Round(10*p.Excess/i.Hours)/10)+" more "+display.Text(p.Kind)+" an hour than before (95 %: "+
				display.Count(int64(math.Round(p.Interval.Lo)))+" to "+display.Count(int64(math.Round(p.Interval.Hi)))+" in all)")
		}
	}
	return t
}

// money is a rounded amount in the user's currency.
func (s Screen) money(v float64) display.Text {
	text := display.Count(int64(math.Round(v)))
	if c := s.state.Business.Currency; c != "" {
		text += " " + display.Escape(c)
	}
	return text
}
