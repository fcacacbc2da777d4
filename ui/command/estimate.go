package command

import (
	"fmt"
	"io"
	"math"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/labelling"
	"andon/ui/display"
	"andon/ui/report"
)

// What is quality now, before the labels have come? The window before teaches
// what the model's confidence is worth; the window after is estimated by it.

// estimateAnswer is the JSON of `andon estimate --json`; null is a method that
// could not be asked. README has the schema.
type estimateAnswer struct {
	Schema   int             `json:"schema"`
	Windows  *report.Windows `json:"windows"`
	From     string          `json:"from"`
	Accuracy *float64        `json:"accuracy"`
	Interval [2]float64      `json:"interval"`
	Methods  methods         `json:"methods"`
	Rows     rowCounts       `json:"rows"`
	Realised *float64        `json:"realised"`
	Error    *float64        `json:"calibration_error"`
	Unseen   float64         `json:"unseen"`
	UnseenIn string          `json:"unseen_in"`
	Trusted  bool            `json:"trusted"`
	Warnings []string        `json:"warnings"`
	Blind    string          `json:"blind"`
	Needs    []estimateNeed  `json:"needs"`
	First    []estimateRow   `json:"first"`
	Series   *estimateSeries `json:"series"`
}

type methods struct {
	Calibrated *float64 `json:"calibrated"`
	Shift      *float64 `json:"shift"`
	Threshold  *float64 `json:"threshold"`
	Classes    *float64 `json:"classes"`
}

type rowCounts struct {
	Learned   int `json:"learned"`
	Estimated int `json:"estimated"`
	Labelled  int `json:"labelled"`
}

func estimateCommand(env Env) *cobra.Command {
	var q question
	var label int
	c := &cobra.Command{
		Use:   "estimate FILE | SRC...",
		Short: "estimate quality where labels have not come yet",
		Long: `Learns on the labelled rows of the window before what the model's confidence is
worth (without one, its members' agreement), and estimates the window after.
Several methods are asked; their spread is the uncertainty. An estimate is not
to be trusted where confidence is badly calibrated, where more than a fifth of
the inputs are unlike any labelled one, or where labels that have come since
contradict it.

Then it says how many more labels would settle whether quality fell, in all rows
and in the slices that may explain a drop, and which rows to label first.`,
		Example: "  andon estimate plant.andon\n  andon estimate plant.andon --before 2026-03-01..2026-03-07 --after 2026-03-07..2026-03-10 --json",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				table, err := s.inferences(c.Context())
				if err != nil {
					return err
				}
				where, err := analysis.ParseWhere(q.where)
				if err != nil {
					return err
				}
				e, err := s.estimate(c.Context(), table, t.Windows, where)
				if err != nil {
					return err
				}
				needs, err := s.needs(c.Context(), table, t, where, mostNeeds)
				if err != nil {
					return err
				}
				first, err := labelling.First(table, t.Windows, needs, max(0, label))
				if err != nil {
					return err
				}
				rows, err := s.firstRows(c.Context(), table, first)
				if err != nil {
					return err
				}
				if !q.json {
					printEstimate(env.Out, t.Windows, e)
					printNeeds(env.Out, needs, rows, label)
					return nil
				}
				a := newEstimateAnswer(t.Windows, e)
				a.Needs, a.First = newEstimateNeeds(needs), rows
				if a.Series, err = newEstimateSeries(c.Context(), table, t, where); err != nil {
					return err
				}
				return printJSON(env.Out, a)
			})
		},
	}
	q.flags(c)
	c.Flags().IntVar(&label, "label", 5, "name this many `ROWS` to label first")
	return c
}

func newEstimateAnswer(w analysis.Windows, e analysis.Estimate) estimateAnswer {
	a := estimateAnswer{Schema: report.Schema, Windows: report.NewWindows(w), From: e.From,
		Accuracy: finite(e.Accuracy), Interval: [2]float64{e.Interval.Lo, e.Interval.Hi},
		Methods: methods{finite(e.Plain), finite(e.Shift), finite(e.Threshold), finite(e.Classes)},
		Rows:    rowCounts{e.Known, e.Rows, e.Realised.Known}, Error: finite(e.Calibration),
		Unseen: e.Unseen, UnseenIn: e.UnseenIn, Trusted: e.Trusted,
		Warnings: append([]string{}, e.Warnings...), Blind: analysis.BlindSpot}
	if e.Realised.Known > 0 {
		a.Realised = finite(e.Realised.Mean())
	}
	return a
}

// finite is nil for what JSON cannot hold.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

func printEstimate(w io.Writer, windows analysis.Windows, e analysis.Estimate) {
	if math.IsNaN(e.Accuracy) {
		fmt.Fprintln(w, "ESTIMATE  none")
	} else {
		trust := "trusted"
		if !e.Trusted {
			trust = "not to be trusted"
		}
		fmt.Fprintf(w, "ESTIMATE  accuracy %s (95 %%: %s to %s), %s\n", display.Percent(e.Accuracy),
			display.Percent(e.Interval.Lo), display.Percent(e.Interval.Hi), trust)
		fmt.Fprintf(w, "          from %s, learned on %s labelled rows for %s\n", e.From, thousands(int64(e.Known)), plural(int64(e.Rows), "row"))
		fmt.Fprintf(w, "WINDOWS   before %s to %s, after %s to %s\n", stamp(windows.Before.From), stamp(windows.Before.To),
			stamp(windows.After.From), stamp(windows.After.To))
		fmt.Fprintf(w, "METHODS   calibrated %s, shift of the mean %s, threshold %s, mix of classes %s\n",
			asked(e.Plain), asked(e.Shift), asked(e.Threshold), asked(e.Classes))
		fmt.Fprintf(w, "UNSEEN    %s of the rows%s\n", display.Percent(e.Unseen), mostly(e))
		if e.Realised.Known > 0 {
			fmt.Fprintf(w, "REALISED  %s of %s that have a label by now\n", display.Percent(e.Realised.Mean()), plural(int64(e.Realised.Known), "row"))
		}
	}
	for i, warning := range e.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(warning))
	}
	fmt.Fprintf(w, "BLIND     %s\n", analysis.BlindSpot)
}

// asked is a method's answer, "-" where it could not be asked.
func asked(v float64) display.Text {
	if math.IsNaN(v) {
		return "-"
	}
	return display.Percent(v)
}

// leastShown is the smallest share that is not written as 0.0 %.
const leastShown = .0005

func mostly(e analysis.Estimate) string {
	if e.UnseenIn == "" || e.Unseen < leastShown {
		return ""
	}
	return fmt.Sprintf(", most of them by %s", display.Escape(e.UnseenIn))
}
