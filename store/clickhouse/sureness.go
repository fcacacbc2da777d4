package clickhouse

import (
	"context"

	"andon/analysis"
)

// Without a label anywhere, how sure the model was stands for quality:
//
//	confidence ──▶ percent? of one class of two? ──▶ 0..1, 0 where it failed

// estimated is the quality of a log without a label: by how sure the model was.
func (l *Log) estimated(ctx context.Context, known map[string]facts) error {
	l.measure = analysis.Measure{}
	sure, warnings, err := l.sureness(ctx, known)
	if err != nil {
		return err
	}
	if sure == "" {
		l.quality = "nan"
		l.measure.Warnings = []string{"no labels: quality is unknown, for neither right or wrong nor a usable confidence tells it; label some rows in the table"}
		return nil
	}
	if failed := l.failed(known); failed != "0" {
		sure = "if(" + failed + ", toFloat64(0), " + sure + ")"
	}
	l.quality, l.graded = sure, true
	if err := l.count(ctx, known); err != nil {
		return err
	}
	l.measure = analysis.Measure{Metric: analysis.EstimatedAccuracy, Known: l.measure.Known,
		Warnings: append(warnings, "no labels: quality is estimated from confidence, which nothing here could calibrate")}
	return nil
}

// sureness is how sure the model was of a row, 0 to 1; "" where no confidence
// tells.
func (l *Log) sureness(ctx context.Context, known map[string]facts) (sure string, warnings []string, err error) {
	f, c, ok := l.role(analysis.RoleConfidence)
	k := known[f.Name]
	if !ok || k.numbers == 0 || k.lo == k.hi || k.lo < 0 || k.hi > 100 {
		return "", nil, nil
	}
	sure = c.number()
	if k.hi > 1 {
		sure = "(" + sure + " / 100)"
		warnings = append(warnings, "confidence was read as percent")
	}
	one, err := l.oneSided(ctx, sure, known)
	if err != nil {
		return "", nil, err
	}
	if one {
		sure = "if(" + sure + " < 0.5, 1 - " + sure + ", " + sure + ")"
		warnings = append(warnings, "confidence was read as the score of one class of two")
	}
	return sure, warnings, nil
}

// oneSided reports whether there are two answers and the score is low for one
// and high for the other.
func (l *Log) oneSided(ctx context.Context, sure string, known map[string]facts) (bool, error) {
	f, c, ok := l.role(analysis.RolePrediction)
	if !ok || len(known[f.Name].words) != 2 {
		return false, nil
	}
	a, err := l.ask(ctx, question{columns: []string{c.text() + " AS answer", "toInt64(countIf(" + sure + " < 0.5))", "toInt64(countIf(" + sure + " > 0.5))"}, group: 1})
	if err != nil {
		return false, err
	}
	low, high := 0, 0
	for i := range a.rows() {
		switch {
		case a.text(i, 0) == "":
		case a.int(i, 1) > 0 && a.int(i, 2) == 0:
			low++
		case a.int(i, 2) > 0 && a.int(i, 1) == 0:
			high++
		}
	}
	return low == 1 && high == 1, nil
}
