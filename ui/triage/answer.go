package triage

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/prompt"
	"andon/ui/screen"
)

// Giving an outcome takes two keys, because a finding is kept for good and y
// and n mean other things elsewhere:
//
//	a ─▶ y yes, n no ──────────────────┬─▶ save
//	     Y yes, N no, because ─▶ why ──┤
//	     u unclear, s skipped ─▶ why ──┘

// entry is how far an outcome has been given.
type entry struct {
	open    bool
	outcome analysis.Outcome // whose reason is being typed
}

func (e entry) asking() bool { return e.open }

// outcomes are the answers by their keys, and whether each asks why.
var outcomes = []struct {
	key     string
	outcome analysis.Outcome
	why     bool
}{{"y", analysis.Yes, false}, {"n", analysis.No, false}, {"Y", analysis.Yes, true}, {"N", analysis.No, true},
	{"u", analysis.Unclear, true}, {"s", analysis.Skipped, true}}

// begin asks for the outcome of the step under the cursor.
func (s Screen) begin() (screen.Screen, tea.Cmd) {
	s.entry, s.failed = entry{open: true}, nil
	return s, nil
}

// enter takes a key while an outcome is being given.
func (s Screen) enter(key tea.KeyPressMsg) (screen.Screen, tea.Cmd) {
	name := key.String()
	if s.entry.outcome == "" {
		for _, o := range outcomes {
			if o.key == name {
				return s.choose(o.outcome, o.why)
			}
		}
		s.entry = entry{}
		return s, nil
	}
	switch name {
	case "esc":
		s.entry = entry{}
		return s, nil
	case "enter":
		if reason := strings.TrimSpace(s.reason.Value()); reason != "" {
			return s.save(s.entry.outcome, reason)
		}
		return s, nil
	}
	s.reason = s.reason.Update(key)
	return s, nil
}

// choose saves a plain yes or no; the others need a reason, so that whoever
// reads the record knows what was seen, or what was missing.
func (s Screen) choose(outcome analysis.Outcome, why bool) (screen.Screen, tea.Cmd) {
	if !why {
		return s.save(outcome, "")
	}
	hints := map[analysis.Outcome]display.Text{analysis.Unclear: "what would make it clear? enter saves, esc leaves"}
	hint, ok := hints[outcome]
	if !ok {
		hint = "one line for the record; enter saves, esc leaves"
	}
	s.reason = prompt.NewLine("why "+display.Text(outcome), hint)
	s.entry.outcome = outcome
	return s, nil
}

// saved is the end of a save.
type saved struct {
	step string
	err  error
}

// save keeps the outcome with the evidence at hand.
func (s Screen) save(outcome analysis.Outcome, reason string) (screen.Screen, tea.Cmd) {
	r, _ := s.current()
	finding := s.finding(r, outcome, reason)
	s.entry, s.saving = entry{}, r.step.ID
	step, incident := r.step.ID, s.incident
	return s, func() tea.Msg { return saved{step, incident.Save(context.Background(), finding)} }
}

// finding is the outcome as a claim with its evidence: that of the automatic
// check if one was run, else what a person saw through these windows.
func (s Screen) finding(r row, outcome analysis.Outcome, reason string) analysis.Finding {
	f := analysis.Finding{Where: s.state.Where.String(), Windows: s.state.Windows}
	if run := s.runs[r.step.ID]; run.done && run.err == nil {
		f = run.finding
		f.ID = 0
	}
	f.Step, f.Outcome, f.Claim = r.step.ID, outcome, analysis.Said(r.step, reason)
	return f
}

// saved moves on to the next open step and asks for the state anew, so that
// the probabilities move.
func (s Screen) saved(msg saved) (screen.Screen, tea.Cmd) {
	s.saving = ""
	if msg.err != nil {
		s.failed = msg.err
		return s, nil
	}
	for _, r := range s.rows {
		if r.step.ID != msg.step && r.standing() == open {
			s.step = r.step.ID
			break
		}
	}
	next, cmd := s.look()
	return next, tea.Batch(cmd, screen.Do(screen.Refresh{}), screen.Do(screen.Notify{Text: "recorded " + msg.step}))
}
