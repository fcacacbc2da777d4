package data

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/prompt"
	"andon/ui/screen"
	"andon/ui/table"
)

// Reply is what a question in SQL gave; a nil value is NULL. More says that
// there was more than is kept.
type Reply struct {
	Columns []string
	Rows    [][]*string
	More    bool
}

// sql is the pane of the question. Enter asks, and the keys then go to the reply
// until a opens the question again:
//
//	sql > SELECT line, avg(correct) FROM inference GROUP BY 1
//	3 rows
//	  line  avg(correct)
//	> L1    0.931
//
// A fault puts the cursor of the prompt where it is.
type sql struct {
	open   bool
	typing bool
	line   prompt.Line
	past   []string // questions asked, the last one at the end
	at     int      // of the one shown; len(past) is a new one
	number int      // of the question in flight, or the last one
	cancel context.CancelFunc
	asked  string // whose reply is shown
	reply  Reply
	err    error
	table  table.Table
	first  int // column shown first
}

func newSQL() sql {
	return sql{line: prompt.NewLine(sqlLabel, "SELECT line, avg(correct) FROM inference GROUP BY line")}
}

// replied is the answer to the question of that number.
type replied struct {
	number int
	reply  Reply
	err    error
}

// openSQL shows the pane with the question asked last.
func (s Screen) openSQL() (screen.Screen, tea.Cmd) {
	s.sql.open, s.sql.typing = true, true
	return s, nil
}

// pressSQL gives a key to the question, or to its reply.
func (s Screen) pressSQL(msg tea.KeyPressMsg) (screen.Screen, tea.Cmd) {
	key, typing := msg.String(), s.sql.typing
	switch {
	case key == "esc" && s.sql.flying():
		s.sql = s.sql.giveUp()
	case key == "esc" && typing && len(s.sql.reply.Columns) > 0:
		s.sql.typing = false
	case key == "esc":
		s.sql.open, s.sql.typing = false, false
	case key == "enter" && typing:
		return s.ask()
	case typing:
		s.sql = s.sql.edit(msg)
	case key == "a" || key == "enter":
		s.sql.typing = true
	case key == "left" || key == "h":
		s.sql = s.sql.shift(-1)
	case key == "right" || key == "l":
		s.sql = s.sql.shift(1)
	default:
		s.sql.table, _ = s.sql.table.Press(key)
	}
	return s.resize(), nil
}

// edit changes the question; the vertical keys go through those asked before.
func (q sql) edit(msg tea.Msg) sql {
	q.err = nil
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "up":
			return q.recall(q.at - 1)
		case "down":
			return q.recall(q.at + 1)
		}
	}
	q.line = q.line.Update(msg)
	return q
}

func (q sql) recall(at int) sql {
	if at < 0 || at > len(q.past) {
		return q
	}
	q.at = at
	if at == len(q.past) {
		q.line = q.line.With("")
		return q
	}
	q.line = q.line.With(q.past[at])
	return q
}

// flying reports that the reply is awaited.
func (q sql) flying() bool { return q.cancel != nil }

// ask puts the question; esc gives it up.
func (s Screen) ask() (screen.Screen, tea.Cmd) {
	q := s.sql
	text := q.line.Value()
	if len(q.past) == 0 || q.past[len(q.past)-1] != text {
		q.past = append(q.past[:len(q.past):len(q.past)], text)
	}
	q.at = len(q.past) - 1
	ctx, cancel := context.WithCancel(context.Background())
	q.number++
	q.typing, q.cancel, q.err = false, cancel, nil
	s.sql = q
	reader, number := s.reader, q.number
	return s, func() tea.Msg {
		reply, err := reader.Ask(ctx, text)
		return replied{number, reply, err}
	}
}

var errGivenUp = errors.New("given up")

func (q sql) giveUp() sql {
	q.cancel()
	q.cancel, q.typing, q.err = nil, true, errGivenUp
	q.number++ // its answer is dropped
	return q
}

// take keeps the reply that is awaited. A fault opens the question again, the
// cursor on it.
func (q sql) take(a replied) sql {
	if a.number != q.number || q.cancel == nil {
		return q
	}
	q.cancel()
	q.cancel, q.err = nil, a.err
	if a.err != nil {
		q.typing = true
		if at := spot(a.err); at >= 0 {
			q.line = q.line.At(utf8.RuneCountInString(q.line.Value()[:min(at, len(q.line.Value()))]))
		}
		return q
	}
	q.asked, q.reply, q.first = q.past[q.at], a.reply, 0
	return q.tabulate()
}

// spot is the byte of a question at which the fault lies, -1 if nobody knows.
func spot(err error) int {
	var at interface{ Spot() int }
	if errors.As(err, &at) {
		return at.Spot()
	}
	return -1
}

// shift shows the columns from another one on.
func (q sql) shift(by int) sql {
	q.first = max(0, min(len(q.reply.Columns)-1, q.first+by))
	row := q.table.Selected()
	q = q.tabulate()
	q.table = q.table.Select(row)
	return q
}

// widestValue is the most cells of a column: the row under the cursor is shown
// whole below.
const widestValue = 32

// tabulate makes the table of the reply, from the first column shown on.
func (q sql) tabulate() sql {
	var columns []table.Column
	rows := make([][]table.Cell, len(q.reply.Rows))
	for i := q.first; i < len(q.reply.Columns); i++ {
		title := display.Escape(q.reply.Columns[i])
		column := table.Column{Title: title, Key: strconv.Itoa(i), Width: display.Width(title) + 2, Align: table.Right}
		for r, row := range q.reply.Rows {
			cell, number := valueCell(row[i])
			if !number {
				column.Align = table.Left
			}
			column.Width = max(column.Width, display.Width(cell.Text))
			rows[r] = append(rows[r], cell)
		}
		column.Width = min(column.Width, widestValue)
		columns = append(columns, column)
	}
	q.table = table.New(columns...).With(rows)
	return q
}

// sentence is the row under the cursor, with the question that gave it.
func (q sql) sentence() string {
	i := q.table.Selected()
	if i < 0 || i >= len(q.reply.Rows) {
		return ""
	}
	var words []string
	for j, name := range q.reply.Columns {
		words = append(words, name+"="+string(valueText(q.reply.Rows[i][j])))
	}
	return q.asked + " gave " + strings.Join(words, ", ")
}

func (q sql) keys() []help.Binding {
	if q.typing {
		return []help.Binding{{Keys: []string{"enter"}, Does: "ask"}, {Keys: []string{"up", "down"}, Label: "up/down", Does: "asked before"}, {Keys: []string{"esc"}, Does: "leave"}}
	}
	if q.flying() {
		return []help.Binding{{Keys: []string{"esc"}, Does: "give up"}}
	}
	return append([]help.Binding{
		{Keys: []string{"a", "enter"}, Does: "ask anew"},
		{Keys: []string{"esc"}, Does: "leave"},
		{Keys: []string{"right", "l"}, Does: "columns right", Pair: "columns"},
		{Keys: []string{"left", "h"}, Does: "columns left"},
	}, table.Keys()...)
}
