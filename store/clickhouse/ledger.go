package clickhouse

import (
	"context"
	"fmt"
	"strings"
	"time"

	"andon/analysis"
	"andon/analysis/slo"
)

// An objective is kept account of where the rows are:
//
//	reference ──▶ 50 bins of sureness: rows, right ──▶ what a bin promises
//	every row ──▶ its minute: rows, known, good; of the others, what is promised
//
// Two questions an objective of quality, one of any other; what comes back
// follows minutes and bins, never rows.

// Ledger is the account of an objective, from all rows; see [slo.Read]. Its
// counts are those of a Table of the same rows. Where sureness can only be read
// from votes, rows without a label are told as unknown. An objective that does
// not fit the log is an error, as there.
func (l *Log) Ledger(ctx context.Context, o slo.Objective, s slo.Scope) (slo.Ledger, error) {
	start, minutes := s.Minutes(l.span)
	value, promised, err := l.indicator(ctx, o, s.Reference)
	if err != nil {
		return slo.Ledger{}, err
	}
	end := start.Add(time.Duration(len(minutes)) * time.Minute)
	columns := append([]string{l.steps(start, time.Minute) + " AS minute"}, meanOf(value)...)
	if promised != "" {
		columns = append(columns, foretold(value, promised)...)
	}
	if len(minutes) > 0 && l.rows > 0 {
		a, err := l.ask(ctx, question{columns: columns, window: analysis.Window{From: start, To: end}, where: o.Where, group: 1})
		if err != nil {
			return slo.Ledger{}, fmt.Errorf("objective %q: %w", o, err)
		}
		for i := range a.rows() {
			if k := a.int(i, 0); k >= 0 && k < len(minutes) {
				minutes[k] = counted(a, i, promised != "")
			}
		}
	}
	ledger := slo.Keep(o, start, minutes, s.Trusted && l.measure.Realised())
	if p := l.fleet.About.Partial; p != "" {
		ledger.Warnings = append(ledger.Warnings, p)
	}
	if ledger.Trusted && promised != "" {
		ledger.Warnings = append(ledger.Warnings, "rows and what is expected of them are counted over all rows; that the estimate may be trusted was told from a sample")
	}
	return ledger, nil
}

// foretold are the columns of what sureness promises of the rows without a
// label, and of those with one.
func foretold(value, promised string) []string {
	open := "isNaN(" + value + ") AND NOT isNaN(" + promised + ")"
	tested := "NOT isNaN(" + value + ") AND NOT isNaN(" + promised + ")"
	return []string{"toInt64(countIf(" + open + "))", "sumIf(" + promised + ", " + open + ")",
		"toInt64(countIf(" + tested + "))", "sumIf(" + promised + ", " + tested + ")", "sumIf(" + value + ", " + tested + ")"}
}

// counted is a minute of an answer.
func counted(a Answer, row int, promised bool) slo.Count {
	c := slo.Count{Sum: analysis.Sum{Rows: a.int(row, 1), Known: a.int(row, 2), Good: a.float(row, 3), GoodSq: a.float(row, 4)}}
	if promised {
		c.Guessed, c.Expected = a.int(row, 5), a.float(row, 6)
		c.Tested, c.Foretold, c.Held = a.int(row, 7), a.float(row, 8), a.float(row, 9)
	}
	return c
}

// indicator is a row's value for an objective, nan where it is not known, and
// what is promised of it where that is not "".
func (l *Log) indicator(ctx context.Context, o slo.Objective, reference analysis.Window) (value, promised string, err error) {
	of, err := o.Indicator(l.measure)
	if err != nil {
		return "", "", err
	}
	switch {
	case of == slo.OfStatus:
		_, c, ok := l.role(analysis.RoleStatus)
		if !ok {
			return "", "", fmt.Errorf("objective %q: the log has no status", o)
		}
		return "if(" + c.text() + " = '', nan, toFloat64(NOT (" + l.failed(l.known) + ")))", "", nil
	case of == slo.OfQuality && l.measure.Scale == analysis.Amount:
		return within(o, l.quality), "", nil
	case of == slo.OfQuality && !l.measure.Realised():
		return "nan", l.quality, nil
	case of == slo.OfQuality:
		promised, err = l.promised(ctx, reference)
		return l.quality, promised, err
	}
	f, c, err := l.require(o.Metric)
	if err != nil || f.Type != analysis.Number {
		return "", "", o.Unmet(l.measure)
	}
	return within(o, c.number()), "", nil
}

// within is x, or where the objective has a limit for each row, whether x keeps
// to it.
func within(o slo.Objective, x string) string {
	if !o.Limited() {
		return x
	}
	op := " <= "
	if o.Least {
		op = " >= "
	}
	return "if(isNaN(" + x + "), nan, toFloat64(" + x + op + float(o.Limit) + "))"
}

// promised is the share right that sureness promises of a row, by what it was
// worth in the reference; "" where that cannot be learned.
func (l *Log) promised(ctx context.Context, reference analysis.Window) (string, error) {
	sure, _, err := l.sureness(ctx, l.known)
	if err != nil || sure == "" {
		return "", err
	}
	bin := fmt.Sprintf("toInt64(greatest(0, least(%d, toInt64(if(isNaN(%s), toFloat64(0), %s) * %d))))", analysis.ConfidenceBins-1, sure, sure, analysis.ConfidenceBins)
	both := "NOT isNaN(" + sure + ") AND NOT isNaN(" + l.quality + ")"
	a, err := l.ask(ctx, question{columns: []string{bin + " AS bin", "toInt64(countIf(" + both + "))", "sumIf(" + l.quality + ", " + both + ")"}, window: reference, group: 1})
	if err != nil {
		return "", fmt.Errorf("learn what confidence is worth: %w", err)
	}
	var rows, right [analysis.ConfidenceBins]float64
	for i := range a.rows() {
		if b := a.int(i, 0); b >= 0 && b < analysis.ConfidenceBins {
			rows[b], right[b] = float64(a.int(i, 1)), a.float(i, 2)
		}
	}
	worth, enough := analysis.CalibrateBins(rows, right)
	if !enough {
		return "", nil
	}
	rates := make([]string, analysis.ConfidenceBins)
	for b, r := range worth.Rate {
		rates[b] = "toFloat64(" + float(r) + ")"
	}
	return "if(isNaN(" + sure + "), nan, arrayElement([" + strings.Join(rates, ", ") + "], " + bin + " + 1))", nil
}
