package analysis

import (
	"strconv"
	"strings"
)

// failures are the word stems by which logs say that no answer came.
var failures = []string{"err", "fail", "timeout", "timed out", "time-out", "exception",
	"unavailable", "refused", "abort", "cancel", "reset", "overload", "exhausted",
	"crash", "unreachable", "deadline", "memory", "killed", "dropped", "panic", "throttl"}

// fine are the words that hold a stem above and yet say that all went well.
var fine = []string{"no error", "noerror", "no_error", "without error", "0 errors"}

// Failed reports whether a status says that the service did not answer: an
// error, a timeout, an HTTP code of 400 or more, a gRPC code from 1 to 16 or
// a negative exit code. Empty, "ok", "success", 200 to 399 and words that speak
// of no failure are fine: an unknown word must not turn right answers wrong.
func Failed(status string) bool {
	s := strings.ToLower(strings.TrimSpace(status))
	if code, err := strconv.ParseFloat(s, 64); err == nil {
		return code < 0 || (code >= 1 && code <= 16) || code >= 400
	}
	if s == "true" { // a field named error
		return true
	}
	for _, word := range fine {
		if strings.Contains(s, word) {
			return false
		}
	}
	for _, stem := range failures {
		if strings.Contains(s, stem) {
			return true
		}
	}
	return false
}

// failedRows tells per row whether its status is a failure, or is nil where the
// table has no status column.
func failedRows(t *Table) []bool {
	c := t.role(RoleStatus)
	if c == nil {
		return nil
	}
	failed := make([]bool, c.Len())
	if codes, ok := c.coded(); ok {
		fails := make([]bool, codes.size)
		for code := 1; code < codes.size; code++ {
			if c.Type == Text {
				fails[code] = Failed(c.Dict[code-1])
			} else {
				fails[code] = Failed(FormatNumber(c.Compact.Values[code]))
			}
		}
		inParts(len(failed), func(from, until int) int {
			lookUp(failed[from:until], codes.part(from, until), fails)
			return 0
		})
		return failed
	}
	eachOnce(failed, c.Numbers, func(v float64) bool { return Failed(FormatNumber(v)) })
	return failed
}
