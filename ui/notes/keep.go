package notes

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/analysis/incident"
	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/prompt"
	"andon/ui/screen"
)

// Keeper keeps the incident record: it opens one, and changes fields ("owner=ines")
// or status ("" leaves it) of another, for a reason. It returns once that is
// safe. Alike looks for incidents like it in the files beside this one; what
// could not be read is in the warnings.
type Keeper interface {
	OpenIncident(ctx context.Context, title string) error
	ChangeIncident(ctx context.Context, id int64, set []string, to incident.Status, because string) error
	Alike(ctx context.Context, id int64) (found []incident.Likeness, warnings []string, err error)
}

// changing is a change of the record under way:
//
//	o ─▶ title ─▶ open
//	t ─▶ o open, s stable, c closed ─▶ why ─▶ move
//	f ─▶ "owner=ines" ─▶ set
type changing struct {
	step   changeStep
	to     incident.Status
	line   prompt.Line
	failed error
}

type changeStep int

const (
	unchanged changeStep = iota
	askTitle
	askStatus
	askWhy
	askField
)

func (c changing) asking() bool { return c.step != unchanged }
func (c changing) typing() bool { return c.asking() && c.step != askStatus }

// stages are the statuses by their keys.
var stages = []struct {
	key    string
	status incident.Status
}{{"o", incident.Open}, {"s", incident.Stable}, {"c", incident.Closed}}

// recordKeys are the bindings while the record is shown.
func (s Screen) recordKeys() []binding {
	if s.change.step == askStatus {
		var keys []binding
		for _, one := range stages {
			keys = append(keys, binding{Binding: help.Binding{Keys: []string{one.key}, Does: string(one.status)}, Press: func(s Screen) (screen.Screen, tea.Cmd) {
				s.change.step, s.change.to = askWhy, one.status
				s.change.line = prompt.NewLine("why "+display.Text(one.status), "one line for the record; enter saves, esc leaves")
				return s, nil
			}})
		}
		return append(keys, binding{Binding: help.Binding{Keys: []string{"esc"}, Does: "leave"}, Press: Screen.leaveChange})
	}
	if s.change.asking() {
		return []binding{
			{Binding: help.Binding{Keys: []string{"enter"}, Does: "save"}, Press: Screen.keepChange},
			{Binding: help.Binding{Keys: []string{"esc"}, Does: "leave"}, Press: Screen.leaveChange},
		}
	}
	return []binding{
		{Binding: help.Binding{Keys: []string{"t"}, Does: "change status", Unless: s.unlessRecord}, Press: ask(askStatus, "", "")},
		{Binding: help.Binding{Keys: []string{"f"}, Does: "set field", Unless: s.unlessRecord}, Press: ask(askField, "field", "owner=ines, severity=critical, people=ines, tom; enter saves, esc leaves")},
		{Binding: help.Binding{Keys: []string{"o"}, Does: "open another"}, Press: ask(askTitle, "title", "what is wrong, in a few words; enter saves, esc leaves")},
		{Binding: help.Binding{Keys: []string{"l"}, Does: "look for its like", Unless: s.unlessRecord}, Press: Screen.lookAlike},
		{Binding: help.Binding{Keys: []string{"tab"}, Does: "next incident"}, Press: Screen.nextRecord},
		{Binding: help.Binding{Keys: []string{"i", "esc"}, Does: "back"}, Press: Screen.leave},
	}
}

func (s Screen) unlessRecord() string {
	if _, ok := s.record(); !ok {
		return "no incident is on record: o opens one"
	}
	return ""
}

// record is the incident that is shown: the one worked on, or the one tab went
// to.
func (s Screen) record() (incident.Record, bool) {
	all := s.state.Problem.Incidents
	for _, r := range all {
		if r.ID == s.shown {
			return r, true
		}
	}
	return s.state.Problem.Current()
}

func (s Screen) showRecord() (screen.Screen, tea.Cmd) {
	s.mode, s.scroll, s.change = recording, 0, changing{}
	return s, nil
}

func (s Screen) nextRecord() (screen.Screen, tea.Cmd) {
	all := s.state.Problem.Incidents
	now, ok := s.record()
	for i, r := range all {
		if ok && r.ID == now.ID {
			s.shown, s.scroll = all[(i+1)%len(all)].ID, 0
			break
		}
	}
	return s, nil
}

// likeness is the search for incidents like one: none yet, under way, or done.
type likeness struct {
	of       int64
	done     bool
	found    []incident.Likeness
	warnings []string
	err      error
}

// lookAlike looks through the incident files beside this one; each is copied to
// be read safely, so it is done only when asked for.
func (s Screen) lookAlike() (screen.Screen, tea.Cmd) {
	r, _ := s.record()
	s.alike = likeness{of: r.ID}
	s.scroll = len(s.recordLines(s.box.Width)) // where it will stand
	keeper := s.incident
	return s, func() tea.Msg {
		l := likeness{of: r.ID, done: true}
		l.found, l.warnings, l.err = keeper.Alike(context.Background(), r.ID)
		return l
	}
}

// ask begins a change; without an incident only a new one can be asked for.
func ask(step changeStep, label, hint display.Text) func(Screen) (screen.Screen, tea.Cmd) {
	return func(s Screen) (screen.Screen, tea.Cmd) {
		s.change = changing{step: step, line: prompt.NewLine(label, hint)}
		return s, nil
	}
}

func (s Screen) leaveChange() (screen.Screen, tea.Cmd) {
	s.change = changing{}
	return s, nil
}

// changed is the end of a change.
type changed struct {
	said string
	err  error
}

// keepChange saves what was typed.
func (s Screen) keepChange() (screen.Screen, tea.Cmd) {
	text := strings.TrimSpace(s.change.line.Value())
	if text == "" {
		return s, nil
	}
	r, _ := s.record()
	keeper, change := s.incident, s.change
	s.change.step = unchanged
	return s, func() tea.Msg {
		ctx := context.Background()
		switch change.step {
		case askTitle:
			return changed{"incident opened", keeper.OpenIncident(ctx, text)}
		case askField:
			return changed{"incident changed", keeper.ChangeIncident(ctx, r.ID, []string{text}, "", "")}
		}
		return changed{"incident " + string(change.to), keeper.ChangeIncident(ctx, r.ID, nil, change.to, text)}
	}
}

// changed shows why a change was not kept, or asks for the state anew.
func (s Screen) changed(msg changed) (screen.Screen, tea.Cmd) {
	s.change.failed = msg.err
	if msg.err != nil {
		return s, nil
	}
	return s, tea.Batch(screen.Do(screen.Refresh{}), screen.Do(screen.Notify{Text: msg.said}))
}
