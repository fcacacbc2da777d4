package command

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/ui/display"
)

// printTriage writes the triage for a person, in the order of the questions:
// what, when, where, why, what next.
func printTriage(w io.Writer, t analysis.Triage, explain bool) {
	printVerdict(w, t)
	if q := t.Quality; q != nil {
		printQuality(w, t.Measure, *q)
	}
	if t.Onset != nil {
		fmt.Fprintf(w, "ONSET     %s (90 %%: %s to %s)\n", stamp(t.Onset.Onset), stamp(t.Onset.Earliest), stamp(t.Onset.Latest))
	}
	printChanges(w, t)
	if !t.Windows.Zero() {
		fmt.Fprintf(w, "WINDOWS   before %s to %s, after %s to %s\n", stamp(t.Windows.Before.From), stamp(t.Windows.Before.To),
			stamp(t.Windows.After.From), stamp(t.Windows.After.To))
	}
	if a := t.Account; a != nil {
		fmt.Fprintf(w, "ACCOUNT   mix %s, new %s, within %s (by %s)\n", change(t.Measure, a.Mix), change(t.Measure, a.New),
			change(t.Measure, a.Within), display.Escape(strings.Join(a.By, ", ")))
	}
	printSlices(w, t)
	printSignals(w, t.Signals, 6)
	printEvents(w, t.Events)
	for i, n := range t.Next[:min(5, len(t.Next))] {
		fmt.Fprintf(w, "%-10s%s (%.0f min, %.2f bit)\n", heading(i, "NEXT"), display.Escape(n.Title), n.Minutes, n.Information)
	}
	for i, c := range t.Causes {
		if explain || c.Probability >= .01 {
			fmt.Fprintf(w, "%-10s%-9s %s\n", heading(i, "CAUSES"), c.Cause, display.Percent(c.Probability))
		}
	}
	if explain {
		printLedger(w, t.Ledger)
	}
	for i, warning := range t.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(warning))
	}
}

// printQuality writes both levels, what lies between them, and how many labels
// they rest on, where they rest on labels.
func printQuality(w io.Writer, m analysis.Measure, q analysis.Quality) {
	fmt.Fprintf(w, "QUALITY   %s %s -> %s (%s, 95 %%: %s to %s)", display.Escape(q.Metric), mean(m, q.Before), mean(m, q.After),
		change(m, q.Delta), change(m, q.Interval.Lo), change(m, q.Interval.Hi))
	if q.Labelled[0]+q.Labelled[1] > 0 {
		fmt.Fprintf(w, " of %s and %s labelled rows", thousands(int64(q.Labelled[0])), thousands(int64(q.Labelled[1])))
	}
	fmt.Fprintln(w)
}

// mostChanges is how many changes are told beside the one the incident is.
const mostChanges = 8

// printChanges writes the other changes of the log, where there are any: not
// the one whose onset was told, which was placed there by finer buckets.
func printChanges(w io.Writer, t analysis.Triage) {
	others := slices.Clone(t.Changes)
	if t.Onset != nil && len(others) > 0 {
		away := func(c analysis.Change) time.Duration { return c.Onset.Sub(t.Onset.Onset).Abs() }
		told := slices.MinFunc(others, func(a, b analysis.Change) int { return cmp.Compare(away(a), away(b)) })
		others = slices.DeleteFunc(others, func(c analysis.Change) bool { return c == told })
	}
	for i, c := range others[:min(mostChanges, len(others))] {
		fmt.Fprintf(w, "%-10s%s  %s -> %s\n", heading(i, "CHANGES"), stamp(c.Onset), level(t.Measure, c.Before), level(t.Measure, c.After))
	}
	if more := len(others) - mostChanges; more > 0 {
		fmt.Fprintf(w, "%10sand %d more\n", "", more)
	}
}

// heading is the name on the first line of a list and blank on the others.
func heading(i int, name string) string {
	if i == 0 {
		return name
	}
	return ""
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04Z") }

func level(m analysis.Measure, v float64) string {
	if m.Scale == analysis.Proportion {
		return fmt.Sprintf("%.1f %%", 100*v)
	}
	return fmt.Sprintf("%.4g", v)
}

// mean is the level of a sum; of no known row there is none.
func mean(m analysis.Measure, s analysis.Sum) string {
	if s.Known == 0 {
		return "unknown"
	}
	return level(m, s.Mean())
}

func change(m analysis.Measure, v float64) string {
	if m.Scale == analysis.Proportion {
		return fmt.Sprintf("%+.1f pt", 100*v)
	}
	return fmt.Sprintf("%+.4g", v)
}

func printEvents(w io.Writer, events []analysis.EventMatch) {
	for i, m := range events[:min(4, len(events))] {
		title := "no logged event explains this"
		if m.Event != nil {
			title = fmt.Sprintf("%s %s: %s", stamp(m.Event.Time), m.Event.Kind, m.Event.Title)
		}
		fmt.Fprintf(w, "%-10s%s  %s\n", heading(i, "EVENTS"), display.Percent(m.Probability), display.Escape(title))
	}
}

// printLedger writes each piece of evidence with its weight for each cause, in
// natural-log units against the average cause.
func printLedger(w io.Writer, ledger []analysis.Evidence) {
	fmt.Fprintf(w, "%-10s", "LEDGER")
	for _, c := range analysis.Causes {
		fmt.Fprintf(w, "%9s", c)
	}
	fmt.Fprintln(w)
	for _, e := range ledger {
		fmt.Fprintf(w, "%10s", "")
		for _, c := range analysis.Causes {
			if !e.Tested {
				fmt.Fprintf(w, "%9s", "-")
				continue
			}
			fmt.Fprintf(w, "%+9.2f", e.Weight[c])
		}
		fmt.Fprintf(w, "  %s: %s\n", e.ID, display.Escape(e.Saw))
	}
}
