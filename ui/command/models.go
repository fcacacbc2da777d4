package command

import (
	"context"
	"fmt"
	"io"
	"math"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/ui/display"
)

// Who answered, who of them is good, and who broke?

func modelsCommand(env Env) *cobra.Command {
	var q question
	c := &cobra.Command{
		Use:   "models FILE | SRC...",
		Short: "judge the members of the ensemble and the versions",
		Long: `Compares the members of the ensemble on the same rows: quality with its interval,
what each adds to the vote (its Shapley value), how it agrees with the answer,
with the others and with its own probabilities, and which one broke, since when
and where the members began to disagree. A member is a column vote_<member>
with its choice or its score, or vote_<member>_<class> with its probabilities.`,
		Example: "  andon models plant.andon\n  andon models plant.andon --where 'model=seating line=L2' --json",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				where, err := analysis.ParseWhere(q.where)
				if err != nil {
					return err
				}
				if t.Windows, err = s.compared(c.Context(), t.Windows); err != nil {
					return err
				}
				r, err := s.study(c.Context(), t.Windows, where)
				if err != nil {
					return err
				}
				if q.json {
					return printJSON(env.Out, newModelsAnswer(t, r))
				}
				printModels(env.Out, t, r)
				return nil
			})
		},
	}
	q.flags(c)
	return c
}

// compared are the windows, or the halves of the log where nothing changed.
func (s *session) compared(ctx context.Context, w analysis.Windows) (analysis.Windows, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil || !w.Zero() {
		return w, err
	}
	return analysis.HalfWindows(table.Span()), nil
}

// study judges the members over the windows.
func (s *session) study(ctx context.Context, w analysis.Windows, where analysis.Where) (ensemble.Report, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return ensemble.Report{}, err
	}
	return ensemble.Study(ctx, table, w, where)
}

// printModels writes the report for a person: members, then pairs, then where
// they disagree.
func printModels(w io.Writer, t analysis.Triage, r ensemble.Report) {
	fmt.Fprintf(w, "WINDOWS   before %s to %s, after %s to %s\n", stamp(t.Windows.Before.From), stamp(t.Windows.Before.To),
		stamp(t.Windows.After.From), stamp(t.Windows.After.To))
	for i, m := range r.Members {
		s := r.Standings[i]
		fmt.Fprintf(w, "%-10s%s  %s: %s -> %s%s\n", heading(i, "MEMBERS"), display.Pad(display.Escape(m.Name), 10), s.State,
			mean(t.Measure, m.Before), mean(t.Measure, m.After), since(s))
		fmt.Fprintf(w, "%10s%12sgives the answer %s -> %s%s%s\n", "", "", share(t.Measure, m.Agree[0]), share(t.Measure, m.Agree[1]),
			value(t.Measure, s), calibration(s))
	}
	for i, p := range r.Pairs {
		fmt.Fprintf(w, "%-10s%s and %s differ in %s -> %s%s\n", heading(i, "PAIRS"), display.Escape(r.Members[p.A].Name), display.Escape(r.Members[p.B].Name),
			share(t.Measure, p.Differ[0]), share(t.Measure, p.Differ[1]), bothWrong(p))
	}
	for i, d := range r.Slices[:min(4, len(r.Slices))] {
		if !(d.Interval.Lo > 0) {
			break
		}
		fmt.Fprintf(w, "%-10s%s: votes differ in %s -> %s, %s of the growth\n", heading(i, "DISAGREE"), display.Escape(d.Where.String()),
			display.Percent(d.Before.Mean()), display.Percent(d.After.Mean()), display.Percent(d.Share))
	}
	for i, v := range r.Versions {
		fmt.Fprintf(w, "%-10s%s  %s -> %s of rows, %s -> %s\n", heading(i, "VERSIONS"), display.Pad(display.Escape(versionOf(v)), 10),
			display.Percent(v.Share[0]), display.Percent(v.Share[1]), mean(t.Measure, v.Before), mean(t.Measure, v.After))
	}
	for i, warning := range r.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(warning))
	}
}

func versionOf(v analysis.Version) string {
	if v.Where.Op == analysis.Missing {
		return "(none)"
	}
	return v.Where.Value
}

// since is the moment a member broke, "" where it did not.
func since(s ensemble.Standing) string {
	text := ""
	if !math.IsNaN(s.Apart.Delta) {
		text = fmt.Sprintf(", against the others %+.1f (95 %% %+.1f to %+.1f)", 100*s.Apart.Delta, 100*s.Apart.Interval.Lo, 100*s.Apart.Interval.Hi)
	}
	if s.Since != nil {
		text += ", since " + stamp(s.Since.Onset)
	}
	return text
}

// share is a level that is no quality: how often, or how far.
func share(m analysis.Measure, s analysis.Sum) string {
	if s.Known == 0 {
		return "unknown"
	}
	return level(m, s.Mean())
}

// value is what a member adds to the vote.
func value(m analysis.Measure, s ensemble.Standing) string {
	if s.Value[0].Known == 0 || s.Value[1].Known == 0 {
		return ""
	}
	return fmt.Sprintf(", worth %s -> %s", change(m, s.Value[0].Mean()), change(m, s.Value[1].Mean()))
}

func calibration(s ensemble.Standing) string {
	if math.IsNaN(s.Calibration[0]) || math.IsNaN(s.Calibration[1]) {
		return ""
	}
	return fmt.Sprintf(", calibration off by %.1f -> %.1f", 100*s.Calibration[0], 100*s.Calibration[1])
}

func bothWrong(p ensemble.Pair) string {
	if p.Wrong[0].Known == 0 || p.Wrong[1].Known == 0 {
		return ""
	}
	return fmt.Sprintf(", both wrong in %s -> %s", display.Percent(p.Wrong[0].Mean()), display.Percent(p.Wrong[1].Mean()))
}
