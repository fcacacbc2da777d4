package analysis

import (
	"math"
	"strconv"
	"strings"
)

// bound writes one side of a numeric range; an open side is "".
func bound(v float64) string {
	if math.IsInf(v, 0) {
		return ""
	}
	return FormatNumber(v)
}

// parseRange reads "lo..hi" where either side may be missing (open).
func parseRange(s string) (lo, hi float64, ok bool) {
	left, right, found := strings.Cut(s, "..")
	if !found || left+right == "" {
		return 0, 0, false
	}
	lo, hi = math.Inf(-1), math.Inf(1)
	var err error
	if left != "" {
		if lo, err = strconv.ParseFloat(left, 64); err != nil {
			return 0, 0, false
		}
	}
	if right != "" {
		if hi, err = strconv.ParseFloat(right, 64); err != nil {
			return 0, 0, false
		}
	}
	return lo, hi, true
}
