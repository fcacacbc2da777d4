package stage

import (
	"slices"
	"strings"

	"andon/analysis"
)

// What a stage says is one of two kinds:
//
//	a class   ok, nok, scratch         right where it is the truth's
//	a gate    found, none; true, 0     right where it says none and the truth is
//	                                   none, or neither is
//
// A column is a gate where fewer than half of the values by which it says that
// there is something are classes of the answers.

// nothing are the words by which a gate says that there is nothing.
var nothing = []string{"none", "nothing", "no", "false", "0", "missed", "empty", "background", "not found", "absent", "null", "n/a", "no detection", "skip", "skipped"}

func isNothing(word string) bool { return slices.Contains(nothing, strings.ToLower(word)) }

// output is one stage's column, by value.
type output struct {
	column *analysis.Column
	gate   bool
}

// read tells which kind a column is.
func read(c *analysis.Column, classes []string) output {
	something, known := 0, 0
	for _, v := range distinct(c) {
		if isNothing(v) {
			continue
		}
		something++
		if slices.Contains(classes, analysis.Canonical(v)) {
			known++
		}
	}
	return output{column: c, gate: something == 0 || 2*known < something}
}

// mostDistinct is how many numbers of a column are looked at.
const mostDistinct = 100

func distinct(c *analysis.Column) []string {
	if c.Type == analysis.Text {
		return c.Dict
	}
	seen := map[string]bool{}
	var values []string
	for i := 0; i < c.Len() && len(values) < mostDistinct; i++ {
		if v := c.String(i); v != "" && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

// right reports whether the stage was right in a row of that truth, and whether
// it ran at all.
func (o output) right(row int, truth float64, classes []string) (right, ran bool) {
	said := o.column.String(row)
	if said == "" {
		return false, false
	}
	class := classes[int(truth)-1]
	if o.gate {
		return isNothing(said) == isNothing(class), true
	}
	return analysis.Canonical(said) == class, true
}
