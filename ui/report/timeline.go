package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// mostEntries is how many lines a timeline has: those nearest the onset.
const mostEntries = 18

// timeline joins events, onset, countermeasures and findings in the order of
// time.
func (r Report) timeline() Section {
	type entry struct {
		at   time.Time
		what string
	}
	var entries []entry
	for _, e := range r.Events {
		what := e.Kind + ": " + e.Title
		for _, k := range slices.Sorted(maps.Keys(e.Scope)) {
			what += " [" + k + "=" + e.Scope[k] + "]"
		}
		entries = append(entries, entry{e.Time, what})
	}
	if o := r.Triage.Onset; o != nil {
		what := "ONSET of the change"
		if q := r.Triage.Quality; q != nil {
			what = "ONSET: " + words(q.Metric) + " went from " + r.level(q.Before.Mean()) + " to " + r.level(q.After.Mean()) + r.citeQuality()
		}
		entries = append(entries, entry{o.Onset, what})
	}
	for _, c := range r.Taken {
		entries = append(entries, entry{c.Taken, "countermeasure: " + c.Do})
	}
	for _, f := range r.Findings {
		entries = append(entries, entry{f.Time, "checked: " + f.Claim + " (" + string(f.Outcome) + ")"})
	}
	if len(entries) == 0 {
		return Section{}
	}
	left := 0
	if o := r.Triage.Onset; o != nil && len(entries) > mostEntries {
		slices.SortStableFunc(entries, func(a, b entry) int {
			return cmp.Compare(a.at.Sub(o.Onset).Abs(), b.at.Sub(o.Onset).Abs())
		})
		left = len(entries) - mostEntries
		entries = entries[:mostEntries]
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	s := Section{Title: "Timeline", Table: &Table{Head: []string{"time", "what"}}}
	for _, e := range entries {
		s.Table.Rows = append(s.Table.Rows, []string{r.at(e.at), e.what})
	}
	if left > 0 {
		s.Points = []string{fmt.Sprintf("%d more lie farther from the onset.", left)}
	}
	return s
}
