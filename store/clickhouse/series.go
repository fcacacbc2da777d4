package clickhouse

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"andon/analysis"
)

// Series is quality over time; see [analysis.Table.Series]. One pass over the
// time and what tells quality; as many sums come back as there are buckets
// with rows.
func (l *Log) Series(ctx context.Context, where analysis.Where, step time.Duration) (analysis.Series, error) {
	s := analysis.Series{Name: l.measure.Metric, Scale: l.measure.Scale, LowerBetter: l.measure.LowerBetter, Step: step}
	return l.bucket(ctx, s, where, l.sums(l.quality))
}

// Trend is the mean of a number over time; see [analysis.Table.Trend].
func (l *Log) Trend(ctx context.Context, column string, where analysis.Where, step time.Duration) (analysis.Series, error) {
	s := analysis.Series{Name: column, Scale: analysis.Amount, Step: step}
	if column == analysis.Disagreement {
		return l.disagreement(ctx, s, where)
	}
	f, c, err := l.require(column)
	if err != nil {
		return s, fmt.Errorf("plot a column: %w", err)
	}
	if f.Type != analysis.Number {
		return s, fmt.Errorf("plot column %q: it holds %s, not numbers", column, f.Type)
	}
	return l.bucket(ctx, s, where, meanOf(c.number()))
}

// meanOf are the columns of a Sum of the finite values of x.
func meanOf(x string) []string {
	return []string{"toInt64(count())", "toInt64(countIf(isFinite(" + x + ")))",
		"sumIf(" + x + ", isFinite(" + x + "))", "sumIf(" + x + " * " + x + ", isFinite(" + x + "))"}
}

// disagreement is the share of rows whose votes are not all the same, of those
// with two.
func (l *Log) disagreement(ctx context.Context, s analysis.Series, where analysis.Where) (analysis.Series, error) {
	s.Scale, s.LowerBetter = analysis.Proportion, true
	votes := ""
	n := 0
	for _, f := range l.fields {
		if f.Role == analysis.RoleVote {
			if n++; n > 1 {
				votes += ", "
			}
			votes += l.columns[f.Name].text()
		}
	}
	if n < 2 {
		return s, fmt.Errorf("plot the disagreement of votes: the log has %d vote columns, two are needed", n)
	}
	cast := "arrayFilter(v -> v != '', [" + votes + "])"
	two := "length(" + cast + ") > 1"
	differ := "toInt64(countIf(" + two + " AND length(arrayDistinct(" + cast + ")) > 1))"
	return l.bucket(ctx, s, where, []string{"toInt64(count())", "toInt64(countIf(" + two + "))", "toFloat64(" + differ + ")", "toFloat64(" + differ + ")"})
}

// bucket fills s with one bucket per step over the whole span.
func (l *Log) bucket(ctx context.Context, s analysis.Series, where analysis.Where, sums []string) (analysis.Series, error) {
	start, buckets, err := analysis.SeriesGrid(l.span, s.Step)
	if err != nil || l.rows == 0 {
		return s, err
	}
	a, err := l.ask(ctx, question{columns: append([]string{l.steps(start, s.Step) + " AS bucket"}, sums...), where: where, group: 1})
	if err != nil {
		return s, err
	}
	s.Start, s.Buckets = start, make([]analysis.Sum, buckets)
	for i := range a.rows() {
		if k := a.int(i, 0); k >= 0 && k < buckets {
			s.Buckets[k] = a.sum(i, 1)
		}
	}
	return s, nil
}

func instant(ns int64) time.Time { return time.Unix(0, ns).UTC() }

// sorted are the keys in order: a query must be the same text each time.
func sorted(words map[string]int) []string { return slices.Sorted(maps.Keys(words)) }
