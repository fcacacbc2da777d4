package analysis

import (
	"fmt"
	"math"
	"time"
)

// With one weekend in the log its level cannot be learned, but it can be
// recognised: a step at its beginning that is taken back at its end.
//
//	Fri │ Sat   Sun │ Mon
//	▇▇▇▇│▅▅▅▅▅▅▅▅▅▅▅│▇▇▇▇

// weekendSlack is how far a step may be from midnight and still be the
// weekend's: the shift that runs over midnight belongs to either day.
const weekendSlack = 6 * time.Hour

// withoutWeekends leaves out the pairs of neighbouring changes that begin with
// a Saturday and end with the Monday after (UTC), the second undoing at least
// half of the first, and says which. A change that begins with a Saturday and
// is not taken back stays, with a warning: it may be either.
func withoutWeekends(changes []Change) ([]Change, []string) {
	var kept []Change
	var warnings []string
	for k := 0; k < len(changes); k++ {
		if k+1 < len(changes) && isWeekend(changes[k], changes[k+1]) {
			warnings = append(warnings, fmt.Sprintf("the level from %s to %s was taken for the weekend's",
				changes[k].Onset.Format("2006-01-02 15:04"), changes[k+1].Onset.Format("2006-01-02 15:04")))
			k++
			continue
		}
		if begins(changes[k].Onset, time.Saturday) {
			warnings = append(warnings, fmt.Sprintf("the change of %s begins with a weekend and may be the weekend's",
				changes[k].Onset.Format("2006-01-02 15:04")))
		}
		kept = append(kept, changes[k])
	}
	return kept, warnings
}

func isWeekend(off, on Change) bool {
	down, up := off.After-off.Before, on.After-on.Before
	length := on.Onset.Sub(off.Onset)
	return down*up < 0 && math.Abs(up) > math.Abs(down)/2 &&
		begins(off.Onset, time.Saturday) && begins(on.Onset, time.Monday) && length < 3*oneDay
}

// begins reports whether t lies within weekendSlack of a day's first instant.
func begins(t time.Time, weekday time.Weekday) bool {
	midnight := t.UTC().Round(oneDay)
	return midnight.Weekday() == weekday && t.Sub(midnight).Abs() <= weekendSlack
}
