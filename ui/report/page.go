package report

import (
	"fmt"
	"strings"
	"time"

	"andon/analysis"
)

// NewPage lays the report out in the order of an A3: background, current
// condition, goal, root cause, countermeasures, follow-up, timeline, notes.
func NewPage(r Report) Page {
	if r.Zone == nil {
		r.Zone = time.UTC
	}
	p := Page{Title: r.title(), Verdict: r.verdict(), Facts: r.facts(), Sections: []Section{
		r.background(), r.condition(), r.goal(), r.rootCause(), r.frames(), r.countermeasures(), r.followUp(), r.timeline(), r.notes(),
	}}
	kept := p.Sections[:0]
	for _, s := range p.Sections {
		if s.Title != "" {
			kept = append(kept, s)
		}
	}
	p.Sections = kept
	p.Foot = fmt.Sprintf("Written by Andon from %s on %s. Times are %s.", r.File, r.at(r.Written), r.zoneName())
	return p
}

func (r Report) at(t time.Time) string { return t.In(r.Zone).Format("2006-01-02 15:04") }

func (r Report) zoneName() string {
	name, _ := r.Written.In(r.Zone).Zone()
	return name
}

func (r Report) span(w analysis.Window) string {
	return r.at(w.From) + " to " + r.at(w.To)
}

func (r Report) title() string {
	if r.Incident.Title != "" {
		return r.Incident.Title
	}
	return "Incident"
}

// verdict is the one sentence a reader takes away.
func (r Report) verdict() string {
	v := r.Triage.Verdict
	switch v.Outcome {
	case analysis.NoChange:
		return "No change: " + v.Why + "."
	case analysis.Inconclusive:
		if len(r.Triage.Causes) == 0 {
			return fmt.Sprintf("Inconclusive: %s.", v.Why)
		}
		return fmt.Sprintf("Inconclusive: %s. Leading cause so far: %s (%s).", v.Why, v.Cause, percent(v.Probability))
	}
	return fmt.Sprintf("%s: %s (%s). %s.", capital(string(v.Outcome)), v.Cause, percent(v.Probability), capital(v.Why))
}

func (r Report) facts() []Fact {
	t := r.Triage
	facts := []Fact{}
	if q := t.Quality; q != nil {
		facts = append(facts, Fact{capital(words(q.Metric)), fmt.Sprintf("%s → %s (%s)", r.level(q.Before.Mean()), r.level(q.After.Mean()), r.step(q.Delta))})
	}
	if t.Onset != nil {
		facts = append(facts, Fact{"Onset", fmt.Sprintf("%s (between %s and %s)", r.at(t.Onset.Onset), r.at(t.Onset.Earliest), r.at(t.Onset.Latest))})
	}
	if slice := t.Guilty(); slice != nil {
		facts = append(facts, Fact{"Where", fmt.Sprintf("%s, %s of the drop", slice.Where, percent(slice.Contribution))})
	}
	if len(t.Events) > 0 && t.Events[0].Event != nil {
		e := t.Events[0]
		facts = append(facts, Fact{"Change event", fmt.Sprintf("%s, %s (%s)", e.Event.Title, r.at(e.Event.Time), percent(e.Probability))})
	}
	return facts
}

func (r Report) background() Section {
	s := Section{Title: "Background"}
	rows := int64(0)
	table := &Table{Head: []string{"source", "kind", "rows", "rejected"}}
	for _, src := range r.Sources {
		rows += src.Rows
		table.Rows = append(table.Rows, []string{src.Path, string(src.Kind), fmt.Sprint(src.Rows), fmt.Sprint(src.Rejected)})
	}
	s.Lead = []string{fmt.Sprintf("This report rests on %s of %s.", count(rows, "record"), count(int64(len(r.Sources)), "source"))}
	if m := r.Triage.Measure; m.Metric != "" {
		lead := fmt.Sprintf("Quality is %s, known for %d rows", words(m.Metric), m.Known)
		if !m.Realised() {
			lead += " by estimate, not by label"
		}
		s.Lead = append(s.Lead, lead+".")
	}
	s.Points = append(s.Points, r.Triage.Warnings...)
	if len(table.Rows) > 0 {
		s.Table = table
	}
	return s
}

