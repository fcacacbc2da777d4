package command

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
	"andon/analysis/claim"
	"andon/analysis/hypothesis"
	"andon/analysis/incident"
	"andon/analysis/rootcause"
	"andon/ui/screen"
)

// An answer moves the causes, and the move is put on record:
//
//	hypotheses before ─┐
//	answer ──▶ finding ├─▶ moves, each with its reason ──▶ store,
//	hypotheses after ──┘   one note: floor 62 % → 91 %     at once

// problem is how far people are with the incident.
func (s *session) problem(ctx context.Context, t analysis.Triage, findings []analysis.Finding) (p screen.Problem, err error) {
	p.Own = s.steps
	kept, err := s.file.Hypotheses(ctx)
	if err != nil {
		return p, err
	}
	p.Hypotheses = hypothesis.Weighed(t, kept)
	if p.Controls, err = s.controls(ctx, t); err != nil {
		return p, err
	}
	if p.Incidents, err = s.file.Incidents(ctx); err != nil {
		return p, err
	}
	if r, ok := p.Current(); ok {
		p.Handover = incident.HandOver(r, t, findings, p.Hypotheses)
	}
	p.Whys = rootcause.Whys(t, findings, p.Hypotheses)
	p.Fishbone = rootcause.Fishbone(t, p.Steps(), findings)
	return p, nil
}

// controls are the negative controls of a triage.
func (s *session) controls(ctx context.Context, t analysis.Triage) ([]claim.Controlled, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return nil, err
	}
	return claim.Controls(ctx, table, t)
}

// weighed is the triage of the windows on screen, all rows, and its hypotheses,
// as they would be with more findings than the file holds.
func (s *session) weighed(ctx context.Context, more ...analysis.Finding) (analysis.Triage, []hypothesis.Hypothesis, error) {
	s.mu.Lock()
	windows := s.asked.windows
	s.mu.Unlock()
	t, err := s.triage(ctx, windows, nil, more...)
	if err != nil {
		return t, nil, err
	}
	kept, err := s.file.Hypotheses(ctx)
	return t, hypothesis.Weighed(t, kept), err
}

// Save keeps an answer to a step as a finding, and puts on record how it moved
// causes and hypotheses.
func (s *session) Save(ctx context.Context, f analysis.Finding) error {
	_, _, err := s.keepAnswer(ctx, f)
	return err
}

// keepAnswer is Save; it returns the triage after it, and in words how the
// causes moved.
func (s *session) keepAnswer(ctx context.Context, f analysis.Finding) (after analysis.Triage, moved string, err error) {
	step, known := analysis.FindStep(f.Step, s.steps...)
	if !known {
		return after, "", fmt.Errorf("answer step %q: there is none of that name", f.Step)
	}
	before, was, err := s.weighed(ctx)
	if err != nil {
		return after, "", err
	}
	after, is, err := s.weighed(ctx, f)
	if err != nil {
		return after, "", err
	}
	f.Time = s.env.Now().UTC()
	if f.Hash == "" {
		f.Hash = evidenceHash(f)
	}
	moved = movedCauses(before, after)
	reason := fmt.Sprintf("%s answered %s: %s", f.Step, f.Outcome, cmp.Or(f.Claim, step.Question))
	changes := hypothesis.Moved(was, is, step, f.Outcome, reason)
	for i := range changes {
		changes[i].Move.Time, changes[i].Move.Author = f.Time, author(s.env)
	}
	err = s.file.AddAnswer(ctx, f, changes, analysis.Note{Time: f.Time, Author: author(s.env), Text: reason + "\n" + moved,
		Pin: analysis.Pin{Screen: string(screen.Triage), Where: f.Where, Windows: f.Windows}})
	return after, moved, err
}

// leastMove is how far a cause goes before a note tells of it.
const leastMove = .0005

// movedCauses says how the causes moved, the one that moved most first.
func movedCauses(before, after analysis.Triage) string {
	was := map[analysis.Cause]float64{}
	for _, c := range before.Causes {
		was[c.Cause] = c.Probability
	}
	causes := slices.Clone(after.Causes)
	slices.SortStableFunc(causes, func(a, b analysis.CauseScore) int {
		return compareSize(b.Probability-was[b.Cause], a.Probability-was[a.Cause])
	})
	var parts []string
	for _, c := range causes {
		if d := c.Probability - was[c.Cause]; d*d >= leastMove*leastMove {
			parts = append(parts, fmt.Sprintf("%s %.1f %% → %.1f %%", c.Cause, 100*was[c.Cause], 100*c.Probability))
		}
	}
	if len(parts) == 0 {
		return "no cause moved"
	}
	return strings.Join(parts, ", ")
}

// compareSize orders numbers by their size without the sign.
func compareSize(a, b float64) int {
	switch {
	case a*a < b*b:
		return -1
	case a*a > b*b:
		return 1
	}
	return 0
}

// Move puts a hypothesis into another status, for a reason; one that stands
// there already is a mistake.
func (s *session) Move(ctx context.Context, h hypothesis.Hypothesis, to hypothesis.Status, reason string) (hypothesis.Hypothesis, error) {
	if !slices.Contains(hypothesis.Statuses, to) {
		return h, usage("status %q: it is one of proposed, testing, supported, refuted", to)
	}
	if to == h.Status && h.ID != 0 {
		return h, usage("the hypothesis is %s already", to)
	}
	if strings.TrimSpace(reason) == "" {
		return h, usage("say why: a move without a reason helps nobody later")
	}
	m := hypothesis.Move{Time: s.env.Now().UTC(), Author: author(s.env), From: h.Status, To: to, Before: h.Probability, After: h.Probability, Reason: reason}
	return s.file.MoveHypothesis(ctx, h, m)
}
