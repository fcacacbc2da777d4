package command

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/report"
)

// slicesAnswer is the JSON of `andon slices --json`.
type slicesAnswer struct {
	Schema  int             `json:"schema"`
	Windows *report.Windows `json:"windows"`
	Slices  []report.Slice  `json:"slices"`
	Others  []report.Slice  `json:"candidates"`
}

func slicesCommand(env Env) *cobra.Command {
	var q question
	c := &cobra.Command{
		Use:     "slices FILE | SRC...",
		Short:   "list the slices that explain the drop",
		Example: "  andon slices plant.andon --json",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c.Context(), env, args, func(_ *session, t analysis.Triage) error {
				if q.json {
					return printJSON(env.Out, slicesAnswer{report.Schema, report.NewWindows(t.Windows), report.NewSlices(t.Slices, true), report.NewSlices(t.Slices, false)})
				}
				if len(t.Slices) == 0 {
					fmt.Fprintln(env.Out, "no slice fell more than the rest")
				}
				printSlices(env.Out, t)
				return nil
			})
		},
	}
	q.flags(c)
	return c
}

func printSlices(w io.Writer, t analysis.Triage) {
	for i, s := range t.Slices[:min(8, len(t.Slices))] {
		mark := " "
		if s.Accepted {
			mark = "*"
		}
		fmt.Fprintf(w, "%-10s%s %-30s %s of rows, %s -> %s, %s of the change\n", heading(i, "SLICES"), mark,
			display.Cut(display.Escape(s.Where.String()), 30), display.Percent(s.Support[1]),
			mean(t.Measure, s.Before), mean(t.Measure, s.After), display.Percent(s.Contribution))
	}
}
