package slo

import (
	"fmt"

	"andon/analysis"
)

// An indicator puts a row into a count:
//
//	quality    what is known of the row; else what its sureness promises
//	answered   its status is no failure
//	column     its number, against the objective's limit

// Indicator is what of a row an objective is about.
type Indicator uint8

// The indicators.
const (
	OfColumn Indicator = iota // the number column that Metric names
	OfQuality
	OfStatus
)

// Indicator is what the objective is about in a log of measure m. An objective
// of a share of right answers is an error where quality is an amount.
func (o Objective) Indicator(m analysis.Measure) (Indicator, error) {
	switch {
	case o.Metric == Answered:
		return OfStatus, nil
	case o.Metric != Quality && (o.Metric != m.Metric || m.Metric == "") && (o.Metric != analysis.Accuracy || m.Realised()):
		return OfColumn, nil
	case m.Scale == analysis.Amount && !o.Limited() && !o.Mean():
		return OfQuality, fmt.Errorf("objective %q: quality is an amount here (%s); write %s<=NUMBER, or %s<=NUMBER for 95%%", o, m.Metric, m.Metric, m.Metric)
	}
	return OfQuality, nil
}

// indicator is how a row is counted for an objective.
func indicator(t *analysis.Table, o Objective, reference analysis.Window) (func(*Count, int), error) {
	m := t.Measure()
	of, err := o.Indicator(m)
	switch {
	case err != nil:
		return nil, err
	case of == OfStatus:
		return answered(t, o)
	case of == OfQuality:
		return ofQuality(t, o, reference), nil
	}
	if c := t.Column(o.Metric); c != nil && c.Type == analysis.Number {
		return func(b *Count, i int) { o.note(b, c.Numbers[i]) }, nil
	}
	return nil, o.Unmet(m)
}

// Unmet is the error of an objective whose metric is no column of the log.
func (o Objective) Unmet(m analysis.Measure) error {
	return fmt.Errorf("objective %q: the log has no metric %q: there are %s, %s and every column of numbers", o, o.Metric, known(m), Answered)
}

func known(m analysis.Measure) string {
	if m.Metric == "" {
		return Quality + " (of which nothing here tells)"
	}
	return m.Metric
}

// note counts a row by its number; NaN is unknown.
func (o Objective) note(b *Count, v float64) {
	if o.Limited() && v == v {
		v = b01(o.Least && v >= o.Limit || !o.Least && v <= o.Limit)
	}
	b.Note(v)
}

func b01(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// ofQuality counts realised quality, and what sureness promises of the rows
// whose label has not come. Where no row has a label, all quality is a guess.
func ofQuality(t *analysis.Table, o Objective, reference analysis.Window) func(*Count, int) {
	m, quality := t.Measure(), t.Quality()
	if m.Scale == analysis.Amount {
		return func(b *Count, i int) { o.note(b, quality[i]) }
	}
	promised := quality
	if m.Realised() {
		promised = t.Promised(reference)
	}
	return func(b *Count, i int) {
		q, p := quality[i], nan
		if promised != nil {
			p = promised[i]
		}
		switch known := m.Realised() && q == q; {
		case known && p == p:
			b.Tested++
			b.Foretold += p
			b.Held += q
			fallthrough
		case known:
			o.note(b, q)
		case p == p:
			b.Guessed++
			b.Expected += p
			fallthrough
		default:
			b.Rows++
		}
	}
}

// answered counts rows by their status.
func answered(t *analysis.Table, o Objective) (func(*Count, int), error) {
	c := t.Role(analysis.RoleStatus)
	if c == nil {
		return nil, fmt.Errorf("objective %q: the log has no status", o)
	}
	fine := map[string]float64{"": nan}
	return func(b *Count, i int) {
		text := c.String(i)
		v, met := fine[text]
		if !met {
			v = b01(!analysis.Failed(text))
			fine[text] = v
		}
		o.note(b, v)
	}, nil
}
