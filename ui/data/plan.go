package data

import (
	"cmp"
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/table"
)

// plan is how sources were understood, before anything of them is stored:
//
//	> Not loaded yet: 2 sources, L loads them
//	  source       kind       sure   format
//	> press.csv    inference  94 %   csv
//	  Fields of press.csv
//	  field        role        type    becomes
//	  klass        dimension   text    klass
//
// A role or a kind is changed in the same list as after loading.
type plan struct {
	fielded bool // the keys go to the fields
	sources table.Table
	fields  table.Table
	busy    bool // a change is being worked out
}

// supposed is the end of a change: the source understood anew, or why not.
type supposed struct{ err error }

func newPlan() plan {
	return plan{
		sources: table.New(
			table.Column{Title: "source", Width: 18, Flex: 1},
			table.Column{Title: "kind", Width: 10},
			table.Column{Title: "sure", Width: 6, Align: table.Right},
			table.Column{Title: "format", Width: 16},
			table.Column{Title: "fields", Width: 7, Align: table.Right},
			table.Column{Title: "warnings", Width: 8, Align: table.Right, Wide: true}),
		fields: table.New(
			table.Column{Title: "field", Width: 16, Flex: 2},
			table.Column{Title: "role", Width: 13},
			table.Column{Title: "type", Width: 7},
			table.Column{Title: "becomes", Width: 16, Flex: 1})}
}

func (s Screen) planning() bool { return len(s.state.Pending) > 0 }

// lookOver puts the pending sources into the tables; the cursors stay.
func (s Screen) lookOver() Screen {
	at := s.plan.sources.Selected()
	var rows [][]table.Cell
	for _, p := range s.state.Pending {
		sure, slot := display.Percent(p.Confidence), themes.Text
		if p.Confidence < leastSure {
			slot = themes.Look
		}
		if p.Why != "" {
			sure, slot = "no", themes.Bad
		}
		rows = append(rows, []table.Cell{{Text: display.Escape(p.Path)}, {Text: display.Escape(string(p.Kind))}, {Text: sure, Slot: slot},
			{Text: display.Escape(p.Format), Slot: themes.Muted}, {Text: display.Count(int64(len(p.Fields)))}, alarm(int64(len(p.Warnings)))})
	}
	s.plan.sources = s.plan.sources.With(rows).Select(max(0, at))
	s.plan.busy = false
	return s.layFields()
}

// leastSure is the confidence below which a source deserves a look.
const leastSure = 0.8

// layFields shows the fields of the source under the cursor.
func (s Screen) layFields() Screen {
	at := s.plan.fields.Selected()
	var rows [][]table.Cell
	p, _, _ := s.pendingAt()
	for _, f := range p.Fields {
		becomes := display.Escape(f.Name)
		if f.Role == screen.Dropped {
			becomes = "left out"
		}
		rows = append(rows, []table.Cell{{Text: display.Escape(cmp.Or(f.Path, f.Name))}, {Text: display.Escape(string(f.Role)), Slot: themes.Accent},
			{Text: display.Text(f.Type.String()), Slot: themes.Muted}, {Text: becomes}})
	}
	s.plan.fields = s.plan.fields.With(rows).Select(max(0, at))
	return s
}

// pendingAt is the pending source under the cursor, with its place.
func (s Screen) pendingAt() (screen.Pending, int, bool) {
	if at := s.plan.sources.Selected(); at >= 0 && at < len(s.state.Pending) {
		return s.state.Pending[at], at, true
	}
	return screen.Pending{}, -1, false
}

// fieldAt is the field under the cursor.
func (s Screen) fieldAt() (analysis.Field, bool) {
	p, _, _ := s.pendingAt()
	if at := s.plan.fields.Selected(); at >= 0 && at < len(p.Fields) {
		return p.Fields[at], true
	}
	return analysis.Field{}, false
}

func (s Screen) planBindings() []binding {
	turn := func(s Screen) (screen.Screen, tea.Cmd) {
		s.plan.fielded = !s.plan.fielded
		return s, nil
	}
	return []binding{
		{Binding: help.Binding{Keys: []string{"L"}, Does: "load them"}, Press: Screen.begin},
		{Binding: help.Binding{Keys: []string{"r", "enter"}, Label: "r", Does: "change it", Unless: s.unlessSupposing}, Press: Screen.askSupposed},
		{Binding: help.Binding{Keys: []string{"tab"}, Does: "sources, fields"}, Press: turn},
	}
}

