// Package screen is the contract between the console's root and its screens.
//
//	          State (triage, windows, filter)          tea.Msg
//	root ───────────────────────────────────▶ screen ◀───────── root
//	  ▲                                         │
//	  └────────────── Action, by tea.Cmd ───────┘
//
// The root is the only tea.Model. A screen is a value: Update returns the next
// one, View fills exactly the box it is given. A screen asks its own small
// Reader inside a command and numbers each question; it never sees another
// screen, and moves elsewhere only by an Action, which carries a query.
package screen

import (
	"image"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/analysis/impact"
	"andon/analysis/labelling"
	"andon/analysis/slo"
	"andon/analysis/warning"
	"andon/ui/help"
)

// ID names a screen; its place in IDs is its number key.
type ID string

const (
	House    ID = "house"
	Timeline ID = "timeline"
	Diff     ID = "diff"
	Slices   ID = "slices"
	Frames   ID = "frames"
	Models   ID = "models"
	Triage   ID = "triage"
	Notes    ID = "notes"
	Data     ID = "data"
)

// IDs are all screens in the order of the keys 1 to 9.
var IDs = []ID{House, Timeline, Diff, Slices, Frames, Models, Triage, Notes, Data}

// State is what all screens share, owned by the root and handed down by value.
// Ready is false until the first triage is done; Err is why there is none.
// Stale says that Windows or Where are newer than Triage, which is being asked
// for again; Bare that Business and Expected are still asked for.
type State struct {
	Incident analysis.Incident
	Path     string // of the incident file
	Sources  []analysis.Source
	Pending  []Pending // to be looked over before they are loaded
	Events   []analysis.Event
	Findings []analysis.Finding
	Notes    int
	Triage   analysis.Triage
	Problem  Problem
	Windows  analysis.Windows
	Where    analysis.Where
	Column   string // drilled into, "" none
	Business Business
	Expected Expectation
	Loading  Loading
	Ready    bool
	Stale    bool
	Bare     bool
	Err      error
}

// Business is what the incident means for who pays: how the objectives stand,
// the incident's own or the proposed one first, what the drop costs, and how
// each room of the house did in the last week.
type Business struct {
	Objectives []slo.Standing
	Impact     impact.Impact
	Currency   string
	Health     []warning.Line
}

// Expectation is quality as far as it can be told without labels: an estimate
// and its trust check, the same over time to be drawn beside what was realised,
// and what labels would settle.
type Expectation struct {
	Estimate analysis.Estimate
	Series   analysis.Series
	Needs    []labelling.Need
}

// Loading is how far an import has come; Active is false when none runs.
type Loading struct {
	Active  bool
	Source  string
	Rows    int64
	Done    int64   // bytes
	Total   int64   // bytes, 0 unknown
	PerSec  float64 // rows
	Seconds float64 // left, 0 unknown
}

// Screen is one screen of the console.
type Screen interface {
	// ID names it.
	ID() ID
	// Enter is called when the screen is shown and whenever State changed
	// while it is shown; it may start a question.
	Enter(State) (Screen, tea.Cmd)
	// Update takes keys (tea.KeyPressMsg), pasted text (tea.PasteMsg) while
	// Typing, Rested, the answers to its own commands, and a tea.WindowSizeMsg
	// with the size of the box that View will get. A command answers with a private
	// message, an Action or a tea.BatchMsg, nothing else.
	Update(tea.Msg) (Screen, tea.Cmd)
	// View fills a box of width x height cells exactly.
	View(width, height int) string
	// Keys are its bindings, most useful first; the root adds the global ones.
	Keys() []help.Binding
	// Typing reports that a prompt has the focus, so that letters and digits
	// are text, not keys.
	Typing() bool
	// Under is what the cursor is on, for a note and for copying.
	Under() analysis.Pin
}

// Rested is sent to the screen in focus when no key came for a moment. What
// explains the row under the cursor follows then: to draw it for every row that
// is passed would flood a slow link.
type Rested struct{}

// Action is what a screen asks of the root; it is sent as a tea.Msg.
type Action interface{ action() }

// Open goes to a screen; Where, if not nil, becomes the filter first. Column,
// if any, is what to look at there: State.Column until the user goes elsewhere.
type Open struct {
	Screen ID
	Where  analysis.Where
	Column string
}

// Filter replaces the filter everywhere; nil is every row.
type Filter struct{ Where analysis.Where }

// Move replaces the windows; the triage is asked again.
type Move struct{ Windows analysis.Windows }

// Notify shows one line of text at the bottom until the next key.
type Notify struct{ Text string }

// Show shows two pictures as large as the terminal can, in its own graphics, if
// the user asked for those; either may be nil. Text says what they are.
type Show struct {
	Left, Right image.Image
	Text        string
}

// Back leaves the screen for the one before.
type Back struct{}

// Refresh says that notes, findings or roles were saved and the shared state
// should be read again.
type Refresh struct{}

func (Open) action()    {}
func (Filter) action()  {}
func (Move) action()    {}
func (Notify) action()  {}
func (Show) action()    {}
func (Back) action()    {}
func (Refresh) action() {}

// Do is the command that sends an action.
func Do(a Action) tea.Cmd { return func() tea.Msg { return a } }

// Told is a screen's answer to a key with a sentence of what it did, for where
// the picture alone does not show it.
func Told(next Screen, cmd tea.Cmd) func(text string) (Screen, tea.Cmd) {
	return func(text string) (Screen, tea.Cmd) { return next, tea.Batch(cmd, Do(Notify{Text: text})) }
}

// Again is Told of a screen that asked its questions again.
func Again(next Screen, cmd tea.Cmd) (Screen, tea.Cmd) { return Told(next, cmd)("asked again") }
