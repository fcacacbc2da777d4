package command

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"andon/analysis"
	"andon/analysis/claim"
	"andon/analysis/playbook"
	"andon/analysis/swap"
)

// A finding is asked again by its query:
//
//	check ID                          the ledger of the log alone
//	swap N                            the answers of replay N
//	quality, signal …, control …      analysis/claim

// Run answers a checklist step from the ledger of the triage on screen.
func (s *session) Run(ctx context.Context, id string) (analysis.Finding, error) {
	s.mu.Lock()
	asked := s.asked
	s.mu.Unlock()
	return s.check(ctx, id, asked)
}

// check answers a step from the ledger of the triage that is wished for. The
// ledger is that of the log alone: a person's answer to the same step must not
// come back as evidence for itself.
func (s *session) check(ctx context.Context, id string, asked wish) (analysis.Finding, error) {
	step, ok := analysis.FindStep(id, s.steps...)
	if ok && step.Query != "" {
		return s.queried(ctx, step, asked)
	}
	if !ok || step.Check == "" {
		return analysis.Finding{}, fmt.Errorf("step %q has no check that runs by itself; answer it by hand", id)
	}
	t, err := s.untouched(ctx, asked)
	if err != nil {
		return analysis.Finding{}, err
	}
	f := analysis.Finding{Step: id, Query: "check " + step.Check, Windows: t.Windows,
		Claim: "the log holds nothing that answers this"}
	if len(asked.where) > 0 {
		f.Params = "filter " + asked.where.String()
	}
	if guilty := t.Guilty(); guilty != nil {
		f.Where = guilty.Where.String()
	}
	for _, e := range t.Ledger {
		if e.ID == step.Check {
			f.Claim, f.Result = e.Saw, e.Number
		}
	}
	f.Hash = evidenceHash(f)
	return f, nil
}

// queried asks a step's query of the log, within the step's filter.
func (s *session) queried(ctx context.Context, step analysis.Step, asked wish) (analysis.Finding, error) {
	t, err := s.untouched(ctx, wish{windows: asked.windows})
	if err != nil {
		return analysis.Finding{}, err
	}
	where, err := analysis.ParseWhere(step.Filter)
	if guilty := t.Guilty(); step.Filter == playbook.Slice {
		if where, err = nil, nil; guilty != nil {
			where = guilty.Where
		}
	}
	if err != nil {
		return analysis.Finding{}, usage("the filter of step %q: %w", step.ID, err)
	}
	f, err := s.claim(ctx, step.Query, t.Windows, where)
	f.Step = step.ID
	return f, err
}

// reask asks a finding's query again over its own windows, slice and
// parameters.
func (s *session) reask(ctx context.Context, f analysis.Finding) (analysis.Finding, error) {
	if strings.HasPrefix(f.Query, analysis.SwapQuery) {
		var number int64
		if _, err := fmt.Sscanf(f.Query, analysis.SwapQuery+"%d", &number); err != nil {
			return analysis.Finding{}, fmt.Errorf("run %q again: it names no replay", f.Query)
		}
		_, again, err := s.readSwap(ctx, number, f.Windows)
		return again, err
	}
	if claim.Knows(f.Query) {
		where, err := analysis.ParseWhere(f.Where)
		if err != nil {
			return analysis.Finding{}, err
		}
		return s.claim(ctx, f.Query, f.Windows, where)
	}
	asked := wish{windows: f.Windows}
	if filter, has := strings.CutPrefix(f.Params, "filter "); has {
		where, err := analysis.ParseWhere(filter)
		if err != nil {
			return analysis.Finding{}, err
		}
		asked.where = where
	}
	return s.check(ctx, f.Step, asked)
}

// claim asks a query of the log; zero windows are those of the incident.
func (s *session) claim(ctx context.Context, query string, w analysis.Windows, where analysis.Where) (analysis.Finding, error) {
	table, err := s.inferences(ctx)
	if err != nil {
		return analysis.Finding{}, err
	}
	if w.Zero() {
		t, err := s.untouched(ctx, wish{})
		if err != nil {
			return analysis.Finding{}, err
		}
		w = t.Windows
	}
	f, err := claim.Ask(ctx, table, query, w, where)
	if err != nil {
		return f, usage("%w", err)
	}
	f.Hash = evidenceHash(f)
	return f, nil
}

// readSwap reads a replay and what it says as a finding.
func (s *session) readSwap(ctx context.Context, number int64, w analysis.Windows) (swap.Reading, analysis.Finding, error) {
	answers, err := s.file.Replay(ctx, number)
	if err != nil {
		return swap.Reading{}, analysis.Finding{}, input(err)
	}
	reading, err := swap.Read(answers)
	if err != nil {
		return reading, analysis.Finding{}, input(err)
	}
	f := analysis.Finding{Step: analysis.SwapStep, Query: fmt.Sprintf("%s%d", analysis.SwapQuery, number), Windows: w,
		Params: fmt.Sprintf("%d answers", len(answers)), Outcome: reading.Answered(), Claim: reading.Claim(), Result: reading.Result()}
	f.Hash = evidenceHash(f)
	return reading, f, nil
}

// evidenceHash is what a re-run is compared with: the question, where it was
// asked, and what came out.
func evidenceHash(f analysis.Finding) string {
	text := fmt.Appendf(nil, "%s\x00%s\x00%d\x00%d\x00%d\x00%d\x00%s\x00%s", f.Query, f.Where,
		f.Windows.Before.From.UnixNano(), f.Windows.Before.To.UnixNano(), f.Windows.After.From.UnixNano(), f.Windows.After.To.UnixNano(),
		f.Claim, f.Result)
	if f.Params != "" {
		text = fmt.Appendf(text, "\x00%s", f.Params)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
