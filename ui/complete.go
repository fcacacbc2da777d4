package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Term is a column of the log and its values, the most frequent first; none for
// numbers.
type Term struct {
	Column string
	Values []string
}

// completion is what the tab key makes of a filter's last condition:
//
//	line=L2 gl|            gl ──▶ glove_vendor=
//	line=L2 glove_vendor=a| a ──▶ acme, 'acme old'
//	└ stem ┘└── options ──┘       tab again: the next
type completion struct {
	stem    string
	options []string
	at      int // of the option in the line; -1 none yet
}

// mostOptions bounds what is offered: nobody tabs further.
const mostOptions = 50

// complete is what could stand in place of the last condition of a text.
func complete(text string, terms []Term) completion {
	start := lastCondition(text)
	c := completion{stem: text[:start], at: -1}
	word := text[start:]
	if end := strings.IndexAny(word, "!=<>~"); end >= 0 {
		typed := strings.TrimLeft(word[end:], "!=<>~")
		c.stem += word[:len(word)-len(typed)]
		for _, t := range terms {
			if t.Column == word[:end] {
				c.options = matching(t.Values, strings.Trim(typed, "'"), quoted)
			}
		}
		return c
	}
	columns := make([]string, len(terms))
	for i, t := range terms {
		columns[i] = t.Column
	}
	c.options = matching(columns, word, func(column string) string { return column + "=" })
	return c
}

// lastCondition is where the condition that is being typed begins: after the
// last space that stands in no quotes.
func lastCondition(text string) int {
	start, within := 0, false
	for i := range len(text) {
		switch text[i] {
		case '\'':
			within = !within
		case ' ':
			if !within {
				start = i + 1
			}
		}
	}
	return start
}

// matching are the words that begin with what was typed, then those that hold
// it, as they are to be written.
func matching(words []string, typed string, write func(string) string) []string {
	typed = strings.ToLower(typed)
	var begin, hold []string
	for _, w := range words {
		switch low := strings.ToLower(w); {
		case strings.HasPrefix(low, typed):
			begin = append(begin, write(w))
		case strings.Contains(low, typed):
			hold = append(hold, write(w))
		}
	}
	all := slices.Concat(begin, hold)
	return all[:min(len(all), mostOptions)]
}

// quoted is a value as the filter language has it.
func quoted(value string) string {
	if value == "" || strings.ContainsAny(value, " '") || strings.Contains(value, "..") {
		return "'" + strings.ReplaceAll(value, "'", "''") + "'"
	}
	return value
}

// tab is the filter with the next option in place of the last condition.
func (f filtering) tab() filtering {
	text := f.line.Value()
	if f.line.Position() < len([]rune(text)) {
		return f // options stand at the end
	}
	if c := f.tabbed; c.at < 0 || len(c.options) == 0 || text != c.stem+c.options[c.at] {
		f.tabbed = complete(text, f.terms)
	}
	if len(f.tabbed.options) == 0 {
		return f
	}
	f.tabbed.at = (f.tabbed.at + 1) % len(f.tabbed.options)
	f.line = f.line.With(f.tabbed.stem + f.tabbed.options[f.tabbed.at])
	return f
}

// options are what the tab key offers now, the one in the line first.
func (f filtering) options() []string {
	c := f.tabbed
	if c.at >= 0 && len(c.options) > 0 && f.line.Value() == c.stem+c.options[c.at] {
		return c.options[c.at:]
	}
	return complete(f.line.Value(), f.terms).options
}

// terms are the vocabulary of the log, asked once it is needed.
type terms struct {
	list []Term
	err  error
}

// vocabulary asks for the columns and values a filter can name.
func (m Model) vocabulary() tea.Cmd {
	ask := m.config.Terms
	if ask == nil {
		return nil
	}
	return func() tea.Msg {
		list, err := ask(context.Background())
		return terms{list, err}
	}
}

// learn gives the vocabulary to the prompt that waits for it. Without one the
// filter is typed as before.
func (m Model) learn(t terms) (Model, tea.Cmd) {
	if f, ok := m.over.(filtering); ok && t.err == nil {
		f.terms = t.list
		m.over = f
	}
	return m, nil
}
