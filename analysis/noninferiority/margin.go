package noninferiority

import (
	"math"

	"andon/analysis"
)

// Margin proposes how much worse than before still counts as restored: a fifth
// of the drop, so that a fix has to win back four fifths of it for certain, but
// never less than noise can be told from, one point of a share or a hundredth
// of an amount. drop is how much worse quality got, ≤ 0 where it is not known;
// then it is two points, or a fiftieth.
func Margin(scale analysis.Scale, before analysis.Sum, drop float64) float64 {
	unit := .01
	if scale == analysis.Amount {
		unit = math.Abs(before.Mean()) / 100
		if unit == 0 {
			unit = math.Max(math.Sqrt(before.Variance()), 1e-9) / 10
		}
	}
	if drop <= 0 {
		return 2 * unit
	}
	return max(unit, drop/5)
}
