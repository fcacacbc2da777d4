package report

import (
	"math"
	"time"

	"andon/analysis/impact"
	"andon/analysis/slo"
)

// Objective is how an objective stands, in JSON; a target or limit that it does
// not have is null, as is what nobody knows. A share of a budget is 1 when it is
// spent.
type Objective struct {
	Objective string            `json:"objective"`
	Metric    string            `json:"metric"`
	Where     map[string]string `json:"where"`
	Target    real              `json:"target"` // share of good rows; null for a mean
	Limit     real              `json:"limit"`  // of a row's value, or of the mean
	Proposed  bool              `json:"proposed"`
	State     slo.State         `json:"state"`
	Why       string            `json:"why"`
	At        string            `json:"at"`
	Newest    *string           `json:"newest"`
	Hours     real              `json:"hours"`
	Level     real              `json:"level"`
	Interval  *[2]real          `json:"interval"`
	Burn      real              `json:"burn"`
	Rows      objectiveRows     `json:"rows"`
	Budgets   []budget          `json:"budgets"`
	Alerts    []alert           `json:"alerts"`
	Warnings  []string          `json:"warnings"`
}

type objectiveRows struct {
	All       int `json:"all"`
	Realised  int `json:"realised"`
	Estimated int `json:"estimated"`
	Unknown   int `json:"unknown"`
}

type budget struct {
	Window    string        `json:"window"`
	Hours     real          `json:"hours"`
	Covered   real          `json:"covered"`
	Rows      objectiveRows `json:"rows"`
	Allowed   real          `json:"allowed"`
	Realised  real          `json:"realised"`
	Estimated real          `json:"estimated"`
	Spent     real          `json:"spent"`
	Best      real          `json:"best"`
	Worst     real          `json:"worst"`
	Burn      real          `json:"burn"`
	BurnHours real          `json:"burn_hours"`
	Exhausted real          `json:"exhausted_in_hours"` // 0 spent already, null not at this burn or not known
}

type alert struct {
	Hours      real   `json:"hours"`
	ShortHours real   `json:"short_hours"`
	Factor     real   `json:"factor"`
	Spends     string `json:"spends"`
	Page       bool   `json:"page"`
	Burn       real   `json:"burn"`
	ShortBurn  real   `json:"short_burn"`
	Estimated  real   `json:"estimated_burn"`
	Fires      bool   `json:"fires"`
	Reachable  bool   `json:"reachable"`
}

// Impact is what the drop costs, in JSON; money is null without rates.
type Impact struct {
	Hours    real     `json:"hours"`
	Rows     int      `json:"rows"`
	Good     []string `json:"good"`
	Kinds    []loss   `json:"kinds"`
	Money    real     `json:"money"`
	Hourly   real     `json:"money_per_hour"`
	Currency string   `json:"currency"`
	Warnings []string `json:"warnings"`
}

type loss struct {
	Kind     impact.Kind `json:"kind"`
	Units    real        `json:"units"`
	Interval [2]real     `json:"interval"`
	Hourly   real        `json:"per_hour"`
	Rate     real        `json:"rate"`
	Money    real        `json:"money"`
}

// NewObjective puts a standing into the contract's shape.
func NewObjective(s slo.Standing) Objective {
	o := s.Objective
	a := Objective{Objective: o.String(), Metric: o.Metric, Where: o.Where.Map(), Target: real(o.Target), Limit: real(o.Limit), Proposed: o.Proposed,
		State: s.State, Why: s.Why, At: s.End.UTC().Format(time.RFC3339), Hours: real(s.Over.Hours()), Level: real(s.Level), Burn: real(s.Burn.Rate),
		Rows: newObjectiveRows(s.Count), Budgets: []budget{}, Alerts: []alert{}, Warnings: texts(s.Warnings)}
	if o.Mean() {
		a.Target = real(math.NaN())
	}
	if !s.Newest.IsZero() {
		at := s.Newest.UTC().Format(time.RFC3339)
		a.Newest = &at
	}
	if !math.IsNaN(s.Level) && !math.IsInf(s.Interval.Lo, 0) && !math.IsInf(s.Interval.Hi, 0) {
		interval := bounds(s.Interval)
		a.Interval = &interval
	}
	for _, b := range s.Budgets {
		a.Budgets = append(a.Budgets, budget{Window: b.Name, Hours: real(b.Long.Hours()), Covered: real(b.Covered), Rows: newObjectiveRows(b.Count),
			Allowed: real(b.Allowed), Realised: real(b.Bad()), Estimated: real(b.ExpectedBad()), Spent: real(b.Spent), Best: real(b.Best), Worst: real(b.Worst),
			Burn: real(b.Recent.Rate), BurnHours: real(b.Recent.Over.Hours()), Exhausted: real(b.Exhausted)})
	}
	for _, p := range s.Alerts {
		a.Alerts = append(a.Alerts, alert{real(p.Long.Hours()), real(p.Short.Hours()), real(p.Factor), p.Spends, p.Page, real(p.LongBurn.Rate),
			real(p.ShortBurn.Rate), real(p.LongBurn.Estimated), p.Fires, p.Reachable})
	}
	return a
}

func newObjectiveRows(c slo.Count) objectiveRows {
	return objectiveRows{c.Rows, c.Known, c.Guessed, c.Unknown()}
}

// NewImpact puts an impact into the contract's shape; nil where no row was
// judged.
func NewImpact(i impact.Impact, currency string) *Impact {
	if i.Rows == 0 {
		return nil
	}
	unknown := real(math.NaN())
	a := &Impact{Hours: real(i.Hours), Rows: i.Rows, Good: texts(i.Good), Kinds: []loss{}, Money: unknown, Hourly: unknown, Currency: currency,
		Warnings: texts(i.Warnings)}
	for _, p := range i.Parts {
		k := loss{Kind: p.Kind, Units: real(p.Excess), Interval: bounds(p.Interval), Hourly: real(p.Excess / i.Hours), Rate: unknown, Money: unknown}
		if p.Rate > 0 {
			k.Rate, k.Money = real(p.Rate), real(p.Money())
		}
		a.Kinds = append(a.Kinds, k)
	}
	if total, hourly, ok := i.Money(); ok {
		a.Money, a.Hourly = real(total), real(hourly)
	}
	return a
}
