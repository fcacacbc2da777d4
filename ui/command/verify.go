package command

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/noninferiority"
	"andon/ui/report"
)

// A countermeasure goes from done to proved:
//
//	andon verify FILE --add "old gloves back on L2"       recorded
//	andon verify FILE --window A..B                        measured, kept as a finding
//	andon verify FILE                                      what is open

type verifyFlags struct {
	window, before, where string
	margin                float64
	add, at, cause        string
	countermeasure        int64
	json                  bool
}

func verifyCommand(env Env) *cobra.Command {
	var flags verifyFlags
	c := &cobra.Command{
		Use:   "verify FILE [--window FROM..TO]",
		Short: "record a countermeasure and say whether the fix worked",
		Long: `Compares quality in the window after a fix with the window before the drop: it
counts as restored where it is not worse by a margin that matters, for all rows
and for the slice that had dropped, and where no other slice got worse instead.
The margin is a fifth of the drop unless told otherwise. Where labels are too
few, it says how many more are needed.

--add records a countermeasure; --window verifies the last one that is not
verified yet, or that of --for, and keeps the result as a finding. Without
either it lists the countermeasures. Exit code 1 where quality is not restored
or it cannot be told.`,
		Example: `  andon verify plant.andon --add "gray gloves back on L2" --cause floor
  andon verify plant.andon --window 2026-03-10..2026-03-12`,
		Args: exactly(1, "an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("margin") && !(flags.margin > 0) {
				return usage("--margin %v: give a number above 0, such as 0.02 for two points", flags.margin)
			}
			open := openToRead
			if flags.add != "" {
				open = openIncident
			}
			target, err := open(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			defer target.done()
			if err := target.tellSampled(c.Context(), env.Err); err != nil {
				return err
			}
			return target.verify(c.Context(), flags)
		},
	}
	c.Flags().StringVar(&flags.window, "window", "", "the window after the fix, `FROM..TO`")
	c.Flags().StringVar(&flags.before, "before", "", "the window before the drop, `FROM..TO`; that of triage if not given")
	c.Flags().StringVar(&flags.where, "where", "", "only these rows, such as `'line=L2'`")
	c.Flags().Float64Var(&flags.margin, "margin", 0, "how much worse still counts as restored, in the unit of quality: 0.02 is two points")
	c.Flags().StringVar(&flags.add, "add", "", "record that this was done: `TEXT`")
	c.Flags().StringVar(&flags.at, "at", "", "when it was done, `TIME`; now if not given")
	c.Flags().StringVar(&flags.cause, "cause", "", "the `CAUSE` it is against, such as floor")
	c.Flags().Int64Var(&flags.countermeasure, "for", 0, "the `NUMBER` of the countermeasure to verify")
	c.Flags().BoolVar(&flags.json, "json", false, "print one JSON object and nothing else")
	return c
}

func (s *session) verify(ctx context.Context, flags verifyFlags) error {
	var window analysis.Window
	if flags.window != "" {
		var err error
		if window, err = parseWindow(flags.window); err != nil {
			return usage("--window: %w", err)
		}
	}
	if flags.add != "" {
		added, err := s.addCountermeasure(ctx, flags, window)
		if err != nil {
			return err
		}
		flags.countermeasure = added.ID
		if !flags.json {
			fmt.Fprintf(s.env.Out, "countermeasure %d recorded\n", added.ID)
		}
	}
	taken, err := s.file.Countermeasures(ctx)
	if err != nil {
		return input(err)
	}
	if window.Empty() {
		if flags.json {
			return printJSON(s.env.Out, map[string]any{"schema": report.Schema, "countermeasures": report.NewActions(taken)})
		}
		if flags.add == "" {
			printTaken(s.env.Out, taken)
		}
		return nil
	}
	return s.verifyWindow(ctx, flags, window, taken)
}

// verifyWindow measures, keeps the finding where the file can be written, and
// ends with exit code 1 unless quality is restored.
func (s *session) verifyWindow(ctx context.Context, flags verifyFlags, window analysis.Window, taken []analysis.Taken) error {
	id, err := toVerify(taken, flags.countermeasure)
	if err != nil {
		return err
	}
	fix, err := s.fix(ctx, flags, window)
	if err != nil {
		return err
	}
	trial, measure, err := s.try(ctx, fix)
	if err != nil {
		return err
	}
	finding := verification(trial, fix, measure, analysis.VerifyParams{Countermeasure: id, Cause: causeOf(taken, id)})
	finding.Time = s.env.Now().UTC()
	if !s.file.ReadOnly() {
		if finding, err = s.file.AddFinding(ctx, finding); err != nil {
			return input(err)
		}
	}
	if flags.json {
		err = printJSON(s.env.Out, report.NewTrial(trial, fix, measure.Metric, id, finding.ID))
	} else {
		printTrial(s.env.Out, measure, trial, fix)
		sayKept(s.env.Out, finding.ID, id)
	}
	if err == nil && trial.Verdict != noninferiority.Restored {
		err = failure{exitFinding, errSilent}
	}
	return err
}

func sayKept(w io.Writer, finding, countermeasure int64) {
	switch {
	case finding == 0:
		fmt.Fprintln(w, "KEPT      nothing: the file cannot be written")
	case countermeasure == 0:
		fmt.Fprintf(w, "KEPT      as finding %d, of no countermeasure: --add TEXT records one, --for NUMBER names one\n", finding)
	default:
		fmt.Fprintf(w, "KEPT      as finding %d, for countermeasure %d\n", finding, countermeasure)
	}
}
