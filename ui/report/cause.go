package report

import (
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
	"andon/analysis/rootcause"
	"andon/ui/display"
)

// The page gives the leading cause three lines of the ledger for and against,
// and a rival that still counts one; the rest only their probability.
const (
	rival      = .05
	mostLines  = 3
	fewestRest = .005
)

func (r Report) rootCause() Section {
	t := r.Triage
	s := Section{Title: "Root cause", Lead: []string{r.verdict() + r.citeVerdict()}}
	if len(t.Causes) == 0 {
		return s
	}
	s.Table = &Table{Head: []string{"cause", "probability", "for", "against", "not tested"}}
	var rest []string
	for i, c := range t.Causes {
		switch {
		case i == 0:
			s.Table.Rows = append(s.Table.Rows, causeRow(c, mostLines))
		case i == 1 || c.Probability >= rival:
			s.Table.Rows = append(s.Table.Rows, causeRow(c, 1))
		default:
			rest = append(rest, string(c.Cause)+" "+chance(c.Probability))
		}
	}
	if len(rest) > 0 {
		s.Points = append(s.Points, "The others: "+strings.Join(rest, ", ")+".")
	}
	for i, m := range t.Events[:min(3, len(t.Events))] {
		title := "no logged event"
		if m.Event != nil {
			title = fmt.Sprintf("%s (%s, %s)", m.Event.Title, m.Event.Kind, r.at(m.Event.Time))
		}
		if i > 0 && m.Probability < fewestRest {
			break
		}
		s.Points = append(s.Points, fmt.Sprintf("%s: %s. %s%s", chance(m.Probability), title, capital(m.Why), r.citeEvent(m)))
	}
	for _, f := range r.Findings {
		if !r.proves(f) {
			s.Points = append(s.Points, r.finding(f))
		}
	}
	return s
}

// proves reports whether a finding stands with its countermeasure.
func (r Report) proves(f analysis.Finding) bool {
	return slices.ContainsFunc(r.Taken, func(c analysis.Taken) bool { return c.Finding == f.ID && f.ID > 0 })
}

// chance is a probability as text.
func chance(p float64) string { return string(display.Chance(p)) }

func causeRow(c analysis.CauseScore, lines int) []string {
	return []string{string(c.Cause), chance(c.Probability), some(c.For, lines), some(c.Against, lines), some(c.Untested, lines)}
}

// some joins the first lines of a ledger column.
func some(lines []string, most int) string {
	return strings.Join(lines[:min(most, len(lines))], "; ")
}

// finding is what was checked, by whom it can be checked again: what a query
// answered carries its evidence, what a person saw does not.
func (r Report) finding(f analysis.Finding) string {
	says := fmt.Sprintf("Checked %s: %s. Answer: %s. %s", r.at(f.Time), f.Claim, f.Outcome, f.Result)
	return strings.TrimSpace(says) + r.citeFinding(f)
}

func (r Report) citeFinding(f analysis.Finding) string {
	if f.Query == "" {
		return ""
	}
	return r.cite(FindingFigure(f.ID), FindingResult(f))
}

func (r Report) citeEvent(m analysis.EventMatch) string {
	if m.Event == nil {
		return r.cite("no event", chance(m.Probability))
	}
	return r.cite("event "+stamp(m.Event.Time)+" "+m.Event.Title, chance(m.Probability))
}

// whys is the chain from the fall to what let it happen, as far as it is known.
func (r Report) whys() Section {
	chain := rootcause.Whys(r.Triage, r.Findings, r.Hypotheses)
	if len(chain) == 0 {
		return Section{}
	}
	s := Section{Title: "Five whys", Table: &Table{Head: []string{"why", "because", "evidence"}}}
	for _, w := range chain {
		answer := w.Answer
		if !w.Told() {
			answer = "open"
		}
		s.Table.Rows = append(s.Table.Rows, []string{w.Question, answer, w.Evidence})
	}
	return s
}

// fishbone is the six bones with what was found on each.
func (r Report) fishbone() Section {
	if len(r.Triage.Causes) == 0 {
		return Section{}
	}
	s := Section{Title: "Fishbone", Table: &Table{Head: []string{"bone", "speaks for it", "speaks against it", "open"}}}
	for _, b := range rootcause.Fishbone(r.Triage, analysis.Checklist(), r.Findings) {
		said := map[rootcause.State][]string{}
		for _, item := range b.Items {
			said[item.State] = append(said[item.State], item.Text)
		}
		s.Table.Rows = append(s.Table.Rows, []string{b.Category, some(said[rootcause.Found], 1), some(said[rootcause.Cleared], 1), fmt.Sprint(b.Open)})
	}
	return s
}
