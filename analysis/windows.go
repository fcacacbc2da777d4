package analysis

import (
	"fmt"
	"time"
)

// Two windows around a change, clear of its doubt and of other changes:
//
//	         previous change       onset          next change
//	               │            ╭────┴────╮            │
//	 ──────────────┼────────────┼─────────┼────────────┼──────
//	               ├── before ──┤         ├── after ───┤
//	                      Earliest       Latest
//
// Where both hold whole days, before keeps to whole days and after to the same
// phase of the day, so that both saw the same shifts.

const oneDay = 24 * time.Hour

// ProposeWindows puts After from the onset's latest instant to the next change
// or the end, and Before from the previous change or the start up to the
// onset's earliest instant. changes are all changes in time order, onset one
// of them; changes whose doubt overlaps the onset's are taken for part of it.
//
// Before is matched to After's season where the log allows, nearest the onset:
// whole weeks if After has a week, else whole days if After has one, else, for
// an After of less than a day, the whole days there are (all hours, so that
// After's are among them). After is cut to whole days too. What could not be
// matched comes back as warnings.
func ProposeWindows(span Window, onset Change, changes []Change) (Windows, []string) {
	return wholeDays(flanks(span, onset, changes))
}

// flanks are all the hours from the previous change to the onset, and from it to
// the next.
func flanks(span Window, onset Change, changes []Change) Windows {
	w := Windows{
		Before: Window{span.From, clampTime(onset.Earliest, span)},
		After:  Window{clampTime(onset.Latest, span), span.To},
	}
	for _, c := range changes {
		switch {
		case c.Onset.Equal(onset.Onset):
		case !c.Latest.After(onset.Earliest):
			w.Before.From = laterOf(w.Before.From, c.Latest)
		case !c.Earliest.Before(onset.Latest):
			w.After.To = earlierOf(w.After.To, c.Earliest)
		}
	}
	return w
}

// wholeDays trims both windows to whole days or weeks where they hold some.
func wholeDays(w Windows) (Windows, []string) {
	var warnings []string
	before, after := w.Before.Duration(), w.After.Duration()
	unit := oneDay
	if before >= 7*oneDay && after >= 7*oneDay {
		unit = 7 * oneDay
	}
	switch {
	case before >= unit && after >= unit:
		w.Before.From = w.Before.To.Add(-before.Truncate(unit))
		w.After.To = w.After.From.Add(after.Truncate(unit))
	case before >= unit:
		w.Before.From = w.Before.To.Add(-before.Truncate(unit))
		warnings = append(warnings, fmt.Sprintf("after the onset there are only %s: some shifts may be missing from it", days(after)))
	default:
		warnings = append(warnings, fmt.Sprintf("before the onset there are only %s undisturbed: the windows may not hold the same shifts", days(before)))
	}
	if unit == oneDay && (before < 7*oneDay || after < 7*oneDay) {
		warnings = append(warnings, weekday(w)...)
	}
	return w, warnings
}

// weekday warns where one window holds a weekend and the other none.
func weekday(w Windows) []string {
	if weekend(w.Before) == weekend(w.After) {
		return nil
	}
	return []string{"only one of the windows holds a weekend"}
}

// weekend reports whether at least a quarter of a day of w is Saturday or
// Sunday (UTC).
func weekend(w Window) bool {
	held := time.Duration(0)
	for from := w.From.UTC(); from.Before(w.To); {
		to := earlierOf(from.Truncate(oneDay).Add(oneDay), w.To)
		if dayOff(from) {
			held += to.Sub(from)
		}
		if from = to; held >= oneDay/4 {
			return true
		}
	}
	return false
}

// dayOff reports whether a time is on a Saturday or Sunday (UTC).
func dayOff(at time.Time) bool {
	day := at.UTC().Weekday()
	return day == time.Saturday || day == time.Sunday
}

// HalfWindows are the first and the second half of the span, for a log without
// a change.
func HalfWindows(span Window) Windows {
	middle := span.From.Add(span.Duration() / 2)
	return Windows{Window{span.From, middle}, Window{middle, span.To}}
}

func clampTime(t time.Time, w Window) time.Time { return earlierOf(laterOf(t, w.From), w.To) }

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlierOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
