package notes

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/prompt"
	"andon/ui/screen"
	"andon/ui/table"
)

type binding = screen.Binding[Screen]

func (s Screen) bindings() []binding {
	if s.mode == editing {
		return []binding{
			{Binding: help.Binding{Keys: []string{"ctrl+s"}, Does: "keep note"}, Press: Screen.keep},
			{Binding: help.Binding{Keys: []string{"esc"}, Does: "leave"}, Press: Screen.leave},
		}
	}
	if s.mode == recording {
		return s.recordKeys()
	}
	return []binding{
		{Binding: help.Binding{Keys: []string{"enter"}, Does: "read whole", Unless: s.unlessEntry}, Press: Screen.read},
		{Binding: help.Binding{Keys: []string{"i"}, Does: "incident record"}, Press: Screen.showRecord},
		{Binding: help.Binding{Keys: []string{"p"}, Does: "preview report"}, Press: Screen.preview},
		{Binding: help.Binding{Keys: []string{"r"}, Does: "run again", Unless: s.unlessFinding}, Press: Screen.runAgain},
		{Binding: help.Binding{Keys: []string{"e"}, Does: "supersede note", Unless: s.unlessNote}, Press: Screen.supersede},
		{Binding: help.Binding{Keys: []string{"ctrl+r"}, Does: "ask again"}, Press: func(s Screen) (screen.Screen, tea.Cmd) { return screen.Again(s.ask(notesAsked)) }},
		{Binding: help.Binding{Keys: []string{"esc"}, Does: "back"}, Press: Screen.leave},
	}
}

// Keys are the screen's bindings.
func (s Screen) Keys() []help.Binding {
	keys := screen.Keys(s.bindings())
	if s.mode == editing || s.mode == recording {
		return keys
	}
	return append(keys, table.Keys()...)
}

// press gives a key to the prompt, to a binding, or to what scrolls.
func (s Screen) press(msg tea.KeyPressMsg) (screen.Screen, tea.Cmd) {
	key := msg.String()
	if next, cmd, done := screen.Press(s.bindings(), key, s); done {
		return next, cmd
	}
	if s.change.typing() {
		s.change.line = s.change.line.Update(msg)
		return s, nil
	}
	switch s.mode {
	case editing:
		s.edit = s.edit.Update(msg)
	case listing, keeping:
		s.table, _ = s.table.Press(key)
	default:
		s.scroll = max(0, min(s.scroll+s.step(key), len(s.pageLines(s.box.Width))-1))
	}
	return s, nil
}

// step is how far a key scrolls a page of text.
func (s Screen) step(key string) int {
	page := max(1, s.box.Height-2)
	switch key {
	case "down", "j":
		return 1
	case "up", "k":
		return -1
	case "pgdown", "ctrl+d", "space":
		return page
	case "pgup", "ctrl+u":
		return -page
	case "home", "g":
		return -s.scroll
	case "end", "G":
		return len(s.pageLines(s.box.Width))
	}
	return 0
}

func (s Screen) read() (screen.Screen, tea.Cmd) {
	if s.mode == listing {
		s.mode, s.scroll = reading, 0
	}
	return s, nil
}

func (s Screen) preview() (screen.Screen, tea.Cmd) {
	if s.mode == preview {
		return s.leave()
	}
	s.mode, s.scroll = preview, 0
	return s.ask(reportAsked)
}

// supersede opens the note under the cursor for a note that replaces it.
func (s Screen) supersede() (screen.Screen, tea.Cmd) {
	e, _ := s.current()
	s.mode, s.failed = editing, nil
	s.edit = prompt.NewNote("superseding note " + display.Count(e.id()) + ": ctrl+s keeps it, esc leaves").With(e.note.Text)
	return s, nil
}

// kept is the end of a save.
type kept struct{ err error }

// keep saves the superseding note, unless it says the same.
func (s Screen) keep() (screen.Screen, tea.Cmd) {
	e, ok := s.current()
	text := s.edit.Value()
	if !ok || e.note == nil || strings.TrimSpace(text) == "" || text == e.note.Text {
		s.mode = listing
		return s, screen.Do(screen.Notify{Text: "nothing to keep: the text is empty or unchanged"})
	}
	s.mode = keeping
	incident, id := s.incident, e.id()
	return s, func() tea.Msg { return kept{incident.Supersede(context.Background(), id, text)} }
}

// kept goes back to the list, or back to the text if it could not be kept.
func (s Screen) kept(msg kept) (screen.Screen, tea.Cmd) {
	if msg.err != nil {
		s.mode, s.failed = editing, msg.err
		return s, nil
	}
	s.mode = listing
	next, asked := s.ask(notesAsked)
	return next, tea.Batch(asked, screen.Do(screen.Refresh{}))
}

// leave goes back to the list, then leaves the screen.
func (s Screen) leave() (screen.Screen, tea.Cmd) {
	if s.mode == listing || s.mode == keeping {
		return s, screen.Do(screen.Back{})
	}
	s.mode, s.failed = listing, nil
	return s, nil
}

func (s Screen) unlessEntry() string {
	if len(s.entries) == 0 {
		return "nothing written yet: press n"
	}
	return ""
}

func (s Screen) unlessFinding() string {
	if e, ok := s.current(); !ok || e.finding == nil || e.finding.Query == "" {
		return "only a finding with a query can be run again"
	}
	return ""
}

func (s Screen) unlessNote() string {
	e, ok := s.current()
	switch {
	case !ok || e.note == nil:
		return "only a note can be superseded"
	case e.by != 0:
		return "a later note has taken its place already"
	case s.mode == keeping:
		return "a note is being kept"
	}
	return ""
}
