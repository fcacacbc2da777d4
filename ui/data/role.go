package data

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/screen"
)

// meanings are the roles that a column of inferences may fill, in the order of
// how often a person has to say so.
var meanings = []option{
	{"prediction", "what the model said"},
	{"label", "the truth, early or late"},
	{"confidence", "how sure the model was, 0 to 1"},
	{"dimension", "text of few values: line, camera, shift, vendor"},
	{"feature", "a number about the input"},
	{"text", "kept and searchable, not analysed"},
	{"id", "joins late labels and frames to their row"},
	{"time", "when the inference was made"},
	{"model", "who answered"},
	{"model_version", "which release of it answered"},
	{"correct", "right or wrong, where only that is known"},
	{"vote", "one member of the ensemble"},
	{"status", "ok, error, timeout of the service"},
	{"latency_ms", "how long the answer took"},
	{"frame", "path of the sampled image"},
	{"reviewer", "who said the label"},
	{"label_time", "when the label was said"},
}

// recast is the end of a change of role.
type recast struct {
	said string
	err  error
}

// unlessColumn says why there is no role to change.
func (s Screen) unlessColumn() string {
	if s.state.Loading.Active {
		return "wait for the import to end"
	}
	if s.changing != "" {
		return "a role is being changed"
	}
	c, ok := s.column()
	if !ok || s.pane != columns {
		return "go to a column first (tab)"
	}
	return help.Why(c.Field.Derived(), "it is computed from the frames")
}

// askRole opens the list of roles for the column under the cursor.
func (s Screen) askRole() (screen.Screen, tea.Cmd) {
	c, _ := s.column()
	name := c.Field.Name
	title := "Role of " + display.Escape(name) + ", now " + display.Escape(cmp.Or(string(c.Field.Role), "none"))
	return s.choose(title, string(c.Field.Role), meanings, func(s Screen, role string) (Screen, tea.Cmd) {
		return s.recast(name, analysis.Role(role))
	}), nil
}

// recast gives a column a role; the file keeps it with a note.
func (s Screen) recast(column string, role analysis.Role) (Screen, tea.Cmd) {
	s.changing = "giving " + display.Escape(column) + " the role " + display.Text(role) + ": what rests on it is worked out anew"
	reader := s.reader
	return s, func() tea.Msg {
		said, err := reader.Recast(context.Background(), column, role)
		return recast{said, err}
	}
}

// took shows the columns as they are now, or why nothing changed.
func (s Screen) took(msg recast) (screen.Screen, tea.Cmd) {
	s.changing = ""
	if msg.err != nil {
		return s, screen.Do(screen.Notify{Text: msg.err.Error()})
	}
	var stock tea.Cmd
	s, stock = s.askInventory()
	return s, tea.Batch(stock, screen.Do(screen.Refresh{}), screen.Do(screen.Notify{Text: msg.said}))
}
