package warning

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"andon/analysis"
	"andon/analysis/slo"
)

// A line a room, once a week: how its leading indicators stand.
//
//	business  out   accuracy>=91.6%: 72.2 % over 24 h, 149 % of the week's budget spent
//	ml        look  confidence fell on line=L2 since 8 Mar: 0.89, now 0.74; 11 alarms
//	problem   look  floor, likely, since 2026-03-08 06:41
//	ops       ok    all 40 bands kept
//	data      look  brightness fell on line=L2 ...

// State is how a room stands, in a word.
type State string

const (
	OK     State = "ok"
	Look   State = "look"
	Bad    State = "bad"
	NoData State = "no data"
)

// Line is the health of a room over a week.
type Line struct {
	Room  Room
	State State
	Text  string
}

// Week is what a health line looks back on.
const Week = 7 * 24 * time.Hour

// Health is a line for every room, in the order of the house: business by how
// the objectives stand, the problem by the verdict, the others by the alarms
// raised in the week before the end of the log. What could not be watched says
// so; it is never ok.
func Health(r Report, objectives []slo.Standing, t analysis.Triage) []Line {
	return []Line{business(objectives), r.line(ML), problem(t), r.line(Ops), r.line(Data)}
}

// Rooms are the rooms in the order of Health.
var Rooms = []Room{Business, ML, Problem, Ops, Data}

// line is a room's alarms of the last week.
func (r Report) line(room Room) Line {
	l := Line{Room: room, State: NoData}
	switch {
	case len(r.Notes) > 0:
		l.Text = r.Notes[0]
		return l
	case r.Tracks[room] == 0:
		l.Text = "the log has nothing to watch here"
		return l
	}
	var alarms []Alarm
	for _, w := range r.Since(r.Watched.To.Add(-Week)) {
		for _, a := range w.Alarms {
			if a.Indicator.Room == room && a.Raised.After(r.Watched.To.Add(-Week)) {
				alarms = append(alarms, a)
			}
		}
	}
	if len(alarms) == 0 {
		l.State, l.Text = OK, fmt.Sprintf("all %d bands kept", r.Tracks[room])
		return l
	}
	l.State, l.Text = Look, worst(alarms).String()
	if more := len(alarms) - 1; more > 0 {
		l.Text += fmt.Sprintf("; %d more", more)
	}
	return l
}

// Since are the warnings with an alarm after an instant.
func (r Report) Since(at time.Time) []Warning {
	var recent []Warning
	for _, w := range r.Warnings {
		if slices.ContainsFunc(w.Alarms, func(a Alarm) bool { return a.Raised.After(at) }) {
			recent = append(recent, w)
		}
	}
	return recent
}

// worst is the alarm of the largest effect, which is the one of the slice where
// it happens rather than of all rows.
func worst(alarms []Alarm) Alarm {
	return slices.MaxFunc(alarms, func(a, b Alarm) int { return cmp.Compare(a.Effect, b.Effect) })
}

// String tells what left its band, where and since when.
func (a Alarm) String() string {
	way := "fell"
	if a.Up {
		way = "rose"
	}
	where := ""
	if len(a.Where) > 0 {
		where = " on " + a.Where.String()
	}
	return fmt.Sprintf("%s %s%s since %s UTC: usually %s, now %s", a.Indicator.Name, way, where, a.From.UTC().Format("2006-01-02 15:04"),
		short(a.Usual), short(a.Now))
}

// short is a number to three digits.
func short(v float64) string {
	if v == 0 {
		return "0"
	}
	digits := math.Pow(10, 2-math.Floor(math.Log10(math.Abs(v))))
	return analysis.FormatNumber(math.Round(v*digits) / digits)
}

// business is the objective that stands worst.
func business(objectives []slo.Standing) Line {
	l := Line{Business, NoData, "no objective, and nothing to propose one from"}
	order := map[slo.State]State{slo.OK: OK, slo.Low: Look, slo.Out: Bad, slo.Unknown: NoData}
	rank := map[State]int{NoData: 0, OK: 1, Look: 2, Bad: 3}
	for i, s := range objectives {
		if state := order[s.State]; i == 0 || rank[state] > rank[l.State] {
			l.State, l.Text = state, fmt.Sprintf("%s: %s", s.Objective, s.Why)
			for _, b := range s.Budgets {
				if b.Long == Week && b.Spent == b.Spent {
					l.Text += fmt.Sprintf("; %.0f %% of the week's budget spent", 100*b.Spent)
				}
			}
		}
	}
	return l
}

// problem is the verdict.
func problem(t analysis.Triage) Line {
	l := Line{Problem, NoData, "nothing judged"}
	switch t.Verdict.Outcome {
	case "":
	case analysis.NoChange:
		l.State, l.Text = OK, "no change"
	case analysis.Inconclusive:
		l.State, l.Text = Look, "inconclusive"
		if accused := t.Accused(); accused != "" {
			l.Text += fmt.Sprintf(", %s leads", accused)
		}
	default:
		l.State, l.Text = Bad, fmt.Sprintf("%s, %s", t.Verdict.Cause, t.Verdict.Outcome)
	}
	if t.Onset != nil {
		l.Text += ", since " + t.Onset.Onset.UTC().Format("2006-01-02 15:04") + " UTC"
	}
	return l
}
