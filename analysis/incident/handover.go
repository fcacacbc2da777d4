package incident

import (
	"fmt"

	"andon/analysis"
	"andon/analysis/hypothesis"
)

// Handover is what the next shift must know: how it stands, what was done, what
// is needed.
type Handover struct {
	Conditions []string
	Actions    []string
	Needs      []string
}

// Actions and needs a handover holds at most: it is read standing.
const (
	mostActions = 6
	mostNeeds   = 3
)

// HandOver writes the handover of an incident from its record, the triage as it
// stands, what people answered and which hypotheses are open. Every list may be
// empty; nothing in it is made up. Cost: O(findings + hypotheses).
func HandOver(r Record, t analysis.Triage, findings []analysis.Finding, open []hypothesis.Hypothesis) Handover {
	h := Handover{Conditions: conditions(r, t)}
	for i := len(findings) - 1; i >= 0 && len(h.Actions) < mostActions; i-- {
		if f := findings[i]; f.Step != "" && f.Outcome != "" {
			h.Actions = append(h.Actions, fmt.Sprintf("%s: %s", f.Outcome, f.Claim))
		}
	}
	for i := len(r.Moves) - 1; i >= 0 && len(h.Actions) < 2*mostActions; i-- {
		if m := r.Moves[i]; m.Field == "status" && m.Reason != "" {
			h.Actions = append(h.Actions, fmt.Sprintf("%s, because %s", m.To, m.Reason))
		}
	}
	for _, n := range t.Next[:min(mostNeeds, len(t.Next))] {
		h.Needs = append(h.Needs, fmt.Sprintf("%s (%.0f min)", n.Title, n.Minutes))
	}
	for _, o := range open {
		if o.Status == hypothesis.Testing {
			h.Needs = append(h.Needs, "decide: "+o.Text)
		}
	}
	if r.Owner == "" {
		h.Needs = append(h.Needs, "an owner")
	}
	return h
}

func conditions(r Record, t analysis.Triage) []string {
	lines := []string{fmt.Sprintf("%s, %s", r.Status, r.Severity)}
	if q := t.Quality; q != nil && q.Before.Known > 0 && q.After.Known > 0 {
		lines = append(lines, fmt.Sprintf("%s %s, was %s", q.Metric, level(t, q.After), level(t, q.Before)))
	}
	switch {
	case t.Verdict.Outcome == analysis.NoChange:
		lines = append(lines, "no change is seen in the log")
	case t.Accused() == "" && t.Verdict.Outcome != "":
		lines = append(lines, fmt.Sprintf("%s: %s", t.Verdict.Outcome, t.Verdict.Why))
	case t.Verdict.Outcome != "":
		lines = append(lines, fmt.Sprintf("cause %s, %s (%.0f %%): %s", t.Verdict.Cause, t.Verdict.Outcome, 100*t.Verdict.Probability, t.Verdict.Why))
	}
	if slice := t.Guilty(); slice != nil {
		lines = append(lines, fmt.Sprintf("%s carries %.0f %% of the drop", slice.Where, 100*slice.Contribution))
	}
	return lines
}

func level(t analysis.Triage, s analysis.Sum) string {
	if t.Measure.Scale == analysis.Proportion {
		return fmt.Sprintf("%.1f %%", 100*s.Mean())
	}
	return fmt.Sprintf("%.4g", s.Mean())
}
