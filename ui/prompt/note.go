package prompt

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// Note is a prompt of several lines: enter starts a new one, up and down go
// between them. Saving and leaving are the owner's keys. It is a value.
type Note struct {
	Label display.Text
	lines []Line
	row   int
}

// NewNote is an empty note.
func NewNote(label display.Text) Note {
	return Note{Label: label, lines: []Line{NewLine("", "")}}
}

// With is the note with a text and the cursor at its end.
func (n Note) With(value string) Note {
	n.lines = nil
	for text := range strings.SplitSeq(value, "\n") {
		n.lines = append(n.lines, NewLine("", "").With(text))
	}
	n.row = len(n.lines) - 1
	return n
}

// Value is the text, lines parted by "\n".
func (n Note) Value() string {
	texts := make([]string, len(n.lines))
	for i, l := range n.lines {
		texts[i] = l.Value()
	}
	return strings.Join(texts, "\n")
}

// Update takes keys and pastes; a paste may hold several lines.
func (n Note) Update(msg tea.Msg) Note {
	n.lines = slices.Clone(n.lines)
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return n.paste(msg.Content)
	case tea.KeyPressMsg:
		switch msg.String() {
		case "enter":
			return n.split()
		case "up":
			return n.to(n.row - 1)
		case "down":
			return n.to(n.row + 1)
		case "backspace":
			if n.lines[n.row].Position() == 0 && n.row > 0 {
				return n.join()
			}
		}
	}
	n.lines[n.row] = n.lines[n.row].Update(msg)
	return n
}

// paste inserts text at the cursor line by line.
func (n Note) paste(text string) Note {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for i, part := range strings.Split(text, "\n") {
		if i > 0 {
			n = n.split()
		}
		n.lines[n.row] = n.lines[n.row].Update(tea.PasteMsg{Content: part})
	}
	return n
}

// split breaks the line at the cursor.
func (n Note) split() Note {
	runes, at := []rune(n.lines[n.row].Value()), n.lines[n.row].Position()
	n.lines[n.row] = n.lines[n.row].With(string(runes[:at]))
	n.row++
	n.lines = slices.Insert(n.lines, n.row, NewLine("", "").With(string(runes[at:])).at(0))
	return n
}

// join puts the line at the end of the one above.
func (n Note) join() Note {
	above, text := n.lines[n.row-1].Value(), n.lines[n.row].Value()
	n.lines = slices.Delete(n.lines, n.row, n.row+1)
	n.row--
	n.lines[n.row] = n.lines[n.row].With(above + text).at(len([]rune(above)))
	return n
}

// to goes to a line and keeps the column.
func (n Note) to(row int) Note {
	column := n.lines[n.row].Position()
	n.row = max(0, min(len(n.lines)-1, row))
	n.lines[n.row] = n.lines[n.row].at(column)
	return n
}

// at moves the cursor to a rune.
func (l Line) at(pos int) Line {
	l.input.SetCursor(pos)
	return l
}

// View is the note in exactly w x h cells, its label in the first, scrolled so
// that the cursor shows.
func (n Note) View(w, h int, s style.Sheet) string {
	var rows []string
	if n.Label != "" && h > 1 {
		rows = append(rows, s.Paint(themes.Accent, s.Fit(string(n.Label), w)))
	}
	room := max(0, h-len(rows))
	first := max(0, min(n.row, len(n.lines)-room))
	first = max(first, n.row-room+1)
	for i := first; i < min(first+room, len(n.lines)); i++ {
		if i == n.row {
			rows = append(rows, n.lines[i].View(w, s))
		} else {
			rows = append(rows, s.Fit(string(display.Escape(n.lines[i].Value())), w))
		}
	}
	return s.Fill(strings.Join(rows, "\n"), w, h)
}
