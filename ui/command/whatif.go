package command

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/whatif"
	"andon/ui/display"
)

// What could be done, and what would it have brought?

func whatifCommand(env Env) *cobra.Command {
	var q question
	var wrong, review float64
	var slice string
	c := &cobra.Command{
		Use:   "whatif FILE | SRC...",
		Short: "rank what could be done now by what it would have brought",
		Long: `Plays the labelled rows after the onset again by other rules: other weights of
the members, without one of them, one alone, other class thresholds, one member
or a person for the rows the system is unsure of, from one threshold on or from
one for each class, the guilty slice sent
elsewhere, to another version or to a person. What is fitted is fitted on other
rows than it is judged on. Each remedy says what it would bring overall, in the slice and
elsewhere, on how many rows, and what share goes to a person; "helps" means that
the 95 % interval is above nothing after its reviews are paid for. At the end
stands what the log cannot tell. A review costs a tenth of a wrong answer unless
--wrong and --review say what they cost.

JSON: schema, metric, windows, slice (column: value), quality and
quality_in_slice (before and after, each mean, interval, known, rows), review
(per_wrong_answer, assumed), remedies in their rank (kind, do, when, where,
setting, weights, overall, in_slice and elsewhere with now, with, gain, interval,
rows, better and worse, answered, reviewed, recovered, net_interval, finding,
indirect, warnings), coverage_curve (threshold, coverage, quality, interval, rows,
cost_in_wrong_answers), cannot_tell, warnings. A gain is positive for better.`,
		Example: "  andon whatif plant.andon\n  andon whatif plant.andon --wrong 40 --review 1.5\n  andon whatif plant.andon --slice 'line=L2' --json",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			if wrong < 0 || review < 0 || (wrong > 0) != (review > 0) {
				return usage("--wrong and --review go together, and neither is below 0")
			}
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				where, err := analysis.ParseWhere(q.where)
				if err != nil {
					return err
				}
				ask := whatif.Question{Windows: t.Windows, Where: where, Wrong: wrong, Review: review}
				if ask.Slice, err = analysis.ParseWhere(slice); err != nil {
					return usage("--slice: %w", err)
				}
				p, err := s.explore(c.Context(), t, ask)
				if err != nil {
					return err
				}
				if q.json {
					return printJSON(env.Out, newWhatifAnswer(p))
				}
				printWhatif(env.Out, p)
				return nil
			})
		},
	}
	q.flags(c)
	c.Flags().Float64Var(&wrong, "wrong", 0, "what a wrong answer `costs`")
	c.Flags().Float64Var(&review, "review", 0, "what a review by a person `costs`, in the same currency")
	c.Flags().StringVar(&slice, "slice", "", "the rows to mend, such as `'line=L2'`; the guilty slice if not given")
	return c
}

// explore judges remedies for the triage's windows; the slice, unless one is
// asked for, is the guilty one.
func (s *session) explore(ctx context.Context, t analysis.Triage, q whatif.Question) (whatif.Plan, error) {
	table, err := s.log(ctx)
	if err != nil {
		return whatif.Plan{}, err
	}
	if table == nil {
		return whatif.Plan{Untold: []string{"nothing: the file holds no inferences"}}, nil
	}
	if q.Windows, err = s.compared(ctx, q.Windows); err != nil {
		return whatif.Plan{}, err
	}
	if guilty := t.Guilty(); guilty != nil && len(q.Slice) == 0 {
		q.Slice = guilty.Where
	}
	p, err := whatif.Explore(ctx, table, q)
	if err != nil {
		return p, err
	}
	says, err := s.sampled(ctx)
	p.Warnings = append(p.Warnings, says...)
	return p, err
}

// What is shown to a person; JSON has it all.
const (
	mostRemedies = 8
	curveStep    = 4 // every so many points of the coverage curve
)

func printWhatif(w io.Writer, p whatif.Plan) {
	fmt.Fprintf(w, "QUALITY   %s -> %s", mean(p.Measure, p.Overall[0]), mean(p.Measure, p.Overall[1]))
	if len(p.Where) > 0 {
		fmt.Fprintf(w, ", in %s %s -> %s", display.Escape(p.Where.String()), mean(p.Measure, p.Slice[0]), mean(p.Measure, p.Slice[1]))
	}
	fmt.Fprintln(w)
	for i, r := range p.Remedies[:min(mostRemedies, len(p.Remedies))] {
		fmt.Fprintf(w, "%-10s%d. %s\n", heading(i, "REMEDIES"), i+1, display.Escape(r.Do))
		if r.Setting != "" {
			fmt.Fprintf(w, "%13s%s\n", "", display.Escape(r.Setting))
		}
		fmt.Fprintf(w, "%13s%s, %s: %s%s\n", "", r.When, r.Finding, effect(p.Measure, r.Overall), reviewed(r))
		if r.Slice.Now.Known > 0 {
			fmt.Fprintf(w, "%13sin the slice %s; elsewhere %s\n", "", effect(p.Measure, r.Slice), effect(p.Measure, r.Elsewhere))
		}
		for _, warning := range r.Warnings {
			fmt.Fprintf(w, "%13s! %s\n", "", display.Escape(warning))
		}
	}
	if more := len(p.Remedies) - mostRemedies; more > 0 {
		fmt.Fprintf(w, "%13sand %d more: --json lists all\n", "", more)
	}
	for i := curveStep; i < len(p.Curve); i += curveStep {
		c := p.Curve[i]
		fmt.Fprintf(w, "%-10sabove %.3f: %s answered, %s right (95 %% %s to %s), costs %.3f wrong answers a row\n", heading(i-curveStep, "COVERAGE"), c.Threshold,
			display.Percent(c.Coverage), mean(p.Measure, c.Answered), level(p.Measure, c.Interval.Lo), level(p.Measure, c.Interval.Hi), c.Cost)
	}
	for i, why := range p.Untold {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "UNTOLD"), display.Escape(why))
	}
	for i, warning := range p.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(warning))
	}
	if p.Assumed && slices.ContainsFunc(p.Remedies, func(r whatif.Remedy) bool { return r.Reviewed > 0 }) {
		fmt.Fprintf(w, "%-10sa review is taken to cost %.2g of a wrong answer; --wrong and --review say what they cost\n", heading(len(p.Warnings), "WARNINGS"), p.PerWrong)
	}
}

// effect is a gain with its interval and the rows it rests on.
func effect(m analysis.Measure, e whatif.Effect) string {
	return fmt.Sprintf("%s -> %s (gain %s, 95 %% %s to %s, %s rows)", mean(m, e.Now), mean(m, e.With), change(m, e.Gain),
		change(m, e.Interval.Lo), change(m, e.Interval.Hi), thousands(int64(e.Now.Known)))
}

// reviewed is what goes to a person and what of the drop comes back.
func reviewed(r whatif.Remedy) string {
	text := ""
	if !math.IsNaN(r.Recovered) {
		text = fmt.Sprintf(", takes back %s of the drop", display.Percent(r.Recovered))
	}
	if r.Reviewed > 0 {
		text += fmt.Sprintf(", %s to a person", display.Percent(r.Reviewed))
	}
	return text
}
