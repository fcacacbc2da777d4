package analysis

import (
	"fmt"
	"strconv"
	"strings"
)

// Op compares a column with a value.
type Op string

const (
	Equal    Op = "="
	NotEqual Op = "!="
	Less     Op = "<"
	AtMost   Op = "<="
	More     Op = ">"
	AtLeast  Op = ">="
	In       Op = ".."  // numeric range [Lo, Hi)
	Contains Op = "~"   // text contains, any case
	Matches  Op = "~/"  // text matches a regular expression, any case
	Missing  Op = "=''" // null
)

// Condition is one test of a slice. Value is used by =, !=, ~ and ~/; Lo and Hi by
// the numeric ones (< and <= use Hi, > and >= use Lo).
type Condition struct {
	Column string
	Op     Op
	Value  string
	Lo, Hi float64
}

// Where is a slice of the rows: all its conditions hold. The empty Where is
// every row.
type Where []Condition

// Is is the condition column = value.
func Is(column, value string) Condition {
	return Condition{Column: column, Op: Equal, Value: value}
}

// String writes the condition in the filter language, so that ParseWhere
// reads it back.
func (c Condition) String() string {
	switch c.Op {
	case Less, AtMost:
		return c.Column + string(c.Op) + FormatNumber(c.Hi)
	case More, AtLeast:
		return c.Column + string(c.Op) + FormatNumber(c.Lo)
	case In:
		return c.Column + "=" + c.Range()
	case Missing:
		return c.Column + "=''"
	case Matches:
		return c.Column + "~" + slashed(c.Value)
	}
	value := c.Value
	if value == "" || strings.ContainsAny(value, " '\"") || strings.Contains(value, "..") || c.Op == Contains && value[0] == '/' {
		value = "'" + strings.ReplaceAll(value, "'", "''") + "'"
	}
	return c.Column + string(c.Op) + value
}

// Range is the numeric range as "lo..hi", an open side left empty.
func (c Condition) Range() string {
	return bound(c.Lo) + ".." + bound(c.Hi)
}

// String joins the conditions with spaces: "line=L2 shift=night".
func (w Where) String() string {
	parts := make([]string, len(w))
	for i, c := range w {
		parts[i] = c.String()
	}
	return strings.Join(parts, " ")
}

// Map is the slice as column → value for JSON: "a..b" for a numeric range.
func (w Where) Map() map[string]string {
	m := make(map[string]string, len(w))
	for _, c := range w {
		switch c.Op {
		case In:
			m[c.Column] = c.Range()
		case Less, AtMost:
			m[c.Column] = ".." + FormatNumber(c.Hi)
		case More, AtLeast:
			m[c.Column] = FormatNumber(c.Lo) + ".."
		case Missing:
			m[c.Column] = ""
		default:
			m[c.Column] = c.Value
		}
	}
	return m
}

// WhereError says at which byte of a filter the reading stopped, and why.
type WhereError struct {
	Text string
	At   int
	Why  string
}

func (e *WhereError) Error() string {
	return fmt.Sprintf("filter %q, character %d: %s", e.Text, e.At+1, e.Why)
}

// operators are tried in this order, the longer before its own prefix.
var operators = []string{"!=", ">=", "<=", "=", "<", ">", "~"}

// ParseWhere reads the filter language: conditions separated by spaces, each
// column, operator (= != < <= > >= ~) and value without spaces between; a value
// with spaces stands in single quotes, ” within. "a..b" after = is a numeric
// range; "/a|b/" after ~ a regular expression (RE2), in which \/ is a slash. The columns are not checked here, since only a Log knows them. The
// empty text is every row.
func ParseWhere(text string) (Where, error) {
	var where Where
	for at := 0; ; {
		for at < len(text) && text[at] == ' ' {
			at++
		}
		if at == len(text) {
			return where, nil
		}
		c, next, err := parseCondition(text, at)
		if err != nil {
			return nil, err
		}
		where, at = append(where, c), next
	}
}

func parseCondition(text string, at int) (Condition, int, error) {
	fail := func(at int, why string) (Condition, int, error) {
		return Condition{}, 0, &WhereError{Text: text, At: at, Why: why}
	}
	end := at + strings.IndexAny(text[at:]+"=", "!><=~ ")
	column := text[at:end]
	if column == "" {
		return fail(at, "a column name is missing before the operator")
	}
	op := ""
	for _, o := range operators {
		if strings.HasPrefix(text[end:], o) {
			op = o
			break
		}
	}
	if op == "" {
		return fail(end, "one of = != < <= > >= ~ must follow "+strconv.Quote(column))
	}
	from := end + len(op)
	if op == "~" && strings.HasPrefix(text[from:], "/") {
		return parseMatch(text, column, from)
	}
	value, next, quoted, ok := parseValue(text, from)
	if !ok {
		return fail(from, "the quote is never closed")
	}
	if value == "" && !quoted {
		return fail(from, "a value is missing; write '' for missing values")
	}
	c := Condition{Column: column, Op: Op(op), Value: value}
	switch op {
	case "<", "<=", ">", ">=":
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return fail(from, strconv.Quote(value)+" is not a number")
		}
		if op[0] == '<' {
			return Condition{Column: column, Op: Op(op), Hi: v}, next, nil
		}
		return Condition{Column: column, Op: Op(op), Lo: v}, next, nil
	case "=":
		if value == "" {
			return Condition{Column: column, Op: Missing}, next, nil
		}
		if lo, hi, isRange := parseRange(value); isRange && !quoted {
			return Condition{Column: column, Op: In, Lo: lo, Hi: hi}, next, nil
		}
	}
	return c, next, nil
}

func parseValue(text string, from int) (value string, next int, quoted, ok bool) {
	if from >= len(text) || text[from] != '\'' {
		end := from + strings.IndexByte(text[from:]+" ", ' ')
		return text[from:end], end, false, true
	}
	var b strings.Builder
	for i := from + 1; i < len(text); i++ {
		if text[i] != '\'' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			continue
		}
		return b.String(), i + 1, true, true
	}
	return "", 0, true, false
}
