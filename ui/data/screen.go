// Package data is the screen of what everything else rests on: which sources
// were loaded and how they were understood, what the columns hold and since
// when, and which records could not be used.
//
//	rows      ▂▃▃▅▅▃▂▂▃▅▅▃ ▃▅   over the log's span; a gap is a gap
//	labelled  ▂▃▃▅▅▃▂▂▃▅▅▁
//	sources   path, format, kind, rows, rejects
//	columns   name, role, type, distinct, empty, filled over time
//	rejects   line, reason, the record as it was
//	          the whole of what is under the cursor
package data

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
	"andon/ui/table"
)

// Screen is the data with the cursor on one source, column or reject.
type Screen struct {
	reader  Reader
	sheet   style.Sheet
	zone    *time.Location
	state   screen.State
	pane    pane
	sources table.Table
	columns table.Table
	rejects table.Table
	asked   int
	stock   inventory
	spread  spread
	refused rejected
	sql     sql
	choice  choice
	plan    plan
	box     tea.WindowSizeMsg

	changing display.Text // what is being changed in the file, "" nothing
}

// pane is what the keys go to.
type pane int

const (
	sources pane = iota
	columns
	rejects
	panes // how many
)

// New returns the screen before its first question; times are shown in zone.
func New(reader Reader, sheet style.Sheet, zone *time.Location) Screen {
	return Screen{reader: reader, sheet: sheet, zone: zone,
		sources: sourceTable(), columns: columnTable(), rejects: rejectTable(), sql: newSQL(), plan: newPlan()}
}

// ID is screen.Data.
func (s Screen) ID() screen.ID { return screen.Data }

// Enter takes the shared state. It asks for the columns anew once an import is
// done, not while it runs: an inventory reads every row.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	changed := s.stock.number == 0 || loaded(state) != loaded(s.state) || state.Path != s.state.Path
	before, _ := s.source()
	s.state = state
	s.sources = s.sources.With(s.sourceRows())
	for i, source := range state.Sources {
		if source.ID == before.ID {
			s.sources = s.sources.Select(i) // others may come before it
		}
	}
	s = s.lookOver().resize()
	if state.Loading.Active || state.Err != nil || len(state.Sources) == 0 {
		return s, nil
	}
	var takeStock, rejects, bars tea.Cmd
	if changed {
		s, takeStock = s.askInventory()
		s, rejects = s.askRejects()
	}
	if changed || s.spread.number == 0 { // the span may come later, with the triage
		s, bars = s.askSpread()
	}
	return s, tea.Batch(takeStock, rejects, bars)
}

// loaded counts the records of all sources, used or not.
func loaded(state screen.State) int64 {
	var n int64
	for _, source := range state.Sources {
		n += source.Rows + source.Rejected
	}
	return n
}

// Update takes keys and the answers to its questions.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.WindowSizeMsg:
		s.box = msg
		return s.resize(), nil
	case inventory:
		return s.take(msg), nil
	case rejected:
		return s.refuse(msg), nil
	case spread:
		return s.lay(msg), nil
	case recast:
		return s.took(msg)
	case supposed:
		return s.suppose(msg)
	case replied:
		s.sql = s.sql.take(msg)
		return s.resize(), nil
	case tea.PasteMsg:
		if s.sql.typing {
			s.sql = s.sql.edit(msg)
		}
	}
	return s, nil
}

// Typing reports that a question is being typed, or a word chosen.
func (s Screen) Typing() bool { return s.sql.typing || s.choice.open }

// Under is what the cursor is on, in words.
func (s Screen) Under() analysis.Pin {
	return analysis.Pin{Screen: string(screen.Data), Where: s.state.Where.String(), Windows: s.state.Windows, Saw: s.sentence()}
}

// resize tells the tables how many rows show.
func (s Screen) resize() Screen {
	l := s.layout(s.box.Width, s.box.Height)
	s.sources, s.columns, s.rejects = s.sources.Resize(l.sources), s.columns.Resize(l.lower-1), s.rejects.Resize(l.lower-1)
	s.sql.table = s.sql.table.Resize(s.box.Height - sqlHead - l.detail)
	s.choice.table = s.choice.table.Resize(l.lower - 1)
	s.plan.sources, s.plan.fields = s.plan.sources.Resize(l.sources), s.plan.fields.Resize(l.lower-1)
	return s
}

// source is the one under the cursor.
func (s Screen) source() (analysis.Source, bool) {
	if i := s.sources.Selected(); i >= 0 && i < len(s.state.Sources) {
		return s.state.Sources[i], true
	}
	return analysis.Source{}, false
}

// column is the one under the cursor.
func (s Screen) column() (analysis.ColumnStats, bool) {
	if i := s.columns.Selected(); i >= 0 && i < len(s.stock.columns) {
		return s.stock.columns[i], true
	}
	return analysis.ColumnStats{}, false
}

// reject is the one under the cursor.
func (s Screen) reject() (analysis.Reject, bool) {
	if i := s.rejects.Selected(); i >= 0 && i < len(s.refused.rejects) {
		return s.refused.rejects[i], true
	}
	return analysis.Reject{}, false
}
