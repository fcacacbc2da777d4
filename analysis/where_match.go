package analysis

import (
	"regexp"
	"strings"
)

// A condition can match by a regular expression between slashes:
//
//	label~/scratch|dent/     camera~/^C0[1-4]$/     sku~/a\/b/
//
// RE2 has no expression that takes more than linear time, so a filter that is
// pasted from anywhere cannot stall the console.

// parseMatch reads the expression whose first slash is at from.
func parseMatch(text, column string, from int) (Condition, int, error) {
	fail := func(at int, why string) (Condition, int, error) {
		return Condition{}, 0, &WhereError{Text: text, At: at, Why: why}
	}
	var b strings.Builder
	for i := from + 1; i < len(text); i++ {
		switch {
		case text[i] == '/':
			if _, err := expression(b.String()); err != nil {
				return fail(from+1, err.Error())
			}
			return Condition{Column: column, Op: Matches, Value: b.String()}, i + 1, nil
		case text[i] == '\\' && i+1 < len(text) && text[i+1] == '/':
			b.WriteByte('/')
			i++
		case text[i] == '\\' && i+1 < len(text):
			b.WriteString(text[i : i+2])
			i++
		default:
			b.WriteByte(text[i])
		}
	}
	return fail(from, "the second / is missing: "+column+"~/scratch/")
}

// expression compiles a match; any case passes.
func expression(value string) (*regexp.Regexp, error) { return regexp.Compile("(?i)" + value) }

// slashed writes an expression as parseMatch reads it.
func slashed(value string) string {
	var b strings.Builder
	b.WriteByte('/')
	for i := 0; i < len(value); i++ {
		switch {
		case value[i] == '/':
			b.WriteString(`\/`)
		case value[i] == '\\' && i+1 < len(value):
			b.WriteString(value[i : i+2])
			i++
		default:
			b.WriteByte(value[i])
		}
	}
	return b.String() + "/"
}
