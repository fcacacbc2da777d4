package command

import (
	"fmt"
	"io"

	"andon/analysis"
	"andon/analysis/noninferiority"
	"andon/ui/display"
)

// printTrial writes a verification for a person: the answer first, then what it
// rests on.
func printTrial(w io.Writer, m analysis.Measure, t noninferiority.Trial, fix noninferiority.Fix) {
	fmt.Fprintf(w, "VERDICT   %s: %s\n", t.Verdict, display.Escape(t.Why))
	fmt.Fprintf(w, "WINDOWS   before %s to %s, verify %s to %s\n", stamp(fix.Before.From), stamp(fix.Before.To), stamp(fix.Verify.From), stamp(fix.Verify.To))
	fmt.Fprintf(w, "MARGIN    %s worse still counts as restored", trimmed(change(m, t.Margin)))
	if t.Inflation > 1.05 {
		fmt.Fprintf(w, "; %.1f rows tell as much as one, they resemble their neighbours", t.Inflation)
	}
	fmt.Fprintln(w)
	printAnswer(w, m, "ALL ROWS", "", t.Whole)
	if t.Guilty != nil {
		printAnswer(w, m, "DROPPED", t.Guilty.Where.String(), t.Guilty.Answer)
	}
	for i, p := range t.Parts {
		printAnswer(w, m, heading(i, "BESIDE"), p.Where.String(), p.Answer)
	}
	if t.Verdict == noninferiority.Undecided {
		printLacking(w, t)
	}
	for i, warning := range t.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(warning))
	}
}

// trimmed is a change without its sign.
func trimmed(change string) string {
	if change != "" && change[0] == '+' {
		return change[1:]
	}
	return change
}

func printAnswer(w io.Writer, m analysis.Measure, name, where string, a noninferiority.Answer) {
	if where != "" {
		where = string(display.Escape(where)) + " "
	}
	fmt.Fprintf(w, "%-10s%s%s -> %s", name, where, mean(m, a.Before), mean(m, a.Verify))
	if a.Before.Known > 0 && a.Verify.Known > 0 {
		fmt.Fprintf(w, " (%s, 95 %% %s to %s)", change(m, a.Difference), change(m, a.Interval.Lo), change(m, a.Interval.Hi))
	}
	fmt.Fprintf(w, " %s; labelled %s and %s, power %s\n", a.Verdict, thousands(int64(a.Before.Known)), thousands(int64(a.Verify.Known)), display.Percent(a.Power))
}

func printLacking(w io.Writer, t noninferiority.Trial) {
	switch {
	case t.More > 0:
		fmt.Fprintf(w, "NEEDED    about %s more in the verify window to know with a chance of 80 %%\n", plural(int64(t.More), "label"))
	case t.More < 0:
		fmt.Fprintln(w, "NEEDED    more labels before the drop, since with those there are no number after the fix is enough: verify a whole day, or give a wider --margin")
	}
}

// printTaken lists the countermeasures.
func printTaken(w io.Writer, taken []analysis.Taken) {
	for _, c := range taken {
		state := map[analysis.Outcome]string{analysis.Yes: "✓ verified", analysis.No: "✗ did not hold", analysis.Unclear: "! too few labels"}[c.Outcome]
		if state == "" {
			state = "· not verified yet"
		}
		fmt.Fprintf(w, "%d  %s  %s  %s", c.ID, stamp(c.Taken), state, display.Escape(c.Do))
		if c.Cause != "" {
			fmt.Fprintf(w, " (against %s)", display.Escape(string(c.Cause)))
		}
		if c.Finding > 0 {
			fmt.Fprintf(w, ", finding %d", c.Finding)
		}
		fmt.Fprintln(w)
	}
	if why := analysis.WhyClose(taken); why != "" {
		fmt.Fprintf(w, "open: %s\n", display.Escape(why))
	}
}