// pressPlan gives a key to a binding or to the table in focus.
func (s Screen) pressPlan(msg tea.KeyPressMsg) (screen.Screen, tea.Cmd) {
	key := msg.String()
	if next, cmd, done := screen.Press(s.planBindings(), key, s); done {
		return next, cmd
	}
	if s.plan.fielded {
		s.plan.fields, _ = s.plan.fields.Press(key)
		return s, nil
	}
	before := s.plan.sources.Selected()
	s.plan.sources, _ = s.plan.sources.Press(key)
	if s.plan.sources.Selected() != before {
		s.plan.fields = s.plan.fields.Home()
	}
	return s.layFields(), nil
}

// begin loads what was looked over.
func (s Screen) begin() (screen.Screen, tea.Cmd) {
	reader := s.reader
	return s, func() tea.Msg {
		reader.Begin()
		return screen.Refresh{}
	}
}

func (s Screen) unlessSupposing() string {
	switch p, _, ok := s.pendingAt(); {
	case s.plan.busy:
		return "a change is being worked out"
	case !ok:
		return "there is no source"
	case s.plan.fielded && len(p.Fields) == 0:
		return "no field of it is known"
	}
	return ""
}

// kinds are what records may be, in the order of how often they are.
var kinds = []option{
	{string(analysis.InferenceKind), "what a model said, a row each"},
	{string(analysis.LabelKind), "late truth, joined by id"},
	{string(analysis.MetricKind), "series of numbers over time"},
	{string(analysis.EventKind), "changes: deploys, lots, shifts"},
}

// askSupposed opens the roles for the field under the cursor, or the kinds for
// the source.
func (s Screen) askSupposed() (screen.Screen, tea.Cmd) {
	p, at, _ := s.pendingAt()
	if !s.plan.fielded {
		return s.choose("Kind of "+display.Escape(p.Path)+", now "+display.Escape(string(p.Kind)), string(p.Kind), kinds, func(s Screen, kind string) (Screen, tea.Cmd) {
			return s.supposing(func(ctx context.Context, r Reader) error { return r.SayKind(ctx, at, analysis.Kind(kind)) })
		}), nil
	}
	f, _ := s.fieldAt()
	title := "Role of " + display.Escape(f.Path) + ", now " + display.Escape(string(f.Role))
	return s.choose(title, string(f.Role), rolesOf(p.Kind), func(s Screen, role string) (Screen, tea.Cmd) {
		return s.supposing(func(ctx context.Context, r Reader) error { return r.SayRole(ctx, at, f.Path, analysis.Role(role)) })
	}), nil
}

// rolesOf are the roles that fields of a kind of record may fill.
func rolesOf(kind analysis.Kind) []option {
	leave := option{string(screen.Dropped), "left out: it is not loaded at all"}
	switch kind {
	case analysis.MetricKind:
		return []option{{"time", "when it was measured"}, {"name", "which series"}, {"value", "the number"}, {"dimension", "a label of the series"}, leave}
	case analysis.EventKind:
		return []option{{"time", "when it began"}, {"end", "when it ended"}, {"kind", "deploy, config, material, ..."}, {"title", "what happened"},
			{"detail", "more of it"}, {"dimension", "where: column=value"}, leave}
	}
	return append(meanings[:len(meanings):len(meanings)], leave)
}

func (s Screen) supposing(say func(context.Context, Reader) error) (Screen, tea.Cmd) {
	s.plan.busy = true
	reader := s.reader
	return s, func() tea.Msg { return supposed{say(context.Background(), reader)} }
}

// suppose asks for the state with the source as it is understood now.
func (s Screen) suppose(msg supposed) (screen.Screen, tea.Cmd) {
	s.plan.busy = false
	if msg.err != nil {
		return s, screen.Do(screen.Notify{Text: msg.err.Error()})
	}
	return s, screen.Do(screen.Refresh{})
}

// planSentence is what the cursor is on, in words.
func (s Screen) planSentence() string {
	p, _, ok := s.pendingAt()
	if f, on := s.fieldAt(); on && s.plan.fielded {
		return fmt.Sprintf("field %s of %s: %s, %s", cmp.Or(f.Path, f.Name), p.Path, f.Role, f.Type)
	}
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s, not loaded yet: %s (%s), %s sure", p.Path, p.Kind, p.Format, display.Percent(p.Confidence))
}
