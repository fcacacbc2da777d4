// Package news says when a log that grows tells what its last triage did not
// know.
//
//	rows triaged               rows since
//	●●●●●●●●●●●●●●●●●●●●●●│●●●●●●      band.go     do they leave its level?
//	└─ triage ───────────┘     │            yes: ask again
//	└─ triage again ───────────┘     news.go    what is different, in a word
//
// Both are pure: whoever follows a log holds the two sums, or the two triages.
package news

import "andon/analysis"

// Kind is what a newer triage tells that an older one did not.
type Kind string

const (
	Nothing Kind = ""
	Began   Kind = "began"   // a change where there was none
	Moved   Kind = "moved"   // the change is another one: its onset lies elsewhere
	Ended   Kind = "ended"   // what looked like a change no longer does
	Judged  Kind = "judged"  // the same change with another cause or outcome
	Further Kind = "further" // the same incident and one more change beside it
)

// Between compares two triages of one log under the same windows and filter,
// the older first, and names the first difference in the order of the kinds
// above. Two onsets are the same where their intervals overlap: more rows move
// an onset a little every time. It is Nothing where neither knows a change.
func Between(old, now analysis.Triage) Kind {
	switch {
	case old.Onset == nil && now.Onset == nil:
		return Nothing
	case old.Onset == nil:
		return Began
	case now.Onset == nil:
		return Ended
	case now.Onset.Earliest.After(old.Onset.Latest) || now.Onset.Latest.Before(old.Onset.Earliest):
		return Moved
	case old.Verdict.Cause != now.Verdict.Cause || old.Verdict.Outcome != now.Verdict.Outcome:
		return Judged
	case len(now.Changes) > len(old.Changes):
		return Further
	}
	return Nothing
}
