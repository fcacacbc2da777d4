package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/noninferiority"
	"andon/ui/display"
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

// addCountermeasure records what was done.
func (s *session) addCountermeasure(ctx context.Context, flags verifyFlags, window analysis.Window) (analysis.Taken, error) {
	c := analysis.Taken{Time: s.env.Now().UTC(), Author: author(s.env), Do: strings.TrimSpace(flags.add), Cause: analysis.Cause(flags.cause),
		Taken: s.env.Now().UTC(), Verify: window}
	if c.Do == "" {
		return c, usage("andon verify --add: the text is empty; say what was done")
	}
	if c.Cause != "" && !slices.Contains(analysis.Causes[:], c.Cause) {
		return c, usage("--cause %q: it is one of %s", flags.cause, display.Escape(fmt.Sprint(analysis.Causes)))
	}
	if flags.at != "" {
		var err error
		if c.Taken, err = parseTime(flags.at); err != nil {
			return c, usage("--at: %w", err)
		}
	}
	c, err := s.file.AddCountermeasure(ctx, c)
	return c, input(err)
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

// toVerify is the countermeasure a verification is about: the one asked for,
// else the last that did not pass yet, else 0 for none.
func toVerify(taken []analysis.Taken, asked int64) (int64, error) {
	last := int64(0)
	for _, c := range taken {
		if c.ID == asked {
			return asked, nil
		}
		if c.Outcome != analysis.Yes {
			last = c.ID
		}
	}
	if asked != 0 {
		return 0, usage("--for %d: there is no such countermeasure; andon verify FILE lists them", asked)
	}
	return last, nil
}

// causeOf is what a countermeasure was taken against, "" for none named.
func causeOf(taken []analysis.Taken, id int64) analysis.Cause {
	for _, c := range taken {
		if c.ID == id {
			return c.Cause
		}
	}
	return ""
}

// fix puts the question together; what is not given is the triage's.
func (s *session) fix(ctx context.Context, flags verifyFlags, window analysis.Window) (noninferiority.Fix, error) {
	fix := noninferiority.Fix{Verify: window, Margin: flags.margin}
	var err error
	if fix.Where, err = analysis.ParseWhere(flags.where); err != nil {
		return fix, usage("--where: %w", err)
	}
	t, err := s.triage(ctx, analysis.Windows{}, fix.Where)
	if err != nil {
		return fix, err
	}
	fix.Before = t.Windows.Before
	if guilty := t.Guilty(); guilty != nil {
		fix.Guilty = guilty.Where
	}
	if flags.before != "" {
		if fix.Before, err = parseWindow(flags.before); err != nil {
			return fix, usage("--before: %w", err)
		}
	}
	if fix.Before.Empty() || (t.Verdict.Cause == analysis.None && flags.before == "") {
		return fix, usage("andon verify: nothing changed in this file, so there is no window before the drop; give one with --before FROM..TO")
	}
	if fix.Margin == 0 {
		fix.Margin, err = s.margin(ctx, t, fix)
	}
	return fix, err
}

// margin is what a fifth of the drop comes to.
func (s *session) margin(ctx context.Context, t analysis.Triage, fix noninferiority.Fix) (float64, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return 0, err
	}
	drop := 0.
	if t.Quality != nil {
		drop = t.Quality.Loss()
	}
	series, err := table.Series(ctx, fix.Where, time.Hour)
	return noninferiority.Margin(t.Measure.Scale, series.Over(fix.Before), drop), err
}

// try compares the windows.
func (s *session) try(ctx context.Context, fix noninferiority.Fix) (noninferiority.Trial, analysis.Measure, error) {
	table, err := s.log(ctx)
	if err != nil {
		return noninferiority.Trial{}, analysis.Measure{}, err
	}
	if table == nil {
		return noninferiority.Trial{}, analysis.Measure{}, input(fmt.Errorf("verify %q: it holds no inferences", s.file.Path()))
	}
	trial, err := noninferiority.Try(ctx, table, fix)
	if err != nil {
		err = usage("%w", err)
	}
	return trial, table.Measure(), err
}

// verification is the finding that a trial leaves.
func verification(t noninferiority.Trial, fix noninferiority.Fix, m analysis.Measure, params analysis.VerifyParams) analysis.Finding {
	params.Margin, params.Guilty = fix.Margin, fix.Guilty.String()
	outcome := map[noninferiority.Verdict]analysis.Outcome{noninferiority.Restored: analysis.Yes, noninferiority.NotRestored: analysis.No}[t.Verdict]
	if outcome == "" {
		outcome = analysis.Unclear
	}
	f := analysis.Finding{Step: analysis.VerifyStep, Outcome: outcome, Query: "verify", Where: fix.Where.String(),
		Windows: analysis.Windows{Before: fix.Before, After: fix.Verify},
		Params:  params.String(),
		Claim: fmt.Sprintf("%s %s: %s before, %s in the verify window, %s", m.Metric, t.Verdict,
			mean(m, t.Whole.Before), mean(m, t.Whole.Verify), t.Why),
		Result: fmt.Sprintf("%s, 95 %% %s to %s, margin %s", change(m, t.Whole.Difference), change(m, t.Whole.Interval.Lo), change(m, t.Whole.Interval.Hi), change(m, t.Margin))}
	f.Hash = evidenceHash(f)
	return f
}

// verifyAgain runs a kept verification again, over the windows and with the
// margin it had.
func (s *session) verifyAgain(ctx context.Context, f analysis.Finding) (analysis.Finding, error) {
	params, ok := analysis.ParseVerifyParams(f.Params)
	if !ok {
		return f, fmt.Errorf("run finding %d again: its parameters %q cannot be read", f.ID, f.Params)
	}
	fix := noninferiority.Fix{Before: f.Windows.Before, Verify: f.Windows.After, Margin: params.Margin}
	var err error
	if fix.Where, err = analysis.ParseWhere(f.Where); err != nil {
		return f, err
	}
	if fix.Guilty, err = analysis.ParseWhere(params.Guilty); err != nil {
		return f, err
	}
	trial, measure, err := s.try(ctx, fix)
	if err != nil {
		return f, err
	}
	return verification(trial, fix, measure, params), nil
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
