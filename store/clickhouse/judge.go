package clickhouse

import (
	"context"
	"strings"

	"andon/analysis"
)

// A row's quality is worked out by the server, by the rules of
// [analysis.Measure]:
//
//	distinct values ──▶ here: which spell right, which a failure, which the
//	                    same class ──▶ back as lists in an expression
//
// So the words that logs use are read in one place, and only once per distinct
// value. A column of more than mostWords values is compared as it is spelt.
const mostWords = 1000

// judge fills rows, span, measure and the quality expression.
func (l *Log) judge(ctx context.Context) error {
	roles := l.judging()
	known, err := l.survey(ctx, roles)
	if err != nil || l.rows == 0 {
		return err
	}
	if err := l.vocabulary(ctx, roles, known); err != nil {
		return err
	}
	if err := l.measured(ctx, roles, known); err != nil {
		return err
	}
	l.known = known
	l.quality = l.realised(known)
	if err := l.count(ctx, known); err != nil {
		return err
	}
	if l.measure.Known == 0 {
		if err := l.estimated(ctx, known); err != nil {
			return err
		}
	}
	l.warn()
	return nil
}

// warn adds to the measure's warnings what was missing of the cluster, and
// what was taken from a sample there.
func (l *Log) warn() {
	if l.rows > exactRows {
		l.measure.Warnings = append(l.measure.Warnings, "ranges of numbers are cut at ranks of a sample of some 8,000 rows; every count is of all rows")
	}
	if p := l.fleet.About.Partial; p != "" {
		l.measure.Warnings = append(l.measure.Warnings, p)
	}
}

// judging are the fields that quality rests on.
func (l *Log) judging() []analysis.Field {
	var out []analysis.Field
	for _, r := range []analysis.Role{analysis.RoleCorrect, analysis.RolePrediction, analysis.RoleLabel, analysis.RoleStatus, analysis.RoleConfidence} {
		if f, _, ok := l.role(r); ok {
			out = append(out, f)
		}
	}
	for _, f := range l.fields {
		if f.Role == analysis.RoleVote {
			out = append(out, f)
		}
	}
	return out
}

// realised is the quality by what was judged or labelled.
func (l *Log) realised(known map[string]facts) string {
	judged := "nan"
	if f, c, ok := l.role(analysis.RoleCorrect); ok {
		judged, l.graded = judgedBy(c, known[f.Name])
	}
	answer, said, hasAnswer := l.role(analysis.RolePrediction)
	label, truth, hasLabel := l.role(analysis.RoleLabel)
	p, t := known[answer.Name], known[label.Name]
	l.measure = analysis.Measure{Metric: analysis.Accuracy}
	if judged == "nan" && hasAnswer && hasLabel && p.numeric() && t.numeric() && (p.many() || t.many()) {
		l.graded = true
		l.measure = analysis.Measure{Metric: analysis.MAE, Scale: analysis.Amount, LowerBetter: true}
		return "abs(" + said.number() + " - " + truth.number() + ")"
	}
	choices := []string{}
	if failed := l.failed(known); failed != "0" {
		some := "NOT isNaN(" + judged + ")"
		if hasLabel {
			some += " OR " + truth.text() + " != ''"
		}
		choices = append(choices, failed+" AND ("+some+")", "toFloat64(0)")
	}
	if judged != "nan" {
		choices = append(choices, "NOT isNaN("+judged+")", judged)
	}
	if hasAnswer && hasLabel {
		choices = append(choices, said.text()+" != '' AND "+truth.text()+" != ''",
			"toFloat64("+class(said, p)+" = "+class(truth, t)+")")
	}
	if len(choices) == 0 {
		return "nan"
	}
	return "multiIf(" + strings.Join(choices, ", ") + ", nan)"
}

// judgedBy reads a logged right/wrong; graded is true where some rows are told to
// be right in part.
func judgedBy(c Column, k facts) (judged string, graded bool) {
	if c.sort() == number {
		return "if(" + c.number() + " >= 0 AND " + c.number() + " <= 1, " + c.number() + ", nan)", k.fractions > 0
	}
	values := sorted(k.words)
	worth := analysis.Judged(values)
	var from, to []string
	for i, v := range values {
		if worth[i] == worth[i] {
			from, to = append(from, literal(v)), append(to, "toFloat64("+float(worth[i])+")")
			graded = graded || worth[i] != 0 && worth[i] != 1
		}
	}
	if len(from) == 0 {
		return "nan", false
	}
	return "transform(" + c.text() + ", [" + strings.Join(from, ", ") + "], [" + strings.Join(to, ", ") + "], nan)", graded
}

// class is the value as the text by which classes are compared.
func class(c Column, k facts) string {
	var from, to []string
	for _, v := range sorted(k.words) {
		if same := analysis.Canonical(v); same != v {
			from, to = append(from, literal(v)), append(to, literal(same))
		}
	}
	if len(from) == 0 {
		return c.text()
	}
	return "transform(" + c.text() + ", [" + strings.Join(from, ", ") + "], [" + strings.Join(to, ", ") + "], " + c.text() + ")"
}

// failed is the condition that the status of a row is a failure, "0" for none.
func (l *Log) failed(known map[string]facts) string {
	f, c, ok := l.role(analysis.RoleStatus)
	if !ok {
		return "0"
	}
	var bad []string
	for _, v := range sorted(known[f.Name].words) {
		if analysis.Failed(v) {
			bad = append(bad, literal(v))
		}
	}
	if len(bad) == 0 {
		return "0"
	}
	return c.text() + " IN (" + strings.Join(bad, ", ") + ")"
}

// count fills the measure with how much is known, and what was odd.
func (l *Log) count(ctx context.Context, known map[string]facts) error {
	columns := []string{"toInt64(countIf(NOT isNaN(" + l.quality + ")))"}
	failed, missed := l.failed(known), "0"
	_, said, hasAnswer := l.role(analysis.RolePrediction)
	_, truth, hasLabel := l.role(analysis.RoleLabel)
	if hasAnswer && hasLabel {
		missed = "isNaN(" + l.quality + ") AND " + said.text() + " = '' AND " + truth.text() + " != ''"
	}
	columns = append(columns, "toInt64(countIf("+failed+" AND NOT isNaN("+l.quality+")))", "toInt64(countIf("+missed+"))")
	a, err := l.ask(ctx, question{columns: columns})
	if err != nil || a.rows() == 0 {
		return err
	}
	l.measure.Known = a.int(0, 0)
	l.measure.Labelled = l.measure.Known
	if l.measure.Scale == analysis.Amount {
		return nil
	}
	if n := a.int(0, 1); n > 0 {
		l.measure.Warnings = append(l.measure.Warnings, analysis.FailedRows(n))
	}
	if n := a.int(0, 2); n > 0 {
		l.measure.Warnings = append(l.measure.Warnings, analysis.UnansweredRows(n))
	}
	return nil
}
