package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/analysis/fleet"
	"andon/analysis/stage"
	"andon/analysis/version"
	"andon/ui/display"
)

// Who answered, who of them is good, and who broke?

func modelsCommand(env Env) *cobra.Command {
	var q question
	var compare string
	c := &cobra.Command{
		Use:   "models FILE | SRC...",
		Short: "judge the members of the ensemble and the versions",
		Long: `Compares the members of the ensemble on the same rows: quality with its
interval, what each adds to the vote (its Shapley value), how it agrees with the
answer, with the others and with its own probabilities, and which one broke,
since when and where the members began to disagree. A member is a column vote_<member>
with its choice or its score, or vote_<member>_<class> with its probabilities.

Versions are followed from their first row on; each is compared with the one
before on the same traffic, cells of time and of the columns over which the two
are spread unevenly, and by a difference in differences where it came in stages.
Where two never met the same traffic the answer is "confounded". Columns named
stage_<name>, or nested under "stages", are a chain such as detector, classifier
and rule: each wrong answer is put down to the first that was wrong. A log of
several models or plants lists each; --where picks one, --compare two of any
column.

JSON: schema, metric, windows, members (name, state, quality, change,
gives_answer, value, calibration_error, against_others, strayed, since), pairs
(a, b, differ, both_wrong, differ_over_time), equal_vote_gives_answer,
disagreement (step_seconds, points), disagreement_by_slice, versions (value,
first, last, rows, first_at, took_over_in_hours, event, share, quality),
comparisons (a, b, crude, same_traffic, p, cells, known, by, confounded_with,
shared, warnings), rollouts (version, by, treated, control, effect,
parallel_before), versions_by_slice, units, stages, warnings. What has a before
and an after has both, each with mean, interval, known and rows.`,
		Example: "  andon models plant.andon\n  andon models plant.andon --where 'model=seating line=L2' --json\n  andon models plant.andon --compare model_version=3.4.1,3.5.0",
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
				m, err := s.models(c.Context(), t, where)
				if err != nil {
					return err
				}
				if compare != "" {
					if m.versions.Comparisons, err = s.compareTwo(c.Context(), compare, where); err != nil {
						return err
					}
				}
				if q.json {
					return printJSON(env.Out, newModelsAnswer(t, m))
				}
				printModels(env.Out, t, m)
				return nil
			})
		},
	}
	q.flags(c)
	c.Flags().StringVar(&compare, "compare", "", "two values on the same traffic, such as `plant=Graz,Linz`")
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

// answerers is all that can be said of who answered.
type answerers struct {
	members  ensemble.Report
	versions version.Report
	units    []fleet.Unit
	stages   []stage.Stage
}

// models judges members, versions and units over the triage's windows.
func (s *session) models(ctx context.Context, t analysis.Triage, where analysis.Where) (m answerers, err error) {
	if m.members, err = s.Members(ctx, t.Windows, where); err != nil {
		return m, err
	}
	if m.versions, err = s.Versions(ctx, t.Windows, where); err != nil {
		return m, err
	}
	if m.units, err = s.Units(ctx, t.Windows, where); err != nil {
		return m, err
	}
	m.stages, err = s.Stages(ctx, t.Windows, where)
	return m, err
}

// compareTwo puts two values of a column on the same traffic.
func (s *session) compareTwo(ctx context.Context, text string, where analysis.Where) ([]version.Comparison, error) {
	column, values, ok := strings.Cut(text, "=")
	a, b, two := strings.Cut(values, ",")
	if !ok || !two || a == "" || b == "" {
		return nil, usage("--compare %q: write a column and two of its values, such as plant=Graz,Linz", text)
	}
	c, err := s.Compare(ctx, column, a, b, where)
	if err != nil {
		return nil, usage("--compare: %w", err)
	}
	return []version.Comparison{c}, nil
}

// printModels writes the report for a person: units, members, then versions.
func printModels(w io.Writer, t analysis.Triage, m answerers) {
	if t.Windows.Zero() {
		fmt.Fprintln(w, "MODELS    none: the file holds no inferences")
		return
	}
	fmt.Fprintf(w, "WINDOWS   before %s to %s, after %s to %s\n", stamp(t.Windows.Before.From), stamp(t.Windows.Before.To),
		stamp(t.Windows.After.From), stamp(t.Windows.After.To))
	printUnits(w, t.Measure, m.units)
	printStages(w, m.stages)
	printMembers(w, t.Measure, m.members)
	printVersions(w, t.Measure, m)
	for i, warning := range m.members.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(warning))
	}
}

// printStages writes what is put down to each stage.
func printStages(w io.Writer, stages []stage.Stage) {
	for i, s := range stages {
		fmt.Fprintf(w, "%-10s%s  to blame for %s -> %s of the rows (%+.1f, 95 %% %+.1f to %+.1f), %s of the change\n", heading(i, "STAGES"),
			display.Pad(display.Escape(s.Name), 16), display.Percent(s.Blamed[0].Mean()), display.Percent(s.Blamed[1].Mean()),
			100*s.Delta, 100*s.Change.Lo, 100*s.Change.Hi, display.Percent(s.Share))
	}
}

func printMembers(w io.Writer, measure analysis.Measure, r ensemble.Report) {
	for i, m := range r.Members {
		s := r.Standings[i]
		fmt.Fprintf(w, "%-10s%s  %s: %s -> %s%s\n", heading(i, "MEMBERS"), display.Pad(display.Escape(m.Name), 10), s.State,
			mean(measure, m.Before), mean(measure, m.After), since(measure, s))
		fmt.Fprintf(w, "%10s%12sgives the answer %s -> %s%s%s\n", "", "", share(measure, m.Agree[0]), share(measure, m.Agree[1]),
			value(measure, s), calibration(s))
	}
	for i, p := range parted(r.Pairs) {
		fmt.Fprintf(w, "%-10s%s and %s differ in %s -> %s%s\n", heading(i, "PAIRS"), display.Escape(r.Members[p.A].Name), display.Escape(r.Members[p.B].Name),
			share(measure, p.Differ[0]), share(measure, p.Differ[1]), bothWrong(p))
	}
	for i, d := range r.Slices[:min(4, len(r.Slices))] {
		if !(d.Interval.Lo > 0) {
			break
		}
		fmt.Fprintf(w, "%-10s%s: votes differ in %s -> %s, %s of the growth\n", heading(i, "DISAGREE"), display.Escape(d.Where.String()),
			display.Percent(d.Before.Mean()), display.Percent(d.After.Mean()), display.Percent(d.Share))
	}
}

// mostParted pairs are shown to a person; JSON has them all.
const mostParted = 6

// parted are the pairs that moved apart most.
func parted(pairs []ensemble.Pair) []ensemble.Pair {
	sorted := slices.Clone(pairs)
	slices.SortStableFunc(sorted, func(a, b ensemble.Pair) int {
		return cmp.Compare(b.Differ[1].Mean()-b.Differ[0].Mean(), a.Differ[1].Mean()-a.Differ[0].Mean())
	})
	return sorted[:min(mostParted, len(sorted))]
}

// since is how a member moved against the others, and the moment it broke.
func since(m analysis.Measure, s ensemble.Standing) string {
	text := ""
	if !math.IsNaN(s.Apart.Delta) {
		text = fmt.Sprintf(", against the others %s (95 %% %s to %s)", change(m, s.Apart.Delta), change(m, s.Apart.Interval.Lo), change(m, s.Apart.Interval.Hi))
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
