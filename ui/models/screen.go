// Package models is the screen of who answered, and of what could be done.
//
//	members   right before, after, change ± ; agrees with the answer; broke?
//	versions  share before, after; right before, after; on the same traffic
//	what-if   what could be done now, ranked by what it would have brought
//	units     models and plants of the log: pick one, compare two
//	stages    of a chain, and what is put down to each
//
// One pane shows at a time; below its table stands the row under the cursor in
// words, then a plot of it. That all members fell alike points away from any
// single one of them. The screen shows the numbers and leaves the verdict to
// Triage.
package models

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/analysis/fleet"
	"andon/analysis/stage"
	"andon/analysis/version"
	"andon/analysis/whatif"
	"andon/ui/screen"
	"andon/ui/style"
	"andon/ui/table"
)

// Reader judges who answered the rows of a slice.
type Reader interface {
	Members(ctx context.Context, w analysis.Windows, where analysis.Where) (ensemble.Report, error)
	Versions(ctx context.Context, w analysis.Windows, where analysis.Where) (version.Report, error)
	Remedies(ctx context.Context, w analysis.Windows, where analysis.Where) (whatif.Plan, error)
	Units(ctx context.Context, w analysis.Windows, where analysis.Where) ([]fleet.Unit, error)
	Stages(ctx context.Context, w analysis.Windows, where analysis.Where) ([]stage.Stage, error)
	Compare(ctx context.Context, column, a, b string, where analysis.Where) (version.Comparison, error)
}

// Screen is the panes with the cursor on a row of each.
type Screen struct {
	reader Reader
	sheet  style.Sheet
	zone   *time.Location
	state  screen.State
	pane   pane
	tables [panes]table.Table
	asked  screen.Question
	known  known
	pair   pairing
	box    tea.WindowSizeMsg
	told   told
}

// told is what the detail is about: what the cursors were on when they came to
// rest.
type told struct {
	pane pane
	row  [panes]int
}

// pane is what shows and what the keys go to.
type pane int

const (
	members pane = iota
	versions
	remedies
	units
	stages
	panes // how many
)

// New returns the screen before its first question; times are shown in zone.
func New(reader Reader, sheet style.Sheet, zone *time.Location) Screen {
	return Screen{reader: reader, sheet: sheet, zone: zone,
		tables: [panes]table.Table{members: memberTable(), versions: versionTable(), remedies: remedyTable(), units: unitTable(), stages: stageTable()}}
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
	case compared:
		return s.paired(msg).tell(), nil
	}
	return s, nil
}

// tell lets the detail follow the cursors.
func (s Screen) tell() Screen {
	s.told.pane = s.pane
	for p := range s.tables {
		s.told.row[p] = s.tables[p].Selected()
	}
	return s
}

// telling is the screen with its cursors on what the detail is about.
func (s Screen) telling() Screen {
	s.pane = s.told.pane
	for p := range s.tables {
		s.tables[p] = s.tables[p].Select(s.told.row[p])
	}
	return s
}

// Typing is false: there is no prompt here.
func (s Screen) Typing() bool { return false }

// Under is the row under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	return analysis.Pin{Screen: string(screen.Models), Where: s.state.Where.String(), Windows: s.state.Windows, Saw: s.sentence()}
}

// resize tells the tables how many rows show.
func (s Screen) resize() Screen {
	l := s.layout(s.box.Width, s.box.Height)
	for p := range s.tables {
		s.tables[p] = s.tables[p].Resize(l.table)
	}
	return s
}

// row is the place of the row under the cursor among n, false where there is
// none.
func (s Screen) row(p pane, n int) (int, bool) {
	i := s.tables[p].Selected()
	return i, i >= 0 && i < n
}

func (s Screen) member() (int, bool) { return s.row(members, len(s.known.members.Members)) }

// version is the one under the cursor.
func (s Screen) version() (analysis.Version, bool) {
	if i, ok := s.row(versions, len(s.known.members.Versions)); ok {
		return s.known.members.Versions[i], true
	}
	return analysis.Version{}, false
}

// remedy is the one under the cursor.
func (s Screen) remedy() (whatif.Remedy, bool) {
	if i, ok := s.row(remedies, len(s.known.plan.Remedies)); ok {
		return s.known.plan.Remedies[i], true
	}
	return whatif.Remedy{}, false
}

// unit is the one under the cursor.
func (s Screen) unit() (fleet.Unit, bool) {
	if i, ok := s.row(units, len(s.known.units)); ok {
		return s.known.units[i], true
	}
	return fleet.Unit{}, false
}
