package triage

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/analysis/hypothesis"
	"andon/ui/display"
	"andon/ui/prompt"
	"andon/ui/screen"
)

// What a person decides about a hypothesis takes a status and a reason, one of
// her own a cause and a sentence:
//
//	s ─▶ t testing, y supported, n refuted, p proposed ─▶ why ─▶ move
//	o ─▶ "floor line=L2: the night shift wears winter gloves" ─▶ proposed
//	c ─▶ the negative controls become findings

// decide is the hypotheses with the cursor on one, and how far a decision is.
type decide struct {
	shown  bool
	all    []hypothesis.Hypothesis
	at     int
	scroll int
	step   deciding
	to     hypothesis.Status
	line   prompt.Line
	failed error
}

// deciding is what is asked now.
type deciding int

const (
	nothing deciding = iota
	whichStatus
	whyMoved
	herOwn
)

func (d decide) asking() bool { return d.step != nothing }
func (d decide) typing() bool { return d.step == whyMoved || d.step == herOwn }

// over takes the hypotheses as they stand now; the cursor stays on its own.
func (d decide) over(p screen.Problem) decide {
	before, held := d.current()
	d.all, d.at = p.Hypotheses, max(0, min(d.at, len(p.Hypotheses)-1))
	for i, h := range d.all {
		if held && h.Key() == before.Key() {
			d.at = i
		}
	}
	return d
}

func (d decide) current() (hypothesis.Hypothesis, bool) {
	if d.at < 0 || d.at >= len(d.all) {
		return hypothesis.Hypothesis{}, false
	}
	return d.all[d.at], true
}

func (s Screen) showHypotheses() (screen.Screen, tea.Cmd) {
	s.decide.shown, s.decide.failed = true, nil
	return s, nil
}

func (s Screen) hideHypotheses() (screen.Screen, tea.Cmd) {
	s.decide.shown = false
	return s, nil
}

func (s Screen) askStatus() (screen.Screen, tea.Cmd) {
	s.decide.step, s.decide.failed = whichStatus, nil
	return s, nil
}

func (s Screen) askOwn() (screen.Screen, tea.Cmd) {
	s.decide.step, s.decide.failed = herOwn, nil
	s.decide.line = prompt.NewLine("my own", "cause [filter]: what may have happened, as floor line=L2: winter gloves")
	return s, nil
}

// goSlice opens the diff within the hypothesis' slice.
func (s Screen) goSlice() (screen.Screen, tea.Cmd) {
	h, _ := s.decide.current()
	where, err := analysis.ParseWhere(h.Where)
	if err != nil {
		return s, screen.Do(screen.Notify{Text: "its slice cannot be read: " + err.Error()})
	}
	return s, screen.Do(screen.Open{Screen: screen.Diff, Where: where})
}

// deciding takes a key while a decision is under way.
func (s Screen) deciding(key tea.KeyPressMsg) (screen.Screen, tea.Cmd) {
	name := key.String()
	if name == "esc" {
		s.decide.step = nothing
		return s, nil
	}
	if s.decide.step == whichStatus {
		s.decide.step = nothing
		for _, one := range statuses {
			if one.key == name {
				s.decide.step, s.decide.to = whyMoved, one.status
				s.decide.line = prompt.NewLine("why "+display.Text(one.status), "what shows it? enter saves, esc leaves")
			}
		}
		return s, nil
	}
	if name != "enter" {
		s.decide.line = s.decide.line.Update(key)
		return s, nil
	}
	text := strings.TrimSpace(s.decide.line.Value())
	if text == "" {
		return s, nil
	}
	if s.decide.step == herOwn {
		return s.propose(text)
	}
	return s.settle(text)
}

// decided is the end of a decision.
type decided struct {
	said string
	err  error
}

// settle keeps the move of the hypothesis under the cursor.
func (s Screen) settle(why string) (screen.Screen, tea.Cmd) {
	h, _ := s.decide.current()
	incident, to := s.incident, s.decide.to
	s.decide.step = nothing
	return s, func() tea.Msg {
		_, err := incident.Move(context.Background(), h, to, why)
		return decided{"hypothesis " + string(to), err}
	}
}

// propose keeps one of her own: "cause [filter]: text".
func (s Screen) propose(text string) (screen.Screen, tea.Cmd) {
	head, said, ok := strings.Cut(text, ":")
	cause, where, _ := strings.Cut(strings.TrimSpace(head), " ")
	if !ok {
		s.decide.failed = errNoCause
		return s, nil
	}
	h := hypothesis.Hypothesis{Cause: analysis.Cause(cause), Where: strings.TrimSpace(where), Text: strings.TrimSpace(said)}
	incident := s.incident
	s.decide.step = nothing
	return s, func() tea.Msg {
		_, err := incident.Propose(context.Background(), h)
		return decided{"hypothesis proposed", err}
	}
}

// keepControls keeps every negative control as a finding.
func (s Screen) keepControls() (screen.Screen, tea.Cmd) {
	incident, controls, t := s.incident, s.state.Problem.Controls, s.state.Triage
	return s, func() tea.Msg {
		for _, c := range controls {
			if err := incident.KeepControl(context.Background(), c, t); err != nil {
				return decided{err: err}
			}
		}
		return decided{said: "negative controls kept as findings"}
	}
}

// decided shows why a decision was not kept, or asks for the state anew.
func (s Screen) decided(msg decided) (screen.Screen, tea.Cmd) {
	s.decide.failed = msg.err
	if msg.err != nil {
		return s, nil
	}
	return s, tea.Batch(screen.Do(screen.Refresh{}), screen.Do(screen.Notify{Text: msg.said}))
}
