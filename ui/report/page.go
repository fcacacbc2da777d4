package report

import (
	"fmt"
	"strings"
	"time"

	"andon/analysis"
)

// NewPage lays the report out in the order of an A3: background, current
// condition and its impact, goal, root cause with the hypotheses, countermeasures, follow-up,
// timeline, notes, and what every figure rests on.
func NewPage(r Report) Page {
	if r.Zone == nil {
		r.Zone = time.UTC
	}
	r.basis = &Basis{Schema: Schema, File: r.File, Where: r.Where.String(), Windows: r.Given, Evidence: []Evidence{}}
	p := Page{Title: r.title(), Verdict: r.verdict(), Facts: r.facts(), SmallPaper: r.SmallPaper}
	for _, section := range []func() Section{r.background, r.condition, r.impact, r.goal, r.rootCause, r.hypotheses, r.whys, r.fishbone, r.frames,
		r.countermeasures, r.taken, r.followUp, r.timeline, r.notes, r.evidence} {
		if s := section(); s.Title != "" {
			p.Sections = append(p.Sections, s)
		}
	}
	p.Foot = fmt.Sprintf("Written by Andon from %s on %s. Times are %s.", r.File, r.at(r.Written), r.zoneName())
	p.Basis = *r.basis
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
	if r.Record != nil {
		return r.Record.Title
	}
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
		return fmt.Sprintf("Inconclusive: %s. Leading cause so far: %s (%s).", v.Why, v.Cause, chance(v.Probability))
	}
	return fmt.Sprintf("%s: %s (%s). %s.", capital(string(v.Outcome)), v.Cause, chance(v.Probability), capital(v.Why))
}

// citeVerdict is the mark of the verdict's evidence, with every cause that
// counts.
func (r Report) citeVerdict() string {
	v := r.Triage.Verdict
	result := fmt.Sprintf("%s: %s %s", v.Outcome, v.Cause, chance(v.Probability))
	for _, c := range r.Triage.Causes {
		if c.Cause != v.Cause && c.Probability >= fewestRest {
			result += fmt.Sprintf(", %s %s", c.Cause, chance(c.Probability))
		}
	}
	return r.cite("verdict", result)
}

func (r Report) facts() []Fact {
	t := r.Triage
	facts := append(r.recordFacts(), Fact{"Verdict", strings.TrimSpace(fmt.Sprintf("%s %s", t.Verdict.Outcome, t.Accused())) + r.citeVerdict()})
	if q := t.Quality; q != nil {
		facts = append(facts, Fact{capital(words(q.Metric)), fmt.Sprintf("%s → %s (%s)%s", r.level(q.Before.Mean()), r.level(q.After.Mean()), r.step(q.Delta), r.citeQuality())})
	}
	if t.Onset != nil {
		facts = append(facts, Fact{"Onset", fmt.Sprintf("%s (between %s and %s)%s", r.at(t.Onset.Onset), r.at(t.Onset.Earliest), r.at(t.Onset.Latest),
			r.cite("onset", fmt.Sprintf("%s, %s to %s", stamp(t.Onset.Onset), stamp(t.Onset.Earliest), stamp(t.Onset.Latest))))})
	}
	if slice := t.Guilty(); slice != nil {
		facts = append(facts, Fact{"Where", fmt.Sprintf("%s, %s of the drop%s", slice.Where, percent(slice.Contribution), r.citeSlice(*slice))})
	}
	if len(t.Events) > 0 && t.Events[0].Event != nil {
		e := t.Events[0]
		facts = append(facts, Fact{"Change event", fmt.Sprintf("%s, %s (%s)%s", e.Event.Title, r.at(e.Event.Time), chance(e.Probability), r.citeEvent(e))})
	}
	return facts
}

// stamp is a time as evidence keeps it, whatever zone the page is in.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
