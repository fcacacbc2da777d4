package clickhouse

import (
	"fmt"
	"math"
	"strings"

	"andon/analysis"
)

// Cells are grouped by what the dimensions hold. One or two are taken as they
// are; more are numbered, where their values are known, for a server groups by
// one number several times faster than by eight texts, and it travels lighter:
//
//	line=L2 shift=night brightness=3   ──▶   1 + 4·(2 + 4·3)
type grid struct {
	columns []string // what is grouped by
	places  []place  // of the one number, nil where columns are texts
}

// place is a dimension as a digit of a cell's number.
type place struct {
	code   string   // SQL of the digit
	values []string // what the digits stand for; behind them is that of values that came in since
}

// digits is how many there are.
func (p place) digits() int { return len(p.values) + 1 }

// mostNumbers is how many cells can be numbered.
const mostNumbers = 1 << 62

// plainDims is how many dimensions are grouped by as they are: such questions
// are asked at any time, and must read the same whatever was asked before.
const plainDims = 2

func (l *Log) grid(fields []analysis.Field, dims []analysis.Dimension, where analysis.Where, w analysis.Windows) (grid, error) {
	var g grid
	numbered, size := len(dims) > plainDims, 1
	for i, d := range dims {
		f, c := fields[i], l.columns[fields[i].Name]
		text, err := key(f, c, d)
		if err != nil {
			return g, err
		}
		g.columns = append(g.columns, fmt.Sprintf("%s AS d%d", text, i))
		p, known := l.place(f, c, d, where, w)
		g.places = append(g.places, p)
		if numbered = numbered && known && size <= mostNumbers/p.digits(); numbered {
			size *= p.digits()
		}
	}
	if !numbered {
		g.places = nil
		return g, nil
	}
	terms, unit := make([]string, len(dims)), 1
	for i, p := range g.places {
		terms[i] = fmt.Sprintf("%d * %s", unit, p.code)
		unit *= p.digits()
	}
	typ := "toUInt32("
	if size > math.MaxUint32 {
		typ = "toUInt64("
	}
	g.columns = []string{typ + strings.Join(terms, " + ") + ") AS cell"}
	return g, nil
}

// place is a dimension as a digit; known is false where its values are not.
func (l *Log) place(f analysis.Field, c Column, d analysis.Dimension, where analysis.Where, w analysis.Windows) (p place, known bool) {
	if f.Type == analysis.Number {
		if len(d.Edges) == 0 {
			return p, false
		}
		for k := range len(d.Edges) + 2 { // the nulls' is the last
			p.values = append(p.values, itoa(k))
		}
		p.code = numberCode(c, d.Edges)
		return p, true
	}
	words, known := l.profiles.words(rowsOf(where, w), f.Name)
	if !known {
		return p, false
	}
	from, to := make([]string, len(words)), make([]string, len(words))
	for i, word := range words {
		from[i], to[i] = literal(word), "toUInt16("+itoa(i)+")"
	}
	p.values = words
	p.code = "transform(" + c.text() + ", [" + strings.Join(from, ", ") + "], [" + strings.Join(to, ", ") + "], toUInt16(" + itoa(len(words)) + "))"
	return p, true
}

// keys are the dimensions' values of a row of the answer; ok is false for rows
// that came in since the values were listed.
func (g grid) keys(a Answer, row int) (keys []string, ok bool) {
	if g.places == nil {
		for d := range g.columns {
			keys = append(keys, a.text(row, d))
		}
		return keys, true
	}
	rest := a.int(row, 0)
	for _, p := range g.places {
		digit := rest % p.digits()
		rest /= p.digits()
		if digit == len(p.values) {
			return nil, false
		}
		keys = append(keys, p.values[digit])
	}
	return keys, true
}

// key is the SQL of a dimension's cells, as text.
func key(f analysis.Field, c Column, d analysis.Dimension) (string, error) {
	for k, e := range d.Edges {
		if math.IsNaN(e) || (k > 0 && e <= d.Edges[k-1]) {
			return "", fmt.Errorf("cut %q into cells: edge %d (%v) does not ascend", d.Column, k+1, e)
		}
	}
	switch {
	case f.Type == analysis.Number && len(d.Edges) > 0:
		return "toString(" + numberCode(c, d.Edges) + ")", nil
	case f.Type == analysis.Number:
		return "if(isNaN(" + c.number() + "), '', toString(" + c.number() + "))", nil
	case f.Type == analysis.Text && len(d.Edges) == 0:
		return c.text(), nil
	}
	return "", fmt.Errorf("cut %q into cells: a column of %ss has no such cells", d.Column, f.Type)
}