func (r Report) condition() Section {
	t := r.Triage
	s := Section{Title: "Current condition", Plot: newPlot(r)}
	if q := t.Quality; q != nil {
		s.Lead = []string{fmt.Sprintf("%s went from %s (%s) to %s (%s): %s, 95 %% interval %s to %s.",
			capital(words(q.Metric)), r.level(q.Before.Mean()), r.span(t.Windows.Before), r.level(q.After.Mean()), r.span(t.Windows.After),
			r.step(q.Delta), r.step(q.Interval.Lo), r.step(q.Interval.Hi))}
	} else {
		s.Lead = []string{capital(t.Verdict.Why) + "."}
	}
	if len(t.Slices) > 0 {
		s.Table = &Table{Head: []string{"slice", "rows before → after", "quality before → after", "share of the drop", "beyond chance"}}
		for _, sl := range t.Slices[:min(5, len(t.Slices))] {
			s.Table.Rows = append(s.Table.Rows, []string{sl.Where.String(),
				percent(sl.Support[0]) + " → " + percent(sl.Support[1]),
				r.mean(sl.Before) + " → " + r.mean(sl.After), percent(sl.Contribution), yesNo(sl.Accepted)})
		}
	}
	if a := t.Account; a != nil {
		s.Points = append(s.Points, fmt.Sprintf("Of the change of %s: %s is known inputs in other proportions, %s inputs never seen before, %s the same inputs answered worse (by %s).",
			r.step(a.Delta), r.step(a.Mix), r.step(a.New), r.step(a.Within), strings.Join(a.By, ", ")))
	}
	for i, sig := range t.Signals {
		if i == 5 || !sig.Changed {
			break
		}
		s.Points = append(s.Points, sig.Column+": "+sig.Why)
	}
	return s
}

func (r Report) goal() Section {
	t := r.Triage
	if t.Quality == nil {
		return Section{}
	}
	goal, proposed, ok := t.Goal(r.Incident.SLO)
	if !ok {
		return Section{}
	}
	side := "at least"
	if t.Quality.LowerBetter {
		side = "at most"
	}
	lead := fmt.Sprintf("The objective is %s of %s %s.", words(t.Quality.Metric), side, r.level(goal))
	if proposed {
		lead = fmt.Sprintf("No objective is set. Proposed: %s of %s %s, the 95 %% bound of the window before.", words(t.Quality.Metric), side, r.level(goal))
	}
	return Section{Title: "Goal", Lead: []string{lead}}
}

func (r Report) rootCause() Section {
	t := r.Triage
	s := Section{Title: "Root cause", Lead: []string{r.verdict()}}
	if len(t.Causes) == 0 {
		return s
	}
	s.Table = &Table{Head: []string{"cause", "probability", "for", "against", "not tested"}}
	for _, c := range t.Causes {
		s.Table.Rows = append(s.Table.Rows, []string{string(c.Cause), percent(c.Probability), some(c.For), some(c.Against), some(c.Untested)})
	}
	for _, m := range t.Events[:min(3, len(t.Events))] {
		title := "no logged event"
		if m.Event != nil {
			title = fmt.Sprintf("%s (%s, %s)", m.Event.Title, m.Event.Kind, r.at(m.Event.Time))
		}
		s.Points = append(s.Points, fmt.Sprintf("%s: %s. %s", percent(m.Probability), title, capital(m.Why)))
	}
	for _, f := range r.Findings {
		s.Points = append(s.Points, fmt.Sprintf("Checked %s: %s. Answer: %s. %s", r.at(f.Time), f.Claim, f.Outcome, f.Result))
	}
	return s
}

// some joins the first lines of a ledger column.
func some(lines []string) string {
	if len(lines) > 3 {
		lines = lines[:3]
	}
	return strings.Join(lines, "; ")
}

func (r Report) countermeasures() Section {
	measures := analysis.Countermeasures(r.Triage)
	if len(measures) == 0 {
		return Section{}
	}
	s := Section{Title: "Countermeasures", Table: &Table{Head: []string{"do", "when", "because"}}}
	for _, m := range measures {
		s.Table.Rows = append(s.Table.Rows, []string{m.Do, m.When, m.Because})
	}
	return s
}

func (r Report) followUp() Section {
	s := Section{Title: "Follow-up"}
	for _, n := range r.Triage.Next[:min(6, len(r.Triage.Next))] {
		s.Points = append(s.Points, fmt.Sprintf("%s (%.0f min; separates %s)", n.Title, n.Minutes, causes(n.Settles)))
	}
	if r.Triage.Verdict.Cause != analysis.None && r.Triage.Quality != nil {
		s.Points = append(s.Points, "After the fix: compare a window of the same length with the window before, and close the incident only when quality is back.")
	}
	if len(s.Points) == 0 {
		s.Lead = []string{"Nothing is open."}
	}
	return s
}

func causes(list []analysis.Cause) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = string(c)
	}
	return strings.Join(names, ", ")
}

func (r Report) notes() Section {
	if len(r.Notes) == 0 {
		return Section{}
	}
	s := Section{Title: "Notes"}
	for _, n := range r.Notes {
		by := r.at(n.Time)
		if n.Author != "" {
			by += ", " + n.Author
		}
		if n.Pin.Saw != "" {
			by += " (on " + n.Pin.Saw + ")"
		}
		s.Quotes = append(s.Quotes, Quote{By: by, Text: n.Text})
	}
	return s
}
