package incident

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
)

// Past is an incident of some file, as it was left.
type Past struct {
	Record
	File string
}

// Likeness is how alike a past incident is, 0 to 1, and in what.
type Likeness struct {
	Past  Past
	Score float64
	Why   []string
}

// What a likeness rests on. The cause says most: it is what the repair was
// about. Where it sat says least, since a fault moves from line to line.
const (
	causeShare  = .5
	signalShare = .3
	whereShare  = .2
	leastAlike  = .3
)

// Alike ranks past incidents by likeness to one, the most alike first:
//
//	score = 0.5·[same cause] + 0.3·J(signals) + 0.2·J(slice columns)
//
// with J the Jaccard index of two sets, 0 for two empty ones. Those below 0.3
// are left out; ties go to the later one. Cost: O(past · signals).
func Alike(to Record, past []Past) []Likeness {
	var found []Likeness
	for _, p := range past {
		l := Likeness{Past: p}
		if to.Cause != "" && to.Cause == p.Cause {
			l.Score += causeShare
			l.Why = append(l.Why, "the cause was "+p.Cause+", too")
		}
		if j, both := jaccard(to.Signals, p.Signals); j > 0 {
			l.Score += signalShare * j
			l.Why = append(l.Why, strings.Join(both, ", ")+" moved")
		}
		if j, both := jaccard(columns(to.Where), columns(p.Where)); j > 0 {
			l.Score += whereShare * j
			l.Why = append(l.Why, "it sat in one "+strings.Join(both, " and "))
		}
		if l.Score >= leastAlike {
			found = append(found, l)
		}
	}
	slices.SortStableFunc(found, func(a, b Likeness) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), b.Past.Created.Compare(a.Past.Created))
	})
	return found
}

// columns are the columns a filter names; none of one that cannot be read.
func columns(where string) []string {
	parsed, err := analysis.ParseWhere(where)
	if err != nil {
		return nil
	}
	var names []string
	for _, c := range parsed {
		names = append(names, c.Column)
	}
	return names
}

// jaccard is |a ∩ b| / |a ∪ b| and the intersection in the order of a.
func jaccard(a, b []string) (float64, []string) {
	var both []string
	all := len(b)
	for _, v := range a {
		if slices.Contains(b, v) {
			both = append(both, v)
		} else {
			all++
		}
	}
	if all == 0 {
		return 0, nil
	}
	return float64(len(both)) / float64(all), both
}

// mostSignals are as many columns as a record keeps of what moved.
const mostSignals = 5

// Seen is the record with what the log looks like in a triage: cause, slice,
// signals, and the onset where nobody has given another. Nothing changed: the
// record as it is.
func (r Record) Seen(t analysis.Triage) Record {
	if t.Verdict.Cause == analysis.None || t.Verdict.Cause == "" {
		return r
	}
	r.Cause, r.Where, r.Signals = string(t.Verdict.Cause), "", nil
	if slice := t.Guilty(); slice != nil {
		r.Where = slice.Where.String()
	}
	for _, s := range t.Signals {
		if s.Changed && len(r.Signals) < mostSignals {
			r.Signals = append(r.Signals, s.Column)
		}
	}
	if r.Onset.IsZero() && t.Onset != nil {
		r.Onset = t.Onset.Onset.UTC()
	}
	return r
}

// Sentence is a likeness in one line.
func (l Likeness) Sentence() string {
	return fmt.Sprintf("%s (%s, %s): %s", l.Past.Title, l.Past.File, l.Past.Status, strings.Join(l.Why, "; "))
}
