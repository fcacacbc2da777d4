package report

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// timeline joins events, onset, notes and findings in the order of time.
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
			what = "ONSET: " + words(q.Metric) + " went from " + r.level(q.Before.Mean()) + " to " + r.level(q.After.Mean())
		}
		entries = append(entries, entry{o.Onset, what})
	}
	for _, f := range r.Findings {
		entries = append(entries, entry{f.Time, "checked: " + f.Claim + " (" + string(f.Outcome) + ")"})
	}
	if len(entries) == 0 {
		return Section{}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	s := Section{Title: "Timeline", Table: &Table{Head: []string{"time", "what"}}}
	for _, e := range entries {
		s.Table.Rows = append(s.Table.Rows, []string{r.at(e.at), e.what})
	}
	return s
}
