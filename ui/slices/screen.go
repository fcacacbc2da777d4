// Package slices is which rows got worse: conjunctions of column=value, ranked
// by how much of the drop they carry.
//
//	  where      support   before   after    carries              rows.go
//	> line=L2     37.0 %   93.0 %   5.0 %   █████▉ 98.0 %
//	┌ line=L2 ─────────────────────────────────────────┐
//	│             rows   known   before    after        │          detail.go
//	│ slice      3,730     746   93.0 %    5.0 % -88.0  │
//	│ the rest   6,370   1,274   92.7 %   98.4 %  +5.7  │
//	└───────────────────────────────────────────────────┘
//
// A slice is left by keys that carry it on: to the timeline, the diff or the
// frames of its rows. The screen asks nothing: its slices are part of the
// triage.
package slices

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/style"
	"andon/ui/table"
)

// Screen is the table of slices with the cursor on one of them.
type Screen struct {
	sheet  style.Sheet
	zone   *time.Location
	state  screen.State
	table  table.Table
	shown  []entry // the slices of the table's rows
	told   int     // the row of the detail: the cursor's, once it rests
	height int

	unfolded bool // show the slices that repeat others
}

// New returns the slices.
func New(sheet style.Sheet, zone *time.Location) Screen {
	return Screen{sheet: sheet, zone: zone, table: table.New(columns...)}
}

// ID is screen.Slices.
func (s Screen) ID() screen.ID { return screen.Slices }

// Enter takes the state's slices; the cursor stays on its slice if it is
// still there.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	before, _ := s.selected()
	s.state = state
	return s.list(before), nil
}

// list fills the table and puts the cursor on a slice, or on the one it is
// folded into.
func (s Screen) list(on analysis.SliceScore) Screen {
	scores := s.state.Triage.Slices
	s.shown = fold(scores, s.unfolded)
	rows := make([][]table.Cell, len(s.shown))
	for i, e := range s.shown {
		rows[i] = s.row(e)
	}
	s.table = s.table.With(rows).Resize(share(s.height, len(rows)))
	for i, e := range s.shown {
		if scores[e.score].Where.String() == on.Where.String() {
			s.table = s.table.Select(i)
			return s.tell()
		}
	}
	for i, e := range s.shown {
		if len(on.Where) > 0 && repeat(scores[e.score], on) {
			s.table = s.table.Select(i)
			break
		}
	}
	return s.tell()
}

// tell lets the detail follow the cursor.
func (s Screen) tell() Screen {
	s.told = s.table.Selected()
	return s
}

// selected is the slice under the cursor.
func (s Screen) selected() (analysis.SliceScore, bool) {
	return s.scored(s.table.Selected())
}

// scored is the slice of a row of the table.
func (s Screen) scored(row int) (analysis.SliceScore, bool) {
	if row < 0 || row >= len(s.shown) {
		return analysis.SliceScore{}, false
	}
	return s.state.Triage.Slices[s.shown[row].score], true
}

// Update takes keys, a rest and the size.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.height = msg.Height
		s.table = s.table.Resize(share(s.height, len(s.table.Rows)))
		return s, nil
	case screen.Rested:
		return s.tell(), nil
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return s, nil
	}
	if next, moved := s.table.Press(press.String()); moved {
		s.table = next
		return s, nil
	}
	if press.String() == "u" {
		on, _ := s.selected()
		s.unfolded = !s.unfolded
		return s.list(on), nil
	}
	for _, d := range drills {
		if d.key == press.String() {
			return s.drill(d.to)
		}
	}
	return s, nil
}

// drills are the screens a slice can be carried to.
var drills = []struct {
	key, does string
	to        screen.ID
}{
	{"enter", "its timeline", screen.Timeline},
	{"d", "its diff", screen.Diff},
	{"f", "its frames", screen.Frames},
	{"space", "filter here", screen.Slices},
}

// drill makes the slice the filter, within the one in force, and goes on.
func (s Screen) drill(to screen.ID) (screen.Screen, tea.Cmd) {
	score, ok := s.selected()
	if !ok {
		return s, nil
	}
	where := append(s.state.Where[:len(s.state.Where):len(s.state.Where)], score.Where...)
	return s, screen.Do(screen.Open{Screen: to, Where: where})
}

// Keys are the slices' bindings.
func (s Screen) Keys() []help.Binding {
	none := func() string { return help.Why(len(s.state.Triage.Slices) == 0, "no slices yet") }
	var keys []help.Binding
	for _, d := range drills {
		keys = append(keys, help.Binding{Keys: []string{d.key}, Does: d.does, Unless: none})
	}
	does := "show repeats"
	if s.unfolded {
		does = "fold repeats"
	}
	keys = append(keys, help.Binding{Keys: []string{"u"}, Does: does, Unless: func() string {
		return help.Why(len(fold(s.state.Triage.Slices, false)) == len(s.state.Triage.Slices), "none repeats another")
	}})
	return append(keys, table.Keys()...)
}

// Typing is false: the slices have no prompt.
func (s Screen) Typing() bool { return false }

// Under is the slice under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	pin := analysis.Pin{Screen: string(screen.Slices), Where: s.state.Where.String(), Windows: s.state.Windows}
	if score, ok := s.selected(); ok {
		scale := s.state.Triage.Measure.Scale
		pin.Saw = score.Where.String() + " went from " + string(mean(scale, score.Before)) +
			" to " + string(mean(scale, score.After)) + " and carries " +
			string(percent(score.Contribution)) + " of the change"
	}
	return pin
}
