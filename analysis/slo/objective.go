// Package slo keeps account of objectives: what was promised, how much error
// that leaves, how fast it is used up, and when it is gone.
//
//	objective ─┐
//	log ───────┴▶ Ledger: good, bad, estimated and unknown rows, minute by minute
//	                 │
//	                 ├▶ Budget   over shift, day, week, 28 days
//	                 ├▶ Alert    a long and a short window that both burn
//	                 └▶ Standing all of it, and one word: ok, low, out, unknown
//
// Labels come late, so what is known, what is only estimated and what nobody
// knows are never added up without saying so.
package slo

import (
	"fmt"
	"strconv"
	"strings"

	"andon/analysis"
)

// Quality and Answered are the indicators that are no columns: the log's own
// quality, by its own name or this one, and the rows whose status is no failure.
const (
	Quality  = "quality"
	Answered = "answered"
)

// Objective is what was promised of the rows of a slice. Of the share kind, at
// least Target of them are good; of the mean kind (Target 0), their mean keeps
// to Limit.
//
//	accuracy>=95%               share   quality is right for 95 % of the rows
//	answered>=99.9%             share   status is no failure
//	latency_ms<=200 for 99%     share   a row is good at 200 or below
//	mae<=0.4                    mean    no budget: a mean has no bad rows
type Objective struct {
	Name     string // what the user calls it; "" is its own text
	Metric   string // Quality, the measure's own name, Answered, or a number column
	Limit    float64
	Least    bool // good is Limit or above; otherwise Limit or below
	Target   float64
	Where    analysis.Where
	Proposed bool
}

// Mean reports whether the mean itself is promised.
func (o Objective) Mean() bool { return o.Target == 0 }

// Limited reports whether a row's value is compared with Limit.
func (o Objective) Limited() bool { return o.Target > 0 && o.Limit == o.Limit }

// String writes the objective so that Parse reads it back; a proposed one to
// three digits, since nobody promised the others.
func (o Objective) String() string {
	op := "<="
	if o.Least {
		op = ">="
	}
	text := o.Metric + op
	switch {
	case o.Mean() && o.Proposed:
		text += strconv.FormatFloat(o.Limit, 'g', 3, 64)
	case o.Mean():
		text += analysis.FormatNumber(o.Limit)
	case o.Limited():
		text += analysis.FormatNumber(o.Limit) + " for " + share(o.Target, spoken)
	case o.Proposed:
		text += share(o.Target, 3)
	default:
		text += share(o.Target, spoken)
	}
	if len(o.Where) > 0 {
		text += " where " + o.Where.String()
	}
	return text
}

// spoken is how many digits of a percentage people promise at most: 99.9999 %.
const spoken = 6

// share writes a share as a percentage of so many digits.
func share(v float64, digits int) string {
	return strconv.FormatFloat(100*v, 'g', digits, 64) + "%"
}

// Parse reads an objective: METRIC>=NUMBER or METRIC<=NUMBER, then optionally
// "for SHARE", then optionally "where FILTER". accuracy, quality and answered
// are shares by themselves; a share is written 95% or 0.95. The metric is not
// looked up here, since only a log knows its columns.
func Parse(text string) (Objective, error) {
	head, filter, _ := strings.Cut(text, " where ")
	head, target, promised := strings.Cut(head, " for ")
	metric, number, least := strings.Cut(head, ">=")
	if !least {
		metric, number, _ = strings.Cut(head, "<=")
	}
	o := Objective{Metric: strings.TrimSpace(metric), Least: least, Limit: nan}
	fail := func(why string) (Objective, error) {
		return Objective{}, fmt.Errorf("objective %q: %s; write it as accuracy>=95%%, latency_ms<=200 for 99%% or mae<=0.4, and where line=L2 for a slice", text, why)
	}
	value, percent, ok := parseNumber(number)
	if o.Metric == "" || !ok {
		return fail("a metric, >= or <=, and a number are wanted")
	}
	var err error
	if o.Where, err = analysis.ParseWhere(strings.TrimSpace(filter)); err != nil {
		return Objective{}, fmt.Errorf("objective %q: %w", text, err)
	}
	switch {
	case promised:
		o.Limit = value
		if o.Target, _, ok = parseNumber(target); !ok {
			return fail(fmt.Sprintf("%q is no share", target))
		}
	case percent || o.isShare():
		if !least {
			return fail("a share of good rows is promised with >=")
		}
		o.Target = value
	default:
		o.Limit = value
		return o, nil
	}
	if o.Target <= 0 || o.Target >= 1 {
		return fail("the share must lie between 0 and 1, or there is no error budget")
	}
	return o, nil
}

// isShare reports the metrics that need no "for".
func (o Objective) isShare() bool {
	switch o.Metric {
	case Quality, Answered, analysis.Accuracy, analysis.EstimatedAccuracy:
		return true
	}
	return false
}

// parseNumber reads 0.95 or 95%; percent tells which it was.
func parseNumber(text string) (v float64, percent, ok bool) {
	text, percent = strings.CutSuffix(strings.TrimSpace(text), "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if percent {
		v /= 100
	}
	return v, percent, err == nil && v == v && v-v == 0
}

// Propose is the objective for a log that was promised nothing: what the window
// before would just have met, the unfavourable end of its 95 % interval. ok is
// false where nothing is known of that window.
func Propose(t analysis.Triage) (o Objective, ok bool) {
	goal, _, ok := t.Goal(0)
	o = Objective{Metric: t.Measure.Metric, Least: !t.Measure.LowerBetter, Limit: nan, Proposed: true}
	switch {
	case !ok || t.Measure.Metric == "":
		return Objective{}, false
	case t.Measure.Scale == analysis.Amount:
		o.Limit = goal
		return o, true
	}
	o.Target = goal
	return o, goal > 0 && goal < 1
}
