package analysis

import (
	"fmt"
	"math"
)

// topConfidence is the confidence as a share that the answer given is right,
// NaN for null. Percentages are divided by 100. A score that only ever speaks
// of one of two classes (high for one answer, low for the other) is turned
// round for the other: max(p, 1−p). It is nil where the column says nothing:
// outside 0..100, all null, or always the same. The warnings say what was done.
func topConfidence(scores []float64, answers *Column) ([]float64, []string) {
	lo, hi, n := extent(scores)
	switch {
	case n == 0:
		return nil, []string{"the confidence column is empty"}
	case lo == hi:
		return nil, []string{fmt.Sprintf("confidence is always %s and so tells nothing", FormatNumber(lo))}
	case lo < 0 || hi > 100:
		return nil, []string{fmt.Sprintf("confidence runs from %s to %s, which is no probability", FormatNumber(lo), FormatNumber(hi))}
	}
	out := make([]float64, len(scores))
	copy(out, scores)
	var warnings []string
	if hi > 1 {
		for i := range out {
			out[i] /= 100
		}
		warnings = append(warnings, "confidence was read as percent")
	}
	if oneSided(out, answers) {
		for i, p := range out {
			out[i] = max(p, 1-p)
		}
		warnings = append(warnings, "confidence was read as the score of one class of two")
	}
	return out, warnings
}

// extent is the smallest and largest value and how many are not NaN.
func extent(values []float64) (lo, hi float64, n int) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v == v {
			lo, hi, n = min(lo, v), max(hi, v), n+1
		}
	}
	return lo, hi, n
}

// oneSided reports whether there are exactly two answers and every score of
// one lies at or below ½ and every score of the other at or above it.
func oneSided(scores []float64, answers *Column) bool {
	if answers == nil {
		return false
	}
	ids := map[string]uint32{}
	class := classes(answers, ids)
	if len(ids) != 2 {
		return false
	}
	var low, high [3]bool
	for i, p := range scores {
		low[class[i]] = low[class[i]] || p < 0.5
		high[class[i]] = high[class[i]] || p > 0.5
	}
	return (low[1] && !high[1] && high[2] && !low[2]) || (low[2] && !high[2] && high[1] && !low[1])
}
