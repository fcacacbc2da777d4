package store

import (
	"math"
	"strconv"

	"andon/analysis"
)

// convert gives column c the type to, or says that a value would be lost. A
// field changes its type when sources disagree: ids as numbers in one export
// and as text in the next, or a code that is "7" for weeks and then "7a".
func convert(c *analysis.Column, to analysis.Type) (analysis.Column, bool) {
	if c.Type == to {
		return *c, true
	}
	if to == analysis.Text {
		return asText(c), c.Type != analysis.Blob
	}
	if c.Type != analysis.Text || to == analysis.Blob {
		return analysis.Column{}, false
	}
	f := c.Field
	f.Type = to
	b := analysis.NewBuilder(f)
	for i := range c.Len() {
		if c.Null(i) {
			b.Null()
			continue
		}
		s := c.Dict[c.Codes[i]-1]
		if to == analysis.Time {
			ns := parseTime(s)
			if ns == analysis.NoTime {
				return analysis.Column{}, false
			}
			b.Time(ns)
			continue
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || analysis.FormatNumber(v+0) != s { // "-0" would come back as "0"
			return analysis.Column{}, false
		}
		b.Number(v)
	}
	return b.Column(), true
}

// asText writes numbers in their shortest decimal and times as the tables do.
func asText(c *analysis.Column) analysis.Column {
	f := c.Field
	f.Type = analysis.Text
	b := analysis.NewBuilder(f)
	for i := range c.Len() {
		switch {
		case c.Null(i) || c.Type == analysis.Blob:
			b.Null()
		case c.Type == analysis.Time:
			b.Text(formatTime(c.Times[i]))
		default:
			b.Text(analysis.FormatNumber(c.Numbers[i] + 0)) // -0 and 0 are one number
		}
	}
	return b.Column()
}

// rightWrong reads a logged correct column that is text as 1, 0 or null.
func rightWrong(c *analysis.Column) analysis.Column {
	f := c.Field
	f.Type = analysis.Number
	value := make([]float64, len(c.Dict)+1)
	value[0] = math.NaN()
	for i, s := range c.Dict {
		value[i+1] = truth(s)
	}
	out := analysis.Column{Field: f, Numbers: make([]float64, len(c.Codes))}
	for i, code := range c.Codes {
		out.Numbers[i] = value[code]
	}
	return out
}

// truth is what logs write for right and wrong.
func truth(s string) float64 {
	switch fold(s) {
	case "true", "t", "yes", "y", "1", "1.0", "correct", "right", "hit", "pass", "ok":
		return 1
	case "false", "f", "no", "n", "0", "0.0", "incorrect", "wrong", "miss", "fail", "nok":
		return 0
	}
	return math.NaN()
}

// gather is the rows of c at the given places. It shares the dictionary.
func gather(c *analysis.Column, at []int) analysis.Column {
	out := analysis.Column{Field: c.Field, Dict: c.Dict}
	for _, i := range at {
		switch c.Type {
		case analysis.Number:
			out.Numbers = append(out.Numbers, c.Numbers[i])
		case analysis.Time:
			out.Times = append(out.Times, c.Times[i])
		case analysis.Blob:
			out.Blobs = append(out.Blobs, c.Blobs[i])
		default:
			out.Codes = append(out.Codes, c.Codes[i])
		}
	}
	return out
}

// part is rows from to until of c; it shares c's memory.
func part(c *analysis.Column, from, until int) analysis.Column {
	out := *c
	switch c.Type {
	case analysis.Number:
		out.Numbers = c.Numbers[from:until]
	case analysis.Time:
		out.Times = c.Times[from:until]
	case analysis.Blob:
		out.Blobs = c.Blobs[from:until]
	default:
		out.Codes = c.Codes[from:until]
	}
	return out
}

// empty reports whether no row has a value.
func empty(c *analysis.Column) bool {
	for i := range c.Len() {
		if !c.Null(i) {
			return false
		}
	}
	return true
}

// nulls counts the rows without a value.
func nulls(c *analysis.Column) int {
	n := 0
	switch c.Type {
	case analysis.Number:
		for _, v := range c.Numbers {
			if v != v {
				n++
			}
		}
	case analysis.Time:
		for _, v := range c.Times {
			if v == analysis.NoTime {
				n++
			}
		}
	case analysis.Blob:
		for _, v := range c.Blobs {
			if v == nil {
				n++
			}
		}
	default:
		for _, code := range c.Codes {
			if code == 0 {
				n++
			}
		}
	}
	return n
}

// pad appends nulls until c has n rows.
func pad(c *analysis.Column, n int) {
	for c.Len() < n {
		switch c.Type {
		case analysis.Number:
			c.Numbers = append(c.Numbers, math.NaN())
		case analysis.Time:
			c.Times = append(c.Times, analysis.NoTime)
		case analysis.Blob:
			c.Blobs = append(c.Blobs, nil)
		default:
			c.Codes = append(c.Codes, 0)
		}
	}
}
