// Package notes is the incident's record: its head, what people wrote and what
// was claimed, newest first, and the report as it would be sent.
//
//	Black gloves on line L2                     open, SLO 90 %
//	  06:41  note     gloves look black since the morning
//	> 06:38  finding  no row went missing: 0.2 %      r ▸ run again: same
//	────────────────────────────────────────────────────────
//	the entry under the cursor, with what it was pinned to
//
// i shows the incident record with the five whys, the fishbone and the handover.
//
// Nothing is ever changed or taken away: e writes a note that supersedes, and
// the one before stays in the chain.
package notes

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/prompt"
	"andon/ui/screen"
	"andon/ui/style"
	"andon/ui/table"
)

// Screen is the record with the cursor on one entry.
type Screen struct {
	incident Incident
	sheet    style.Sheet
	zone     *time.Location
	state    screen.State
	asked    int // number of the last question for notes or the report
	notes    answer
	entries  []entry
	table    table.Table
	reruns   map[int64]rerun // by finding
	mode     mode
	scroll   int
	report   answer
	edit     prompt.Note
	change   changing
	shown    int64 // incident that tab went to, 0 the one worked on
	alike    likeness
	failed   error // why the last note was not kept
	box      tea.WindowSizeMsg
}

// mode is what fills the screen.
type mode int

const (
	listing   mode = iota
	reading        // one entry whole
	preview        // the report
	editing        // a superseding note
	keeping        // the note is being saved
	recording      // the incident record
)

// New returns the screen before its first question; times are shown in zone.
func New(incident Incident, sheet style.Sheet, zone *time.Location) Screen {
	return Screen{incident: incident, sheet: sheet, zone: zone, table: newTable()}
}

// ID is screen.Notes.
func (s Screen) ID() screen.ID { return screen.Notes }

// Enter takes the shared state and asks for the notes again if there are
// others than those known. Findings come with the state.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	fresh := s.notes.number == 0 || state.Notes != s.state.Notes || state.Path != s.state.Path
	s.state = state
	s = s.list()
	if !fresh || state.Err != nil {
		return s, nil
	}
	return s.ask(notesAsked)
}

// Update takes keys, pastes while editing, and the answers to its questions.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		if s.mode == editing {
			s.edit = s.edit.Update(msg)
		}
		if s.change.typing() {
			s.change.line = s.change.line.Update(msg)
		}
	case tea.WindowSizeMsg:
		s.box = msg
		s.table = s.table.Resize(arrange(msg.Width, msg.Height).list)
	case answer:
		return s.accept(msg), nil
	case rerun:
		return s.reran(msg), nil
	case kept:
		return s.kept(msg)
	case changed:
		return s.changed(msg)
	case likeness:
		if msg.of == s.alike.of {
			s.alike = msg
		}
	}
	return s, nil
}

// Typing reports that a superseding note is being written, or the record changed.
func (s Screen) Typing() bool { return s.mode == editing || s.change.asking() }

// Under is the entry under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	pin := analysis.Pin{Screen: string(screen.Notes), Where: s.state.Where.String(), Windows: s.state.Windows}
	if s.mode == recording {
		pin.Saw = s.recordSentence()
		return pin
	}
	if e, ok := s.current(); ok {
		pin.Saw = e.sentence()
	}
	return pin
}

// current is the entry under the cursor.
func (s Screen) current() (entry, bool) {
	if i := s.table.Selected(); i >= 0 && i < len(s.entries) {
		return s.entries[i], true
	}
	return entry{}, false
}
