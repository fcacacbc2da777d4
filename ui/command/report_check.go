package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/report"
)

// A report is checked by asking all of it again:
//
//	page ─▶ basis ─▶ the same question ─▶ a new page ─▶ its basis
//	          └───────────── compared, figure by figure ──┘

// rechecked is one figure, then and now; Now is "" where it is gone.
type rechecked struct {
	report.Evidence
	Now  string
	Same bool
}

// mostReport bounds what is read as a report: pages hold a few pictures.
const mostReport = 64 << 20

func checkReport(ctx context.Context, env Env, flags reportFlags, args []string) error {
	basis, err := readBasis(flags.check)
	if err != nil {
		return err
	}
	target, err := openTarget(ctx, env, args, flags.roles)
	if err != nil {
		return err
	}
	defer target.done()
	figures, err := target.recheck(ctx, basis)
	if err != nil {
		return err
	}
	changed := printRechecked(env.Out, figures)
	if changed > 0 {
		return failure{exitFinding, errSilent}
	}
	return nil
}

func readBasis(path string) (report.Basis, error) {
	info, err := os.Stat(path)
	if err == nil && (!info.Mode().IsRegular() || info.Size() > mostReport) {
		err = fmt.Errorf("it is no ordinary file, or larger than %d MB", mostReport>>20)
	}
	var page []byte
	if err == nil {
		page, err = os.ReadFile(path)
	}
	if err != nil {
		return report.Basis{}, input(fmt.Errorf("check the report %q: %w", path, err))
	}
	basis, err := report.ReadBasis(page)
	if err != nil {
		return basis, input(fmt.Errorf("check the report %q: %w; write one with andon report FILE -o page.html", path, err))
	}
	return basis, nil
}

// recheck asks what the report asked.
func (s *session) recheck(ctx context.Context, basis report.Basis) ([]rechecked, error) {
	where, err := analysis.ParseWhere(basis.Where)
	if err != nil {
		return nil, input(fmt.Errorf("check the report: %w", err))
	}
	t, err := s.triage(ctx, basis.Windows, where)
	if err != nil {
		return nil, err
	}
	r, err := s.reportOf(ctx, t, where)
	if err != nil {
		return nil, err
	}
	r.Given = basis.Windows
	if r.Findings, err = s.allAgain(ctx, r.Findings); err != nil {
		return nil, err
	}
	now := map[string]report.Evidence{}
	for _, e := range report.NewPage(r).Basis.Evidence {
		now[e.Figure] = e
	}
	out := make([]rechecked, 0, len(basis.Evidence))
	for _, e := range basis.Evidence {
		again := now[e.Figure]
		out = append(out, rechecked{e, again.Result, again.Hash == e.Hash})
	}
	return out, nil
}

// allAgain is the findings as their queries answer now; what a person told
// stays as it was told.
func (s *session) allAgain(ctx context.Context, findings []analysis.Finding) ([]analysis.Finding, error) {
	out := make([]analysis.Finding, len(findings))
	for i, f := range findings {
		out[i] = f
		if f.Query == "" {
			continue
		}
		again, err := s.again(ctx, f)
		if err == nil && again.Hash == f.Hash {
			continue // what a person made of it stands before the claim
		}
		if err != nil {
			again = analysis.Finding{Claim: "it cannot be asked any more: " + err.Error()}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
		out[i].Claim, out[i].Result = again.Claim, again.Result
	}
	return out, nil
}

// printRechecked says of every figure whether it is the same, and returns how
// many are not.
func printRechecked(w io.Writer, figures []rechecked) int {
	changed := 0
	for _, f := range figures {
		if f.Same {
			fmt.Fprintf(w, "✓ same     %-4s %s: %s\n", display.Escape(f.ID), display.Escape(f.Figure), display.Escape(f.Result))
			continue
		}
		changed++
		now := f.Now
		switch {
		case now == "":
			now = "nothing any more"
		case now == f.Result:
			now += ", over other windows"
		}
		fmt.Fprintf(w, "✗ changed  %-4s %s: was %s, is %s\n", display.Escape(f.ID), display.Escape(f.Figure), display.Escape(f.Result), display.Escape(strings.TrimSpace(now)))
	}
	if changed > 0 {
		fmt.Fprintf(w, "%d of %s changed\n", changed, plural(int64(len(figures)), "figure"))
	} else {
		fmt.Fprintf(w, "all %s are the same\n", plural(int64(len(figures)), "figure"))
	}
	return changed
}
