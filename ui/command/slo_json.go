package command

import (
	"time"

	"andon/analysis"
	"andon/analysis/impact"
	"andon/analysis/slo"
	"andon/ui/report"
)

// sloAnswer is the JSON of `andon slo --json`; null is not known. A share of a
// budget is 1 when it is spent. README has the schema.
type sloAnswer struct {
	Schema     int           `json:"schema"`
	Objectives []sloStanding `json:"objectives"`
	Impact     *sloImpact    `json:"impact"`
}

type sloStanding struct {
	Objective string            `json:"objective"`
	Metric    string            `json:"metric"`
	Where     map[string]string `json:"where"`
	Target    *float64          `json:"target"` // share of good rows; null for a mean
	Limit     *float64          `json:"limit"`  // of a row's value, or of the mean
	Proposed  bool              `json:"proposed"`
	State     slo.State         `json:"state"`
	Why       string            `json:"why"`
	At        string            `json:"at"`
	Newest    *string           `json:"newest"`
	Hours     float64           `json:"hours"`
	Level     *float64          `json:"level"`
	Interval  *[2]float64       `json:"interval"`
	Burn      *float64          `json:"burn"`
	Rows      sloRows           `json:"rows"`
	Budgets   []sloBudget       `json:"budgets"`
	Alerts    []sloAlert        `json:"alerts"`
	Warnings  []string          `json:"warnings"`
}

type sloRows struct {
	All       int `json:"all"`
	Realised  int `json:"realised"`
	Estimated int `json:"estimated"`
	Unknown   int `json:"unknown"`
}

type sloBudget struct {
	Window    string   `json:"window"`
	Hours     float64  `json:"hours"`
	Covered   float64  `json:"covered"`
	Rows      sloRows  `json:"rows"`
	Allowed   float64  `json:"allowed"`
	Realised  float64  `json:"realised"`
	Estimated float64  `json:"estimated"`
	Spent     *float64 `json:"spent"`
	Best      *float64 `json:"best"`
	Worst     *float64 `json:"worst"`
	Burn      *float64 `json:"burn"`
	BurnHours float64  `json:"burn_hours"`
	Exhausted *float64 `json:"exhausted_in_hours"` // 0 spent already, null not at this burn or not known
}

type sloAlert struct {
	Hours      float64  `json:"hours"`
	ShortHours float64  `json:"short_hours"`
	Factor     float64  `json:"factor"`
	Spends     string   `json:"spends"`
	Page       bool     `json:"page"`
	Burn       *float64 `json:"burn"`
	ShortBurn  *float64 `json:"short_burn"`
	Estimated  *float64 `json:"estimated_burn"`
	Fires      bool     `json:"fires"`
	Reachable  bool     `json:"reachable"`
}

type sloImpact struct {
	Hours    float64   `json:"hours"`
	Rows     int       `json:"rows"`
	Good     []string  `json:"good"`
	Kinds    []sloKind `json:"kinds"`
	Money    *float64  `json:"money"`
	Hourly   *float64  `json:"money_per_hour"`
	Currency string    `json:"currency"`
	Warnings []string  `json:"warnings"`
}

type sloKind struct {
	Kind     impact.Kind `json:"kind"`
	Units    float64     `json:"units"`
	Interval [2]float64  `json:"interval"`
	Hourly   float64     `json:"per_hour"`
	Rate     *float64    `json:"rate"`
	Money    *float64    `json:"money"`
}

func newSLOAnswer(standings []slo.Standing, i impact.Impact, currency string) sloAnswer {
	a := sloAnswer{Schema: report.Schema, Objectives: []sloStanding{}}
	for _, s := range standings {
		a.Objectives = append(a.Objectives, newSLOStanding(s))
	}
	if i.Rows > 0 {
		a.Impact = newSLOImpact(i, currency)
	}
	return a
}

func newSLOStanding(s slo.Standing) sloStanding {
	o := s.Objective
	a := sloStanding{Objective: o.String(), Metric: o.Metric, Where: o.Where.Map(), Limit: finite(o.Limit), Proposed: o.Proposed,
		State: s.State, Why: s.Why, At: s.End.UTC().Format(time.RFC3339), Hours: s.Over.Hours(), Level: finite(s.Level), Burn: finite(s.Burn.Rate),
		Rows: newSLORows(s.Count), Budgets: []sloBudget{}, Alerts: []sloAlert{}, Warnings: append([]string{}, s.Warnings...)}
	if !o.Mean() {
		a.Target = &o.Target
	}
	if !s.Newest.IsZero() {
		at := s.Newest.UTC().Format(time.RFC3339)
		a.Newest = &at
	}
	if a.Level != nil {
		a.Interval = bounded(s.Interval)
	}
	for _, b := range s.Budgets {
		a.Budgets = append(a.Budgets, sloBudget{Window: b.Name, Hours: b.Long.Hours(), Covered: b.Covered, Rows: newSLORows(b.Count),
			Allowed: b.Allowed, Realised: b.Bad(), Estimated: b.ExpectedBad(), Spent: finite(b.Spent), Best: finite(b.Best), Worst: finite(b.Worst),
			Burn: finite(b.Recent.Rate), BurnHours: b.Recent.Over.Hours(), Exhausted: finite(b.Exhausted)})
	}
	for _, p := range s.Alerts {
		a.Alerts = append(a.Alerts, sloAlert{p.Long.Hours(), p.Short.Hours(), p.Factor, p.Spends, p.Page, finite(p.LongBurn.Rate),
			finite(p.ShortBurn.Rate), finite(p.LongBurn.Estimated), p.Fires, p.Reachable})
	}
	return a
}

// bounded is an interval JSON can hold, or nil.
func bounded(i analysis.Interval) *[2]float64 {
	if finite(i.Lo) == nil || finite(i.Hi) == nil {
		return nil
	}
	return &[2]float64{i.Lo, i.Hi}
}

func newSLORows(c slo.Count) sloRows {
	return sloRows{c.Rows, c.Known, c.Guessed, c.Unknown()}
}

func newSLOImpact(i impact.Impact, currency string) *sloImpact {
	a := &sloImpact{Hours: i.Hours, Rows: i.Rows, Good: append([]string{}, i.Good...), Kinds: []sloKind{}, Currency: currency,
		Warnings: append([]string{}, i.Warnings...)}
	for _, p := range i.Parts {
		k := sloKind{Kind: p.Kind, Units: p.Excess, Interval: [2]float64{p.Interval.Lo, p.Interval.Hi}, Hourly: p.Excess / i.Hours}
		if money := p.Money(); p.Rate > 0 {
			k.Rate, k.Money = &p.Rate, &money
		}
		a.Kinds = append(a.Kinds, k)
	}
	if total, hourly, ok := i.Money(); ok {
		a.Money, a.Hourly = &total, &hourly
	}
	return a
}
