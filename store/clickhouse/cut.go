package clickhouse

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
)

// cut is a column with its bins and the SQL that gives a row's bin.
type cut struct {
	field analysis.Field
	bins  []analysis.Bin
	code  string
}

// Limits on what is asked to choose bins by.
const (
	mostCounted = 4096      // most frequent values of a text column, in each window
	fewValues   = 32        // distinct numbers up to which each gets a bin of its own
	ranks       = 256       // quantiles that stand for a number's distribution
	exactRows   = 1_000_000 // rows up to which ranks are exact: each takes 8 bytes on a server
)

// cuts chooses the bins of the fields, as a Table does: by the rows of Before,
// and what only After has.
func (l *Log) cuts(ctx context.Context, fields []analysis.Field, where analysis.Where, w analysis.Windows) ([]cut, error) {
	var texts, amounts []analysis.Field
	for _, f := range fields {
		if f.Type == analysis.Text {
			texts = append(texts, f)
		} else {
			amounts = append(amounts, f)
		}
	}
	var byText, byNumber []cut
	err := atOnce(ctx, func(ctx context.Context) (err error) {
		byText, err = l.textCuts(ctx, texts, where, w)
		return err
	}, func(ctx context.Context) (err error) {
		byNumber, err = l.numberCuts(ctx, amounts, where, w)
		return err
	})
	return append(byText, byNumber...), err
}

func (l *Log) textCuts(ctx context.Context, fields []analysis.Field, where analysis.Where, w analysis.Windows) ([]cut, error) {
	if len(fields) == 0 {
		return nil, nil
	}
	before, after, err := inBoth(ctx, w, func(ctx context.Context, w analysis.Window) ([]map[string]int, error) {
		return l.frequent(ctx, fields, where, w)
	})
	if err != nil {
		return nil, err
	}
	cuts := make([]cut, len(fields))
	for i, f := range fields {
		l.profiles.list(rowsOf(where, w), f.Name, before[i], after[i])
		bins, binOf := analysis.TextBins(before[i], after[i])
		cuts[i] = cut{f, bins, textCode(l.columns[f.Name], bins, binOf)}
	}
	return cuts, nil
}

// textCode is the bin of a row's text. Values beyond those with a bin of their
// own fall to the bin of the others, or nowhere where there is none.
func textCode(c Column, bins []analysis.Bin, binOf map[string]int) string {
	rest := len(bins)
	var from, to []string
	for i, b := range bins {
		switch {
		case b.Other:
			rest = i
		case b.Null:
			from, to = append(from, "''"), append(to, "toUInt16("+itoa(i)+")")
		default:
			from, to = append(from, literal(b.Value)), append(to, "toUInt16("+itoa(i)+")")
		}
	}
	if len(from) == 0 {
		return "toUInt16(" + itoa(rest) + ")"
	}
	return "transform(" + c.text() + ", [" + strings.Join(from, ", ") + "], [" + strings.Join(to, ", ") + "], toUInt16(" + itoa(rest) + "))"
}

// frequent counts the most frequent values of each field in a window.
func (l *Log) frequent(ctx context.Context, fields []analysis.Field, where analysis.Where, w analysis.Window) ([]map[string]int, error) {
	counts := make([]map[string]int, len(fields))
	var texts, numbers []string
	for i, f := range fields {
		counts[i] = map[string]int{}
		texts, numbers = append(texts, l.columns[f.Name].text()), append(numbers, itoa(i))
	}
	if w.Empty() {
		return counts, nil
	}
	a, err := l.ask(ctx, question{columns: []string{"toInt64(k) AS field", "v AS word", "toInt64(count()) AS n"}, window: w, where: where, group: 2,
		join:  "[" + strings.Join(texts, ", ") + "] AS v, [" + strings.Join(numbers, ", ") + "] AS k",
		order: "field, n DESC, word", limit: fmt.Sprintf("LIMIT %d BY field", mostCounted)})
	if err != nil {
		return nil, err
	}
	for i := range a.rows() {
		counts[a.int(i, 0)][a.text(i, 1)] = a.int(i, 2)
	}
	return counts, nil
}

// spread is the distribution of a number in one window.
type spread struct {
	filled, empty, distinct int
	lo, hi                  float64
	sample                  []float64
}

