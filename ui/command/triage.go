package command

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/report"
)

// question are the flags that verbs of analysis share.
type question struct {
	where  string
	before string
	after  string
	json   bool
	live   bool
	roles  []string
}

func (q *question) flags(c *cobra.Command) {
	q.windowFlags(c)
	c.Flags().BoolVar(&q.json, "json", false, "print one JSON object and nothing else")
}

// windowFlags are those that say what is asked, without how it is answered.
func (q *question) windowFlags(c *cobra.Command) {
	c.Flags().StringVar(&q.where, "where", "", "only these rows, such as `'line=L2 confidence<0.5'`")
	c.Flags().StringVar(&q.before, "before", "", "the reference window, `FROM..TO`; proposed if not given")
	c.Flags().StringVar(&q.after, "after", "", "the analysis window, `FROM..TO`; proposed if not given")
	c.Flags().BoolVar(&q.live, "live", false, "ask the fleet behind the file what the file does not hold")
	roleFlag(c, &q.roles)
}

// parse reads windows and filter.
func (q *question) parse() (w analysis.Windows, where analysis.Where, err error) {
	if where, err = analysis.ParseWhere(q.where); err != nil {
		return w, where, usage("--where: %w", err)
	}
	if (q.before == "") != (q.after == "") {
		return w, where, usage("--before and --after go together: give both windows or neither")
	}
	if q.before == "" {
		return w, where, nil
	}
	if w.Before, err = parseWindow(q.before); err != nil {
		return w, where, usage("--before: %w", err)
	}
	if w.After, err = parseWindow(q.after); err != nil {
		return w, where, usage("--after: %w", err)
	}
	return w, where, nil
}

// ask opens the target and investigates it, then hands both to show.
func (q *question) ask(ctx context.Context, env Env, args []string, show func(*session, analysis.Triage) error) error {
	w, where, err := q.parse()
	if err != nil {
		return err
	}
	target, err := openTarget(ctx, env, args, q.roles)
	if err != nil {
		return err
	}
	defer target.done()
	if q.live && target.live == nil {
		stop, err := target.goLive(ctx)
		if err != nil {
			return err
		}
		defer stop()
	}
	t, err := target.triage(ctx, w, where)
	if err != nil {
		return err
	}
	return show(target.session, t)
}

func triageCommand(env Env) *cobra.Command {
	var q question
	var explain bool
	c := &cobra.Command{
		Use:   "triage FILE | SRC...",
		Short: "say when quality changed, where, and what is to blame",
		Long: `Finds the change, compares the window before with the window after, and prints
onset, windows, account of the drop, slices, signals, events, verdict and the
next tests. Exits with 0 whatever it finds.`,
		Example: "  andon triage plant.andon\n  andon triage logs/ --json",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				p, err := s.problem(c.Context(), t, nil)
				if err != nil {
					return err
				}
				if q.json {
					return printJSON(env.Out, triageJSON{report.NewTriage(t), report.NewHypotheses(p.Hypotheses), newControls(t, p.Controls)})
				}
				printTriage(env.Out, t, explain)
				printShort(env.Out, p.Hypotheses)
				printControls(env.Out, t, p.Controls)
				if explain {
					return printQueries(c.Context(), env.Out, s)
				}
				return nil
			})
		},
	}
	q.flags(c)
	c.Flags().BoolVar(&explain, "explain", false, "print the whole ledger: every piece of evidence and its weight")
	return c
}

// triageJSON is the contract of a triage with what may have happened and what
// should not have moved.
type triageJSON struct {
	report.Triage
	Hypotheses []report.Hypothesis `json:"hypotheses"`
	Controls   []controlJSON       `json:"controls"`
}

// printTriage writes the triage for a person, in the order of the questions:
// what, when, where, why, what next.
func printTriage(w io.Writer, t analysis.Triage, explain bool) {
	printVerdict(w, t)
	if q := t.Quality; q != nil {
		fmt.Fprintf(w, "QUALITY   %s %s -> %s (%s, 95 %% %s to %s), labelled %s and %s\n", q.Metric,
			mean(t.Measure, q.Before), mean(t.Measure, q.After), change(t.Measure, q.Delta),
			change(t.Measure, q.Interval.Lo), change(t.Measure, q.Interval.Hi),
			thousands(int64(q.Labelled[0])), thousands(int64(q.Labelled[1])))
	}
	if t.Onset != nil {
		fmt.Fprintf(w, "ONSET     %s (90 %%: %s to %s)\n", stamp(t.Onset.Onset), stamp(t.Onset.Earliest), stamp(t.Onset.Latest))
	}
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
		return fmt.Sprintf("%+.1f", 100*v)
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
