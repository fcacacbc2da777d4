package data

import (
	"fmt"
	"strconv"
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
	"andon/ui/table"
)

const (
	sqlLabel = "sql"
	sqlHead  = 2 // the question, and what became of it
)

// askable are the tables worth asking, in the order of interest.
const askable = "inference, label, metric, event, frame, source, reject, note, finding; only reading is allowed"

// viewSQL is the question, its reply, and the row under the cursor whole.
func (s Screen) viewSQL(w, h int) string {
	q := s.sql
	detail := s.layout(w, h).detail
	parts := []string{q.line.View(w, s.sheet), s.sheet.Fit(s.standing(w), w)}
	if len(q.reply.Columns) > 0 {
		parts = append(parts, q.table.View(w, h-sqlHead-detail, s.sheet), s.whole(w, detail))
	}
	return s.sheet.Fill(style.Stack(parts...), w, h)
}

// standing is what became of the question.
func (s Screen) standing(w int) string {
	q := s.sql
	switch {
	case q.flying():
		return s.sheet.Paint(themes.Look, "asking ... esc gives up")
	case q.err != nil:
		return s.fault(w)
	case q.asked == "":
		return s.sheet.Paint(themes.Muted, "tables: "+askable)
	case q.reply.More:
		return fmt.Sprintf("the first %s rows; there are more", display.Count(int64(len(q.reply.Rows))))
	case len(q.reply.Rows) == 1:
		return "1 row"
	}
	return string(display.Count(int64(len(q.reply.Rows)))) + " rows"
}

// fault points at the cursor, which stands where the fault is, if there is room
// for the words beside it.
func (s Screen) fault(w int) string {
	text := string(display.Escape(s.sql.err.Error()))
	indent := len(sqlLabel) + 3 + s.sql.line.Position()
	switch {
	case spot(s.sql.err) < 0:
		return s.sheet.Paint(themes.Bad, text)
	case indent+2+style.Width(text) > w:
		return s.sheet.Paint(themes.Bad, fmt.Sprintf("at the cursor: %s", text))
	}
	return strings.Repeat(" ", indent) + s.sheet.Paint(themes.Bad, "^ "+text)
}

// whole is the row under the cursor, every column of it.
func (s Screen) whole(w, h int) string {
	i := s.sql.table.Selected()
	if h <= 0 || i < 0 || i >= len(s.sql.reply.Rows) {
		return ""
	}
	lines := []string{s.sheet.Paint(themes.Border, strings.Repeat(s.sheet.Glyphs.Horizontal, w))}
	for j, name := range s.sql.reply.Columns {
		lines = append(lines, screen.Wrap(display.Escape(name)+": "+valueText(s.sql.reply.Rows[i][j]), w)...)
	}
	if len(lines) > h {
		lines = append(lines[:h-1:h-1], strings.TrimRight(s.sheet.Fit(lines[h-1], w-1), " ")+s.sheet.Glyphs.Ellipsis)
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

// valueText is a value for people: NULL in capitals, as SQL has it.
func valueText(v *string) display.Text {
	if v == nil {
		return "NULL"
	}
	return display.Escape(*v)
}

// valueCell is a value as a cell, and whether it could stand in a column of
// numbers.
func valueCell(v *string) (table.Cell, bool) {
	if v == nil {
		return table.Cell{Text: "NULL", Slot: themes.Muted}, true
	}
	number, err := strconv.ParseFloat(*v, 64)
	if err != nil {
		return table.Cell{Text: display.Cut(display.Escape(*v), widestValue)}, false
	}
	return table.Cell{Text: display.Escape(*v), Sort: number}, true
}
