// Package models is the screen of who answered: the members of the ensemble on
// the same rows, and the versions with their share of the traffic.
//
//	members   right before, after, change ± ; agrees with the answer ███▅▂▂
//	versions  share before, after; right before, after; traffic      ██▁▁▁▁
//	          the one under the cursor in words, and whom it differs from
//
// That all members fell alike points away from any single one of them; that
// one version fell while another held points at a release. The screen shows
// the numbers and leaves the verdict to Triage.
package models

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/style"
	"andon/ui/table"
)

// Reader compares members and versions over the rows of a slice.
type Reader interface {
	Ensemble(ctx context.Context, w analysis.Windows, where analysis.Where) (analysis.Ensemble, error)
}

// Screen is members and versions with the cursor on one of them.
type Screen struct {
	reader   Reader
	sheet    style.Sheet
	zone     *time.Location
	state    screen.State
	pane     pane
	members  table.Table
	versions table.Table
	asked    question
	answer   answer
	box      tea.WindowSizeMsg
	told     told
}

// told is what the detail is about: what the cursors were on when they came to
// rest.
type told struct {
	pane            pane
	member, version int
}

// pane is what the keys go to.
type pane int

const (
	members pane = iota
	versions
	panes // how many
)

// New returns the screen before its first question; times are shown in zone.
func New(reader Reader, sheet style.Sheet, zone *time.Location) Screen {
	return Screen{reader: reader, sheet: sheet, zone: zone, members: memberTable(), versions: versionTable()}
}

// ID is screen.Models.
func (s Screen) ID() screen.ID { return screen.Models }

// Enter takes the shared state and asks if windows or filter differ from what
// was asked before.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	s.state = state
	if !state.Ready || state.Stale {
		return s, nil
	}
	return s.ask(false)
}

// Update takes keys, a rest and the answers to ask.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg.String())
	case tea.WindowSizeMsg:
		s.box = msg
		return s.resize(), nil
	case screen.Rested:
		return s.tell(), nil
	case answer:
		return s.accept(msg).tell(), nil
	}
	return s, nil
}

// tell lets the detail follow the cursors.
func (s Screen) tell() Screen {
	s.told = told{s.pane, s.members.Selected(), s.versions.Selected()}
	return s
}

// telling is the screen with its cursors on what the detail is about.
func (s Screen) telling() Screen {
	s.pane, s.members, s.versions = s.told.pane, s.members.Select(s.told.member), s.versions.Select(s.told.version)
	return s
}

// Typing is false: there is no prompt here.
func (s Screen) Typing() bool { return false }

// Under is the member or version under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	return analysis.Pin{Screen: string(screen.Models), Where: s.state.Where.String(), Windows: s.state.Windows, Saw: s.sentence()}
}

// resize tells the tables how many rows show.
func (s Screen) resize() Screen {
	l := s.layout(s.box.Width, s.box.Height)
	s.members, s.versions = s.members.Resize(l.members), s.versions.Resize(l.versions)
	return s
}

// member is the one under the cursor.
func (s Screen) member() (analysis.Member, bool) {
	if i := s.members.Selected(); i >= 0 && i < len(s.answer.ensemble.Members) {
		return s.answer.ensemble.Members[i], true
	}
	return analysis.Member{}, false
}

// version is the one under the cursor.
func (s Screen) version() (analysis.Version, bool) {
	if i := s.versions.Selected(); i >= 0 && i < len(s.answer.ensemble.Versions) {
		return s.answer.ensemble.Versions[i], true
	}
	return analysis.Version{}, false
}
