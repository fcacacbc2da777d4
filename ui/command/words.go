package command

import (
	"fmt"
	"strings"

	"andon/importers"
)

// quoted lists names for a sentence.
func quoted(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(out, ", ")
}

// mostSkips is how many passed-over files a sentence names.
const mostSkips = 3

// why lists what was passed over: ": a.bin (not a log), ...", "" for nothing.
func why(skipped []importers.Skip) string {
	if len(skipped) == 0 {
		return ""
	}
	parts := []string{}
	for _, s := range skipped[:min(mostSkips, len(skipped))] {
		parts = append(parts, s.Path+" ("+s.Why+")")
	}
	if more := len(skipped) - mostSkips; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return ": " + strings.Join(parts, ", ")
}

// plural writes "1 row" and "2 rows".
func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%s %ss", thousands(n), noun)
}

// thousands groups digits: 30,112.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
