package report

import (
	"fmt"
	"strings"

	"andon/analysis"
)

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

// taken is what was done, and whether it was proved.
func (r Report) taken() Section {
	if len(r.Taken) == 0 {
		return Section{}
	}
	s := Section{Title: "Taken and verified", Table: &Table{Head: []string{"", "done", "what", "verified"}}}
	for _, c := range r.Taken {
		state := "not yet"
		for _, f := range r.Findings {
			if f.ID == c.Finding && c.Finding > 0 {
				state = fmt.Sprintf("%s: %s; %s%s", f.Outcome, f.Claim, f.Result, r.citeFinding(f))
			}
		}
		s.Table.Rows = append(s.Table.Rows, []string{fmt.Sprint(c.ID), r.at(c.Taken), c.Do, state})
	}
	return s
}

// followUp has both orders of the console's checklist: what would make sure of
// the cause, and what is worth doing while the fault is running.
func (r Report) followUp() Section {
	const most = 3
	s := Section{Title: "Follow-up"}
	for _, n := range r.Triage.Next[:min(most, len(r.Triage.Next))] {
		s.Points = append(s.Points, fmt.Sprintf("Be sure: %s (%.0f min; separates %s)", n.Title, n.Minutes, causes(n.Settles)))
	}
	plan := r.Triage.Plan()
	for _, n := range plan.Tests[:min(most, len(plan.Tests))] {
		s.Points = append(s.Points, fmt.Sprintf("Act fast: %s (%.0f min, saves %.0f)", n.Title, n.Minutes, n.Saves))
	}
	if len(plan.Tests) == 0 && len(plan.Repairs) > 0 {
		first := plan.Repairs[0]
		s.Points = append(s.Points, fmt.Sprintf("Act fast: no test is worth its time; %s (%s, %s, %.0f min)", first.Do, first.Cause, chance(first.Probability), first.Minutes))
	}
	if r.Triage.Verdict.Cause != analysis.None && r.Triage.Quality != nil {
		if why := analysis.WhyClose(r.Taken); why != "" {
			s.Points = append(s.Points, "Before closing: "+why)
		}
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

// notes are what people wrote, without what they replaced later.
func (r Report) notes() Section {
	replaced := map[int64]bool{}
	for _, n := range r.Notes {
		replaced[n.Supersedes] = true
	}
	s := Section{}
	for _, n := range r.Notes {
		if replaced[n.ID] {
			continue
		}
		s.Title = "Notes"
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
