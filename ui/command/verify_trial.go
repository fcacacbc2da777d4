package command

import (
	"context"
	"fmt"
	"time"

	"andon/analysis"
	"andon/analysis/noninferiority"
)

// A verification is a question (fix), its answer (try), and the finding that is
// kept of both, from which the question can be put together again.

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
