package data

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/table"
)

// choice is a list in the place of the lower pane, of what something is to be:
//
//	> Role of klass: dimension now
//	  role         means
//	> prediction   what the model said
//	  label        the truth, early or late
//
// Enter takes the line under the cursor, esc leaves all as it is.
type choice struct {
	open    bool
	title   display.Text
	options []option
	table   table.Table
	take    func(Screen, string) (Screen, tea.Cmd)
}

// option is a word to choose, with what it means.
type option struct{ word, means string }

// choose opens the list with the cursor on what is so now.
func (s Screen) choose(title display.Text, now string, options []option, take func(Screen, string) (Screen, tea.Cmd)) Screen {
	c := choice{open: true, title: title, options: options, take: take,
		table: table.New(table.Column{Title: "choose", Width: 13}, table.Column{Title: "means", Width: 20, Flex: 1})}
	rows := make([][]table.Cell, len(options))
	for i, o := range options {
		rows[i] = []table.Cell{{Text: display.Text(o.word), Slot: themes.Accent}, {Text: display.Text(o.means)}}
	}
	c.table = c.table.With(rows).Select(max(0, slices.IndexFunc(options, func(o option) bool { return o.word == now })))
	s.choice = c
	return s.resize()
}

// choosing gives a key to the list.
func (s Screen) choosing(msg tea.KeyPressMsg) (Screen, tea.Cmd) {
	switch key := msg.String(); key {
	case "esc":
		s.choice = choice{}
	case "enter":
		c := s.choice
		s.choice = choice{}
		if at := c.table.Selected(); at >= 0 {
			return c.take(s, c.options[at].word)
		}
	default:
		s.choice.table, _ = s.choice.table.Press(key)
	}
	return s.resize(), nil
}

func (c choice) keys() []help.Binding {
	return append([]help.Binding{
		{Keys: []string{"enter"}, Does: "take it"},
		{Keys: []string{"esc"}, Does: "leave it"},
	}, table.Keys()...)
}
