package report

import (
	"fmt"
	"path"
	"strings"

	"andon/analysis"
	"andon/ui/display"
)

// background is what the report rests on. Sources are named without the
// directories they lay in, which are nobody's business; the digest says which
// file it was.
func (r Report) background() Section {
	s := Section{Title: "Background"}
	rows := int64(0)
	table := &Table{Head: []string{"source", "kind", "rows", "rejected", "SHA-256"}}
	for _, src := range r.Sources {
		rows += src.Rows
		table.Rows = append(table.Rows, []string{fileName(src.Path), string(src.Kind), string(display.Count(src.Rows)), string(display.Count(src.Rejected)), src.Hash[:min(12, len(src.Hash))]})
	}
	read := fmt.Sprintf("%s of %s", count(rows, "record"), count(int64(len(r.Sources)), "source"))
	s.Lead = []string{"This report rests on " + read + "." + r.cite("records", read)}
	if m := r.Triage.Measure; m.Metric != "" {
		says := fmt.Sprintf("%s, known for %s", words(m.Metric), count(int64(m.Known), "row"))
		if !m.Realised() {
			says += " by estimate, not by label"
		}
		s.Lead = append(s.Lead, "Quality is "+says+"."+r.cite("measure", says))
	}
	s.Points = append(s.Points, r.Triage.Warnings...)
	if len(table.Rows) > 0 {
		s.Table = table
	}
	return s
}

// fileName is the last part of a path of any system.
func fileName(p string) string {
	if p == "" {
		return "told by hand"
	}
	return path.Base(strings.ReplaceAll(p, `\`, "/"))
}

func (r Report) condition() Section {
	t := r.Triage
	s := Section{Title: "Current condition", Plot: newPlot(r)}
	if q := t.Quality; q != nil {
		s.Lead = []string{fmt.Sprintf("%s went from %s (%s) to %s (%s): %s, 95 %% interval %s to %s.%s",
			capital(words(q.Metric)), r.level(q.Before.Mean()), r.span(t.Windows.Before), r.level(q.After.Mean()), r.span(t.Windows.After),
			r.step(q.Delta), r.step(q.Interval.Lo), r.step(q.Interval.Hi), r.citeQuality())}
	} else {
		s.Lead = []string{capital(t.Verdict.Why) + "."}
	}
	if len(t.Slices) > 0 {
		s.Table = &Table{Head: []string{"slice", "rows before → after", "quality before → after", "share of the drop", "beyond chance", ""}}
		for _, sl := range t.Slices[:min(4, len(t.Slices))] {
			s.Table.Rows = append(s.Table.Rows, []string{sl.Where.String(),
				percent(sl.Support[0]) + " → " + percent(sl.Support[1]),
				r.mean(sl.Before) + " → " + r.mean(sl.After), percent(sl.Contribution), yesNo(sl.Accepted), strings.TrimSpace(r.citeSlice(sl))})
		}
	}
	if a := t.Account; a != nil {
		parts := fmt.Sprintf("%s is known inputs in other proportions, %s inputs never seen before, %s the same inputs answered worse (by %s)",
			r.step(a.Mix), r.step(a.New), r.step(a.Within), strings.Join(a.By, ", "))
		s.Points = append(s.Points, fmt.Sprintf("Of the change of %s: %s.%s", r.step(a.Delta), parts, r.cite("account", parts)))
	}
	for i, sig := range t.Signals {
		if i == 5 || !sig.Changed {
			break
		}
		s.Points = append(s.Points, sig.Column+": "+sig.Why+r.cite("signal "+sig.Column, sig.Why))
	}
	return s
}

func (r Report) citeQuality() string {
	q := r.Triage.Quality
	return r.cite("quality", fmt.Sprintf("%s %s to %s, %s, 95 %% %s to %s, labelled %d and %d", q.Metric, r.level(q.Before.Mean()), r.level(q.After.Mean()),
		r.step(q.Delta), r.step(q.Interval.Lo), r.step(q.Interval.Hi), q.Labelled[0], q.Labelled[1]))
}

func (r Report) citeSlice(s analysis.SliceScore) string {
	return r.cite("slice "+s.Where.String(), fmt.Sprintf("%s to %s, %s of the drop", r.mean(s.Before), r.mean(s.After), percent(s.Contribution)))
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
	level := fmt.Sprintf("%s of %s %s", words(t.Quality.Metric), side, r.level(goal))
	lead := fmt.Sprintf("The objective is %s.", level)
	if proposed {
		lead = fmt.Sprintf("No objective is set. Proposed: %s, the 95 %% bound of the window before.", level)
	}
	return Section{Title: "Goal", Lead: []string{lead + r.cite("goal", level)}}
}
