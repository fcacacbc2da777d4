package importers

import (
	"andon/analysis"
	"andon/importers/clock"
)

// Excel keeps a time as days since 1899-12-30, and a sheet saved with the
// wrong format shows it: 46088.26944 is 2026-03-07 06:28. By its value alone
// that could be anything, so it takes a name that says time and values that
// all lie between 2000 and 2100.
const (
	serial2000 = 36526
	serial2100 = 73051
)

// serialTime is the column of serial dates, or -1. It sets the layout of that
// column.
func serialTime(surveys []*survey, roles []analysis.Role) int {
	for i, s := range surveys {
		if roles[i] == "" && s.isNumber() && s.min >= serial2000 && s.max < serial2100 && match(s.words, timeNames) > 0 {
			s.layout, s.timed = clock.Serial(s.comma()), true
			return i
		}
	}
	return -1
}
