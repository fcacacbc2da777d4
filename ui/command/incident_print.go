package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"andon/analysis/incident"
	"andon/store"
	"andon/ui/display"
	"andon/ui/report"
)

// What an incident looks like outside: its record, its handover, its like.

func (s *session) printHandover(ctx context.Context, r incident.Record, asJSON bool) error {
	t, hypotheses, err := s.weighed(ctx)
	if err != nil {
		return err
	}
	findings, err := s.file.Findings(ctx)
	if err != nil {
		return input(err)
	}
	h := incident.HandOver(r, t, findings, hypotheses)
	if asJSON {
		list := func(lines []string) []string { return append([]string{}, lines...) }
		return printJSON(s.env.Out, map[string]any{"schema": report.Schema, "incident": r.ID,
			"conditions": list(h.Conditions), "actions": list(h.Actions), "needs": list(h.Needs)})
	}
	fmt.Fprintf(s.env.Out, "HANDOVER  %s, %s\n", display.Escape(r.Title), stamp(s.env.Now()))
	for _, part := range []struct {
		name  string
		lines []string
	}{{"CONDITIONS", h.Conditions}, {"ACTIONS", h.Actions}, {"NEEDS", h.Needs}} {
		for i, line := range part.lines {
			fmt.Fprintf(s.env.Out, "%-11s %s\n", heading(i, part.name), display.Escape(line))
		}
	}
	return nil
}

// Alike looks for incidents like one in the files beside this one.
func (s *session) Alike(ctx context.Context, id int64) ([]incident.Likeness, []string, error) {
	all, err := s.file.Incidents(ctx)
	if err != nil {
		return nil, nil, err
	}
	r, err := pick(all, id)
	if err != nil {
		return nil, nil, err
	}
	paths, err := filepath.Glob(filepath.Join(filepath.Dir(s.file.Path()), "*.andon"))
	if err != nil {
		return nil, nil, err
	}
	past, warnings := s.pastIncidents(ctx, r, paths)
	return incident.Alike(r, past), warnings, nil
}

// printAlike looks through the incident files of a directory. One that cannot
// be read is a warning, not an error: it may be somebody else's.
func (s *session) printAlike(ctx context.Context, r incident.Record, flags incidentFlags) error {
	paths, err := filepath.Glob(filepath.Join(flags.like, "*.andon"))
	if err != nil {
		return usage("--like %q: %w", flags.like, err)
	}
	past, warnings := s.pastIncidents(ctx, r, paths)
	found := incident.Alike(r, past)
	if flags.json {
		return printJSON(s.env.Out, map[string]any{"schema": report.Schema, "alike": newLikenesses(found), "files": len(paths), "warnings": append([]string{}, warnings...)})
	}
	for i, l := range found {
		fmt.Fprintf(s.env.Out, "%-10s%s %s\n", heading(i, "ALIKE"), display.Percent(l.Score), display.Escape(l.Sentence()))
	}
	if len(found) == 0 {
		fmt.Fprintf(s.env.Out, "no incident like it in %s\n", plural(int64(len(paths)), "file"))
	}
	printWarnings(s.env.Out, warnings)
	return nil
}

// pastIncidents are the records of other files, and the other records of this
// one.
func (s *session) pastIncidents(ctx context.Context, r incident.Record, paths []string) (past []incident.Past, warnings []string) {
	for _, path := range paths {
		file, err := store.OpenForeign(ctx, path)
		if err != nil {
			warnings = append(warnings, fmt.Sprintf("%s is left out: %v", path, err))
			continue
		}
		records, err := file.Incidents(ctx)
		file.Close()
		if err != nil {
			warnings = append(warnings, fmt.Sprintf("%s is left out: %v", path, err))
		}
		for _, other := range records {
			if !(other.ID == r.ID && other.Created.Equal(r.Created) && other.Title == r.Title) {
				past = append(past, incident.Past{Record: other, File: filepath.Base(path)})
			}
		}
	}
	return past, warnings
}

// printRecords writes the incidents, the last one opened first.
func printRecords(w io.Writer, all []incident.Record) {
	if len(all) == 0 {
		fmt.Fprintln(w, "no incident is on record; begin one with: andon incident FILE --open TITLE")
	}
	for _, r := range slices.Backward(all) {
		fmt.Fprintf(w, "%d  %s  %s, %s\n", r.ID, display.Escape(r.Title), r.Status, display.Escape(r.Severity))
		for _, field := range []string{"owner", "onset", "detected", "mitigated", "resolved", "people", "links", "tags"} {
			if value := r.Get(field); value != "" {
				fmt.Fprintf(w, "   %-9s %s\n", field, display.Escape(value))
			}
		}
		for i, span := range r.Spans() {
			fmt.Fprintf(w, "   %-9s %s %s\n", heading(i, "spans"), display.Duration(span.Length), span.Name)
		}
		for i, m := range r.Moves {
			fmt.Fprintf(w, "   %-9s %s %s: %s → %s, %s", heading(i, "moves"), stamp(m.Time), m.Field, display.Escape(cmp.Or(m.From, "-")), display.Escape(cmp.Or(m.To, "-")), display.Escape(m.Author))
			if m.Reason != "" {
				fmt.Fprintf(w, ": %s", display.Escape(m.Reason))
			}
			fmt.Fprintln(w)
		}
	}
}
