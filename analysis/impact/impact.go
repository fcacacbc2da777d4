// Package impact says what a drop costs, in units and in money.
//
//	                    answer good      answer defect
//	truth good              fine           false stop      the line waits for nothing
//	truth defect        missed defect    fine, or the wrong defect
//
//	share after − share before   ×   rows after   =   units, at a rate each
//
// What would have gone wrong anyway is not the incident's: only the excess over
// the window before counts.
package impact

import (
	"context"
	"fmt"
	"slices"

	"andon/analysis"
)

// Kind is one way to lose.
type Kind string

const (
	Missed Kind = "missed defects"
	Stop   Kind = "false stops"
	Other  Kind = "wrong defects"  // a defect taken for another one
	Wrong  Kind = "wrong answers"  // where good parts and defects cannot be told apart
	Review Kind = "review minutes" // answers so unsure that a person looks
)

// Rates are what things cost, in the user's currency; 0 is unknown. A kind
// without a rate of its own costs what a wrong answer costs.
type Rates struct {
	Wrong   float64  // a wrong answer
	Missed  float64  // a missed defect
	Stop    float64  // a false stop
	Minute  float64  // a minute of review
	Minutes float64  // a review takes
	Below   float64  // answers less sure than this are reviewed; 0: none
	Good    []string // the classes that mean a good part; nil: guessed from the words
}

// Part is one kind: Before and After count rows, those that can be judged and,
// as Good, those that went this way.
type Part struct {
	Kind     Kind
	Before   analysis.Sum
	After    analysis.Sum
	Excess   float64           // units beyond the share before, over all rows after
	Interval analysis.Interval // of Excess, 95 %
	Rate     float64           // money a unit; 0 unknown
}

// Money is what the excess cost; 0 where no rate is known.
func (p Part) Money() float64 { return p.Excess * p.Rate }

// Impact is what the window after cost beyond the window before.
type Impact struct {
	Hours    float64 // of the window after
	Rows     int     // in it
	Parts    []Part
	Good     []string // classes taken for good parts
	Warnings []string
}

// Money is the cost of all parts, and an hour; ok is false without any rate.
func (i Impact) Money() (total, hourly float64, ok bool) {
	for _, p := range i.Parts {
		total += p.Money()
		ok = ok || p.Rate > 0
	}
	return total, total / max(i.Hours, 1e-9), ok
}

// Of is the impact between two windows over the rows of where:
//
//	excess = (events after / judged after − events before / judged before) · rows after
//
// with Newcombe's interval of the difference. Rows without a label are taken to
// go like those with one, which is said where more than half have none. Quality
// that is an amount has no units, and windows without judged rows no parts; both
// say so. Cost: one pass.
func Of(ctx context.Context, t *analysis.Table, w analysis.Windows, where analysis.Where, r Rates) (Impact, error) {
	if err := ctx.Err(); err != nil {
		return Impact{}, err
	}
	before, after, err := t.Split(where, w)
	if err != nil {
		return Impact{}, fmt.Errorf("add up the impact: %w", err)
	}
	i := Impact{Hours: w.After.Duration().Hours()}
	if t.Measure().Scale != analysis.Proportion || t.Measure().Metric == "" {
		i.Warnings = append(i.Warnings, "quality is no share of right answers here: its loss has no units")
		return i, nil
	}
	outcomes := judge(t, before, r.Good)
	i.Good = outcomes.good
	if outcomes.guessed {
		i.Warnings = append(i.Warnings, fmt.Sprintf("%q is taken for a good part; good in [impact] of the settings corrects it", outcomes.good))
	}
	for _, c := range append(outcomes.counters(r), review(t, r)...) {
		p := Part{Kind: c.kind, Rate: c.rate}
		for _, row := range before {
			p.Before.Note(c.value(row))
		}
		for _, row := range after {
			p.After.Note(c.value(row))
		}
		i.Rows = p.After.Rows
		if p.Before.Known > 0 && p.After.Known > 0 {
			p.settle(c.units)
			i.Parts = append(i.Parts, p)
		}
	}
	i.doubt()
	return i, nil
}

// settle works out the excess; units is how many one event makes.
func (p *Part) settle(units float64) {
	rows := units * float64(p.After.Rows)
	d := analysis.Newcombe(p.Before.Good, float64(p.Before.Known), p.After.Good, float64(p.After.Known))
	p.Excess = (p.After.Mean() - p.Before.Mean()) * rows
	p.Interval = analysis.Interval{Lo: d.Lo * rows, Hi: d.Hi * rows}
}

// Over is the impact on so many rows after, of which those counted were an even
// sample: the shares stay, and the excess grows with the rows. Without counted
// rows it is the same impact.
func (i Impact) Over(rows int) Impact {
	if i.Rows == 0 {
		return i
	}
	times := float64(rows) / float64(i.Rows)
	i.Rows, i.Parts = rows, slices.Clone(i.Parts)
	for k := range i.Parts {
		p := &i.Parts[k]
		p.Excess, p.Interval.Lo, p.Interval.Hi = p.Excess*times, p.Interval.Lo*times, p.Interval.Hi*times
	}
	return i
}

// doubt says what the numbers rest on.
func (i *Impact) doubt() {
	if len(i.Parts) == 0 {
		i.Warnings = append(i.Warnings, "no row of one of the windows has a known quality: nothing can be added up")
		return
	}
	if p := i.Parts[0]; 2*p.After.Known < p.After.Rows {
		i.Warnings = append(i.Warnings, fmt.Sprintf("%d of %d rows after have a label; the others are taken to go like them", p.After.Known, p.After.Rows))
	}
}
