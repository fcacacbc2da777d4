// Package triage is the screen that leads from "quality fell" to a cause: the
// verdict, the ledger it rests on, and the checklist that would settle it.
//
//	verdict   likely floor 91 %, and why in one sentence
//	causes    floor ████████ 91 %  │ ledger of the cause under the cursor
//	          sensor          4 %  │ x8.2 line=L2 carries 98 % of the drop
//	checklist next by information per minute: why it matters, what each
//	          outcome means, what the log says by itself
//
//	a, then y n u s ──▶ finding ──▶ Saver ──▶ Refresh ──▶ the posterior moves
//	h ──▶ hypotheses, side by side, and the negative controls
package triage

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/analysis/claim"
	"andon/analysis/hypothesis"
	"andon/ui/prompt"
	"andon/ui/screen"
	"andon/ui/style"
)

// Reader runs a step's automatic check over the windows in force. The finding
// has no outcome: its claim says what was seen, its result is the number.
type Reader interface {
	Run(ctx context.Context, step string) (analysis.Finding, error)
}

// Saver keeps a finding; it fills in the time and returns once that is safe.
type Saver interface {
	Save(ctx context.Context, f analysis.Finding) error
}

// Decider keeps what a person decides about hypotheses: a move to another
// status for a reason, one of her own, and a negative control as a finding.
type Decider interface {
	Move(ctx context.Context, h hypothesis.Hypothesis, to hypothesis.Status, reason string) (hypothesis.Hypothesis, error)
	Propose(ctx context.Context, h hypothesis.Hypothesis) (hypothesis.Hypothesis, error)
	KeepControl(ctx context.Context, c claim.Controlled, t analysis.Triage) error
}

// ReadSaver is all this screen needs of the incident.
type ReadSaver interface {
	Reader
	Saver
	Decider
}

// Screen is the triage with the cursor on one cause and on one step.
type Screen struct {
	incident ReadSaver
	sheet    style.Sheet
	zone     *time.Location
	state    screen.State
	rows     []row
	pane     pane
	cause    int    // index into Triage.Causes
	scroll   int    // first ledger line shown
	step     string // id of the step under the cursor
	runs     runs
	asked    int
	entry    entry
	reason   prompt.Line
	saving   string // id of the step being saved
	failed   error  // why the last outcome was not saved
	settled  settled
	fast     bool // order the checklist by repair saved, not by information
	decide   decide
}

// settled is what the explaining panes are about: what the cursors were on when
// they came to rest.
type settled struct {
	step  string
	cause int
}

// pane is what the keys go to.
type pane int

const (
	checklist pane = iota
	causes
	ledger
	panes // how many
)

// New returns the screen before its first state; times are shown in zone.
func New(incident ReadSaver, sheet style.Sheet, zone *time.Location) Screen {
	return Screen{incident: incident, sheet: sheet, zone: zone}
}

// ID is screen.Triage.
func (s Screen) ID() screen.ID { return screen.Triage }

// Enter takes the shared state. The cursor stays on its step, wherever the new
// order puts it; without one it goes to what to ask next.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	if s.state.Windows != state.Windows || s.state.Where.String() != state.Where.String() {
		s.runs.stop()
		s.runs = nil
	}
	s.state = state
	s = s.list()
	s.decide = s.decide.over(state.Problem)
	s.cause = max(0, min(s.cause, len(state.Triage.Causes)-1))
	if s.step == "" && len(s.rows) > 0 {
		s.step = s.rows[0].step.ID
	}
	return s.tell().look()
}

// list makes the rows of the checklist, in the order that is wanted.
func (s Screen) list() Screen {
	tests := s.state.Triage.Next
	if s.fast {
		tests = s.state.Triage.Plan(s.state.Problem.Own...).Tests
	}
	s.rows = rows(s.state.Problem.Steps(), tests, s.state.Triage.Ledger, s.state.Findings)
	return s
}

// tell lets the explaining panes follow the cursors.
func (s Screen) tell() Screen {
	s.settled = settled{s.step, s.cause}
	return s
}

// Update takes keys, a rest, pastes while typing, and the answers to run and
// save.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if s.entry.asking() {
			return s.enter(msg)
		}
		if s.decide.asking() {
			return s.deciding(msg)
		}
		if next, cmd, done := screen.Press(s.bindings(), msg.String(), s); done {
			return next, cmd
		}
	case tea.PasteMsg:
		if s.entry.outcome != "" {
			s.reason = s.reason.Update(msg)
		}
		if s.decide.typing() {
			s.decide.line = s.decide.line.Update(msg)
		}
	case screen.Rested:
		return s.tell(), nil
	case ran:
		return s.accept(msg), nil
	case saved:
		return s.saved(msg)
	case decided:
		return s.decided(msg)
	}
	return s, nil
}

// Typing reports that an outcome, a status or a reason is being given.
func (s Screen) Typing() bool { return s.entry.asking() || s.decide.asking() }

// Under is the step or the cause under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	pin := analysis.Pin{Screen: string(screen.Triage), Where: s.state.Where.String(), Windows: s.state.Windows}
	if s.decide.shown {
		if h, ok := s.decide.current(); ok {
			pin.Saw = hypothesisSentence(h)
		}
		return pin
	}
	if s.pane == checklist {
		if r, ok := s.current(); ok {
			pin.Saw = r.sentence(s.runs[r.step.ID])
		}
		return pin
	}
	if c, ok := s.accused(); ok {
		pin.Saw = causeSentence(c)
	}
	return pin
}

// current is the step under the cursor.
func (s Screen) current() (row, bool) {
	if len(s.rows) == 0 {
		return row{}, false
	}
	return s.rows[index(s.rows, s.step)], true
}

// accused is the cause under the cursor.
func (s Screen) accused() (analysis.CauseScore, bool) { return s.charged(s.cause) }

// charged is a cause by its place.
func (s Screen) charged(at int) (analysis.CauseScore, bool) {
	if at < 0 || at >= len(s.state.Triage.Causes) {
		return analysis.CauseScore{}, false
	}
	return s.state.Triage.Causes[at], true
}

// explained is the step of the detail: while it is answered, the cursor's.
func (s Screen) explained() (row, bool) {
	if len(s.rows) == 0 || s.settled.step == "" || s.entry.asking() {
		return s.current()
	}
	return s.rows[index(s.rows, s.settled.step)], true
}