func (l *Log) numberCuts(ctx context.Context, fields []analysis.Field, where analysis.Where, w analysis.Windows) ([]cut, error) {
	if len(fields) == 0 {
		return nil, nil
	}
	before, after, err := inBoth(ctx, w, func(ctx context.Context, w analysis.Window) ([]spread, error) {
		return l.spreads(ctx, fields, where, w)
	})
	if err != nil {
		return nil, err
	}
	cuts := make([]cut, len(fields))
	for i, f := range fields {
		s := before[i]
		if s.filled == 0 {
			s = after[i]
		}
		var edges []float64
		if s.filled > 0 {
			edges = analysis.NumberEdges(s.lo, s.hi, s.sample)
		}
		nulls := before[i].empty+after[i].empty > 0
		cuts[i] = cut{f, analysis.NumberBins(edges, nulls), numberCode(l.columns[f.Name], edges)}
	}
	return cuts, nil
}

// numberCode is the number of edges at or below the value; the nulls' bin is
// behind the last.
func numberCode(c Column, edges []float64) string {
	x := c.number()
	terms := make([]string, 0, len(edges)+1)
	for _, e := range edges {
		terms = append(terms, "("+x+" >= "+float(e)+")")
	}
	if len(terms) == 0 {
		return "toUInt16(isNaN(" + x + "))"
	}
	return "toUInt16(if(isNaN(" + x + "), " + itoa(len(edges)+1) + ", " + strings.Join(terms, " + ") + "))"
}

// spreads asks for the distribution of each field in a window, in one pass,
// and one more for those of few values.
func (l *Log) spreads(ctx context.Context, fields []analysis.Field, where analysis.Where, w analysis.Window) ([]spread, error) {
	out := make([]spread, len(fields))
	if w.Empty() {
		return out, nil
	}
	var columns []string
	for _, f := range fields {
		x := l.columns[f.Name].number()
		fine := "isFinite(" + x + ")"
		columns = append(columns, "toInt64(countIf("+fine+"))", "toInt64(countIf(isNaN("+x+")))",
			"toInt64(uniqUpToIf("+itoa(fewValues)+")("+x+", "+fine+"))", "minIf("+x+", "+fine+")", "maxIf("+x+", "+fine+")",
			"arrayFilter(v -> isFinite(v), "+l.ranked(x, fine)+")")
	}
	a, err := l.ask(ctx, question{columns: columns, window: w, where: where})
	if err != nil || a.rows() == 0 {
		return out, err
	}
	for i := range fields {
		k := 6 * i
		out[i] = spread{a.int(0, k), a.int(0, k+1), a.int(0, k+2), a.float(0, k+3), a.float(0, k+4), a.floats(0, k+5)}
	}
	return out, l.fewOf(ctx, fields, out, where, w)
}

// ranked are evenly spaced quantiles of x. Beyond exactRows they are taken of a
// sample that the same rows always give.
func (l *Log) ranked(x, fine string) string {
	levels := make([]string, ranks)
	for i := range levels {
		levels[i] = fmt.Sprintf("%g", float64(i)/ranks)
	}
	if l.rows <= exactRows {
		return "quantilesExactIf(" + strings.Join(levels, ", ") + ")(" + x + ", " + fine + ")"
	}
	return "quantilesDeterministicIf(" + strings.Join(levels, ", ") + ")(" + x + ", intHash64(" + l.clock.instant() + "), " + fine + ")"
}

// fewOf takes every value of the fields that have few as their sample: a rare
// one must have its bin.
func (l *Log) fewOf(ctx context.Context, fields []analysis.Field, out []spread, where analysis.Where, w analysis.Window) error {
	var columns []string
	var at []int
	for i, f := range fields {
		if out[i].filled > 0 && out[i].distinct <= fewValues {
			x := l.columns[f.Name].number()
			columns = append(columns, "arraySort(groupUniqArrayIf("+x+", isFinite("+x+")))")
			at = append(at, i)
		}
	}
	if len(columns) == 0 {
		return nil
	}
	a, err := l.ask(ctx, question{columns: columns, window: w, where: where})
	if err != nil || a.rows() == 0 {
		return err
	}
	for k, i := range at {
		out[i].sample = slices.Clone(a.floats(0, k))
	}
	return nil
}
