package clickhouse

import (
	"fmt"
	"math"
	"strconv"

	"andon/analysis"
)

// A slice as SQL. It must hold for exactly the rows for which
// [analysis.Table.Match] holds, nulls included: a null equals nothing, != holds
// for it, and only "is missing" asks for it.

// conditions are the slice's conditions.
func (l *Log) conditions(where analysis.Where) ([]string, error) {
	out := make([]string, len(where))
	for i, c := range where {
		f, column, err := l.require(c.Column)
		if err != nil {
			return nil, fmt.Errorf("filter %q: %w", where, err)
		}
		if out[i], err = condition(f, column, c); err != nil {
			return nil, fmt.Errorf("filter %q: %w", where, err)
		}
	}
	return out, nil
}

func condition(f analysis.Field, column Column, c analysis.Condition) (string, error) {
	switch {
	case f.Type == analysis.Time || f.Type == analysis.Blob:
		return "", fmt.Errorf("column %q holds %ss; use windows to choose a span", f.Name, f.Type)
	case c.Op == analysis.Missing && f.Type == analysis.Number:
		return "isNaN(" + column.number() + ")", nil
	case c.Op == analysis.Missing:
		return column.text() + " = ''", nil
	case f.Type == analysis.Number:
		return numberCondition(f.Name, column, c)
	}
	switch c.Op {
	case analysis.Equal, analysis.NotEqual:
		return column.text() + " " + string(c.Op) + " " + literal(c.Value), nil
	case analysis.Contains:
		return "positionCaseInsensitiveUTF8(" + column.text() + ", " + literal(c.Value) + ") > 0", nil
	}
	return rangeCondition(f.Name, column.number(), c)
}

func numberCondition(name string, column Column, c analysis.Condition) (string, error) {
	x := column.number()
	switch c.Op {
	case analysis.Contains:
		return "(NOT isNaN(" + x + ") AND position(" + column.text() + ", " + literal(c.Value) + ") > 0)", nil
	case analysis.Equal, analysis.NotEqual:
		if c.Op == analysis.NotEqual && c.Value == "" {
			return "NOT isNaN(" + x + ")", nil
		}
		v, err := strconv.ParseFloat(c.Value, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("column %q holds numbers and %q is not one", name, c.Value)
		}
		return x + " " + string(c.Op) + " " + float(v), nil
	}
	return rangeCondition(name, x, c)
}

func rangeCondition(name, x string, c analysis.Condition) (string, error) {
	switch c.Op {
	case analysis.Less, analysis.AtMost:
		return x + " " + string(c.Op) + " " + float(c.Hi), nil
	case analysis.More, analysis.AtLeast:
		return x + " " + string(c.Op) + " " + float(c.Lo), nil
	case analysis.In:
		return "(" + x + " >= " + float(c.Lo) + " AND " + x + " < " + float(c.Hi) + ")", nil
	}
	return "", fmt.Errorf("column %q cannot be asked %q", name, string(c.Op))
}

// float is v as a literal that reads back as the same number. A whole number
// is written without an exponent, and compared as a number all the same; one
// too large for that is converted.
func float(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	case math.Abs(v) < 1e15:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return "toFloat64(" + strconv.FormatFloat(v, 'g', -1, 64) + ")"
}
