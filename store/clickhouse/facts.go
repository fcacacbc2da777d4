package clickhouse

import (
	"context"
	"math"
	"strconv"
	"strings"

	"andon/analysis"
)

// What the columns hold that quality rests on is learned in passes that each
// ask for less than the one before:
//
//	how many values?  ──few──▶  which, how often?  ──▶  read here
//	                  ──many─▶  which are numbers, from where to where?

// facts are what one pass tells of the columns that quality rests on.
type facts struct {
	filled    int // rows with a value
	distinct  int // about
	numbers   int // rows whose value reads as a number
	fractions int // of these, not whole
	lo, hi    float64
	words     map[string]int // values and their rows, nil where too many
}

// numeric reports whether all values read as numbers, and many that they are
// too many or too fine to be classes.
func (f facts) numeric() bool { return f.filled > 0 && f.numbers == f.filled }
func (f facts) many() bool    { return f.fractions > 0 || f.distinct > 100 }

// survey counts the rows and learns how many values the fields have, in one
// pass.
func (l *Log) survey(ctx context.Context, fields []analysis.Field) (map[string]facts, error) {
	at := l.clock.instant()
	columns := []string{"toInt64(count())", "toInt64(min(" + at + "))", "toInt64(max(" + at + "))"}
	for _, f := range fields {
		c := l.columns[f.Name]
		value, filled := c.text(), c.text()+" != ''"
		if c.sort() == number { // to write numbers as texts costs more than all else
			value, filled = c.number(), "NOT isNaN("+c.number()+")"
		}
		columns = append(columns, "toInt64(countIf("+filled+"))", "toInt64(uniqCombined("+value+"))")
	}
	a, err := l.ask(ctx, question{columns: columns})
	if err != nil || a.rows() == 0 {
		return nil, err
	}
	if l.rows = a.int(0, 0); l.rows > 0 {
		l.span = analysis.Window{From: instant(a.int64(0, 1)), To: instant(a.int64(0, 2) + 1)}
	}
	known := map[string]facts{}
	for i, f := range fields {
		known[f.Name] = facts{filled: a.int(0, 3+2*i), distinct: a.int(0, 4+2*i)}
	}
	return known, nil
}

// measured reads the values of the fields as numbers: here, where all values are
// known, by the server in one pass where they are many.
func (l *Log) measured(ctx context.Context, fields []analysis.Field, known map[string]facts) error {
	var columns, names []string
	for _, f := range fields {
		k := known[f.Name]
		if k.words != nil || k.filled == 0 {
			known[f.Name] = k.read()
			continue
		}
		x := l.columns[f.Name].number()
		fine := "isFinite(" + x + ")"
		columns = append(columns, "toInt64(countIf("+fine+"))", "toInt64(countIf("+fine+" AND "+x+" != trunc("+x+")))", "minIf("+x+", "+fine+")", "maxIf("+x+", "+fine+")")
		names = append(names, f.Name)
	}
	if len(names) == 0 {
		return nil
	}
	a, err := l.ask(ctx, question{columns: columns})
	if err != nil || a.rows() == 0 {
		return err
	}
	for i, name := range names {
		k := known[name]
		k.numbers, k.fractions, k.lo, k.hi = a.int(0, 4*i), a.int(0, 4*i+1), a.float(0, 4*i+2), a.float(0, 4*i+3)
		known[name] = k
	}
	return nil
}

// read counts the words that are numbers.
func (f facts) read() facts {
	for word, rows := range f.words {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		if f.numbers == 0 {
			f.lo, f.hi = v, v
		}
		f.lo, f.hi = min(f.lo, v), max(f.hi, v)
		f.numbers += rows
		if v != math.Trunc(v) {
			f.fractions += rows
		}
	}
	return f
}

// vocabulary asks for the distinct values of the fields that have few, in one
// pass.
func (l *Log) vocabulary(ctx context.Context, fields []analysis.Field, known map[string]facts) error {
	var texts, numbers, names []string
	for _, f := range fields {
		k := known[f.Name]
		if f.Role == analysis.RoleConfidence || k.filled == 0 || k.distinct > mostWords {
			continue
		}
		texts = append(texts, l.columns[f.Name].text())
		numbers = append(numbers, itoa(len(names)))
		names = append(names, f.Name)
	}
	if len(names) == 0 {
		return nil
	}
	a, err := l.ask(ctx, question{columns: []string{"toInt64(k) AS field", "v AS word", "toInt64(count())"}, group: 2,
		join: "[" + strings.Join(texts, ", ") + "] AS v, [" + strings.Join(numbers, ", ") + "] AS k"})
	if err != nil {
		return err
	}
	for i := range a.rows() {
		if word := a.text(i, 1); word != "" {
			k := known[names[a.int(i, 0)]]
			if k.words == nil {
				k.words = map[string]int{}
			}
			k.words[word] += a.int(i, 2)
			known[names[a.int(i, 0)]] = k
		}
	}
	return nil
}
