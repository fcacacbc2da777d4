// Package diff is every column before and after, ranked by how much it
// matters for the drop.
//
//	  signal      effect  direction   q       relevance  unseen
//	> brightness  1.9     down        < 0.001    97.0 %  31.0 %     rows.go
//	  vendor      0.42    new values  0.01       88.0 %  36.0 %
//	┌ vendor ──────────────────────────────────────────────────┐
//	│ a vendor that was not there before has 36 % of the rows   │    detail.go
//	│ initech            0.0 %  █████▌  36.0 %  new             │
//	└───────────────────────────────────────────────────────────┘
//
// The screen asks nothing: the signals and their profiles are part of the
// triage, which the root asks again when filter or windows change.
package diff

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/help"
	"andon/ui/prompt"
	"andon/ui/screen"
	"andon/ui/style"
	"andon/ui/table"
)

// Screen is the table of signals with the cursor on one of them.
type Screen struct {
	sheet  style.Sheet
	zone   *time.Location
	state  screen.State
	table  table.Table
	shown  []analysis.Signal // the signals of the table's rows
	find   prompt.Line       // narrows by name
	typing bool
	told   int // the signal of the detail: the cursor's, once it rests
	height int
}

// New returns the diff.
func New(sheet style.Sheet, zone *time.Location) Screen {
	return Screen{sheet: sheet, zone: zone, table: table.New(columns...), find: prompt.NewLine("name", "part of a column's name")}
}

// ID is screen.Diff.
func (s Screen) ID() screen.ID { return screen.Diff }

// Enter takes the state's signals; the cursor stays on its column.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	s.state = state
	return s.narrow(), nil
}

// narrow fills the table with the signals whose name holds what was typed.
func (s Screen) narrow() Screen {
	before := ""
	if sig, ok := s.selected(); ok {
		before = sig.Column
	}
	typed := strings.ToLower(s.find.Value())
	s.shown = nil
	var rows [][]table.Cell
	for _, sig := range s.state.Triage.Signals {
		if strings.Contains(strings.ToLower(sig.Column), typed) {
			s.shown = append(s.shown, sig)
			rows = append(rows, row(sig))
		}
	}
	s.table = s.table.With(rows).Resize(share(s.height, len(rows)))
	for i, sig := range s.shown {
		if sig.Column == before {
			s.table = s.table.Select(i)
		}
	}
	return s.tell()
}

// tell lets the detail follow the cursor.
func (s Screen) tell() Screen {
	s.told = s.table.Selected()
	return s
}

// selected is the signal under the cursor.
func (s Screen) selected() (analysis.Signal, bool) {
	if i := s.table.Selected(); i >= 0 && i < len(s.shown) {
		return s.shown[i], true
	}
	return analysis.Signal{}, false
}

// Update takes keys, a rest, the size, and text for the name.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		s.height = size.Height
		return s.narrow(), nil
	}
	if _, ok := msg.(screen.Rested); ok {
		return s.tell(), nil
	}
	if s.typing {
		return s.typed(msg), nil
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return s, nil
	}
	key := press.String()
	if next, moved := s.table.Press(key); moved {
		s.table = next
		return s, nil
	}
	switch {
	case key == "/":
		s.typing = true
	case key == "esc":
		s.find = s.find.With("")
		s = s.narrow()
	case key == "enter":
		return s.drill()
	}
	return s, nil
}

// typed narrows while the name is typed; enter keeps it, esc drops it.
func (s Screen) typed(msg tea.Msg) Screen {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			s.typing = false
			return s
		case "esc":
			s.typing = false
			s.find = s.find.With("")
			return s.narrow()
		}
	}
	s.find = s.find.Update(msg)
	return s.narrow()
}

// drill goes to the timeline: a number is shown over time, a text by the rows
// of the value that grew most.
func (s Screen) drill() (screen.Screen, tea.Cmd) {
	sig, ok := s.selected()
	if !ok {
		return s, nil
	}
	open := screen.Open{Screen: screen.Timeline, Column: sig.Column}
	if sig.Profile.Field.Type == analysis.Text {
		grown, ok := grew(sig.Profile)
		if !ok {
			return s, screen.Do(screen.Notify{Text: "no single value of " + sig.Column + " grew"})
		}
		where := append(s.state.Where[:len(s.state.Where):len(s.state.Where)], grown)
		open = screen.Open{Screen: screen.Timeline, Where: where}
	}
	return s, screen.Do(open)
}

// Keys are the diff's bindings.
func (s Screen) Keys() []help.Binding {
	if s.typing {
		return []help.Binding{{Keys: []string{"enter"}, Does: "keep"}, {Keys: []string{"esc"}, Does: "all columns"}}
	}
	none := func() string { return help.Why(len(s.shown) == 0, "no signals yet") }
	keys := []help.Binding{
		{Keys: []string{"enter"}, Does: "over time", Unless: none},
		{Keys: []string{"/"}, Does: "find column"},
		{Keys: []string{"esc"}, Does: "all columns", Unless: func() string {
			return help.Why(s.find.Value() == "", "all shown")
		}},
	}
	return append(keys, table.Keys()...)
}

// Typing reports that the name is being typed.
func (s Screen) Typing() bool { return s.typing }

// Under is the signal under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	pin := analysis.Pin{Screen: string(screen.Diff), Where: s.state.Where.String(), Windows: s.state.Windows}
	if sig, ok := s.selected(); ok {
		pin.Saw = sig.Column + " went " + sig.Direction + ": " + sig.Why
	}
	return pin
}
