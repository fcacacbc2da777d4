package command

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/report"
)

// diffAnswer is the JSON of `andon diff --json`.
type diffAnswer struct {
	Schema  int             `json:"schema"`
	Windows *report.Windows `json:"windows"`
	Signals []report.Signal `json:"signals"`
}

func diffCommand(env Env) *cobra.Command {
	var q question
	c := &cobra.Command{
		Use:     "diff FILE | SRC...",
		Short:   "compare every column before and after",
		Example: "  andon diff plant.andon --before 2026-03-01..2026-03-07 --after 2026-03-07..2026-03-09 --where line=L2",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				signals, err := s.signals(c.Context(), t)
				if err != nil {
					return err
				}
				if q.json {
					return printJSON(env.Out, diffAnswer{report.Schema, report.NewWindows(t.Windows), report.NewSignals(signals)})
				}
				printSignals(env.Out, signals, len(signals))
				return nil
			})
		},
	}
	q.flags(c)
	return c
}

func printSignals(w io.Writer, signals []analysis.Signal, most int) {
	for i, s := range signals[:min(most, len(signals))] {
		mark := " "
		if s.Changed {
			mark = "*"
		}
		fmt.Fprintf(w, "%-10s%s %-22s effect %6.3f  %-10s q %-8s relevance %s\n", heading(i, "SIGNALS"), mark,
			display.Cut(display.Escape(s.Column), 22), s.Effect, s.Direction, display.P(s.Q), display.Percent(s.Relevance))
	}
}
