// Package ui is the console: the one tea.Model, which owns what its screens
// share and decides which of them the keys go to.
//
//	┌ tabs        1 House [2 Timeline] 3 Diff ...                    ┐ chrome.go
//	│ trail       all rows › line=L2        before … · after …       │
//	├ body ──────────────────────────────────────────────────────────┤ layout.go
//	│   the screen in focus, or the help or the palette over it      │ overlay.go
//	│   the prompts for a note and for a filter stand below it       │
//	├────────────────────────────────────────────────────────────────┤
//	└ keys, or a notice                                              ┘ keys.go
//
// Nothing here reads a file, a clock or SQL. The root asks its Reader for the
// shared state in a command (asking.go), wraps the answers to a screen's own
// commands so that they return to their asker (routing.go), and acts on the
// Actions that screens send (action.go).
package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/style"
)

// Reader answers with all that the screens share. Zero windows ask for the
// proposed ones. It may be slow and must honour ctx; called again with the
// same windows and filter it should answer from what it already knows.
type Reader interface {
	Load(ctx context.Context, windows analysis.Windows, where analysis.Where) (screen.State, error)
}

// Saver keeps what the user writes. Both return only once it is safe: a note
// is committed, a copy is in the file whose path is returned.
type Saver interface {
	AddNote(ctx context.Context, text string, pin analysis.Pin) error
	Copy(text string) (path string, err error)
}

// Config is what the console is made of. Screens are shown under the number
// keys of their place in screen.IDs; those absent have no key. Report writes
// the incident report and returns its path. Keep keeps what is being typed and
// Draft is what an earlier console left of it. Suspend stops the program until
// the shell continues it. Zone is what times are shown in, UTC if nil. Rest is
// the pause after the last key from which screen.Rested is sent. Terms answers
// with the columns and values a filter can name, Glance with the shared state
// before there is a triage, Furnish with Business and Expected of the state after
// it, Stop ends loading and following, Show shows pictures in the terminal's own
// graphics. Report, Keep, Suspend, Terms, Glance, Furnish, Stop and Show may be
// nil: the console then has none.
type Config struct {
	Screens []screen.Screen
	Reader  Reader
	Saver   Saver
	Report  func(context.Context) (path string, err error)
	Keep    Keeper
	Draft   Draft
	Suspend func()
	Terms   func(context.Context) ([]Term, error)
	Glance  func(context.Context) (screen.State, error)
	Furnish func(context.Context, screen.State) (screen.State, error)
	Stop    func()
	Show    func(screen.Show) tea.Cmd
	Sheet   style.Sheet
	Zone    *time.Location
	Rest    time.Duration
}

// Model is the console. It is a value: Update returns the next one and never
// changes what an earlier one sees.
type Model struct {
	config  Config
	screens []screen.Screen
	state   screen.State
	asking  asking
	here    place
	past    []place
	size    size
	early   []tea.KeyPressMsg // typed ahead of the first size
	over    overlay
	notice  string
	live    Followed // how far the sources are followed
	alert   alert
	partial bool  // the state is of a part of the rows: an import ran
	whole   int   // number of the first question asked after its end
	draft   Draft // left by an earlier console, until it is taken up
	drafts  int   // number of the last one kept
	typed   Draft // that one
	pauses  int   // so far

	unfurnished bool // the state is to be furnished at the next rest

	own         Bindings // the user's keys, by place
	translation translation
}

// New returns the console on House (or the first screen there is), before its
// first size and its first state.
func New(c Config) Model {
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	m := Model{config: c, draft: c.Draft}
	m.notice = m.unfinished()
	for _, id := range screen.IDs {
		for _, s := range c.Screens {
			if s.ID() == id {
				m.screens = append(m.screens, s)
			}
		}
	}
	if len(m.screens) > 0 {
		m.here.screen = m.screens[0].ID()
	}
	return m
}

// Init asks for the shared state, and for a glance at it meanwhile.
func (m Model) Init() tea.Cmd {
	load := func() tea.Msg { return Loaded{} }
	if m.config.Glance == nil {
		return load
	}
	return tea.Batch(load, func() tea.Msg {
		state, err := m.config.Glance(context.Background())
		return glance{state, err}
	})
}

// Update takes one message. It never waits: whatever takes time is a command.
func (m Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.resize(size{msg.Width, msg.Height})
	case tea.KeyPressMsg:
		if m.size == (size{}) && msg.String() != "ctrl+c" {
			m.early = append(m.early, msg)
			return m, nil
		}
		return m.pressed(msg)
	case rested:
		return m.rested(msg)
	case tea.PasteMsg:
		return m.paste(msg)
	case envelope:
		return m.deliver(msg)
	case screen.Action:
		return m.act(msg)
	case answer:
		return m.accept(msg)
	case furnished:
		return m.furnished(msg)
	case glance:
		return m.glanced(msg)
	case Progress:
		return m.progress(msg)
	case Loaded:
		return m.loaded(msg)
	case Followed:
		return m.followed(msg)
	case saved:
		return m.saved(msg)
	case terms:
		return m.learn(msg)
	}
	return m, nil
}
