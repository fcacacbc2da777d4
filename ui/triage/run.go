package triage

import (
	"context"
	"maps"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
)

// runs are the automatic checks by step. A run is done once its answer came;
// until then the number tells which answer is awaited.
type runs map[string]run

type run struct {
	number  int
	cancel  context.CancelFunc
	done    bool
	finding analysis.Finding
	err     error
}

// ran is what the Reader said to the run of that number.
type ran struct {
	step    string
	number  int
	finding analysis.Finding
	err     error
}

// look runs the check of the step under the cursor, if it has one that has not
// been run over these windows.
func (s Screen) look() (screen.Screen, tea.Cmd) {
	r, ok := s.current()
	if _, known := s.runs[r.step.ID]; !ok || known || r.step.Check+r.step.Query == "" || !s.state.Ready || s.state.Stale {
		return s, nil
	}
	s.asked++
	ctx, cancel := context.WithCancel(context.Background())
	s.runs = s.runs.with(r.step.ID, run{number: s.asked, cancel: cancel})
	step, number, incident := r.step.ID, s.asked, s.incident
	return s, func() tea.Msg {
		finding, err := incident.Run(ctx, step)
		return ran{step, number, finding, err}
	}
}

// accept takes the answer that is awaited and drops any other.
func (s Screen) accept(msg ran) Screen {
	if awaited, ok := s.runs[msg.step]; ok && awaited.number == msg.number {
		awaited.cancel()
		awaited.done, awaited.finding, awaited.err = true, msg.finding, msg.err
		s.runs = s.runs.with(msg.step, awaited)
	}
	return s
}

// with is a copy with one more run: an earlier value of the screen may still
// hold the old map.
func (r runs) with(step string, one run) runs {
	next := maps.Clone(r)
	if next == nil {
		next = runs{}
	}
	next[step] = one
	return next
}

// stop cancels what is still under way: its windows are no longer in force.
func (r runs) stop() {
	for _, one := range r {
		one.cancel()
	}
}
