package table

import (
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// gap is the space between columns, lead the room of the cursor's marker.
const (
	gap  = 2
	lead = 2
)

// View is the table in exactly w x h cells; an empty box is "". Without rows
// only the header shows. Cost is the rows that show, whatever their number.
func (t Table) View(w, h int, s style.Sheet) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	widest := t.widest
	if len(widest) != len(t.Columns) { // built by hand, or its columns were changed
		widest = measure(t.Columns, t.Rows)
	}
	shown := layout(t.Columns, widest, w-lead)
	var lines []string
	if h > 1 {
		lines = append(lines, s.Paint(themes.Title, t.header(shown, s)))
	}
	page := body(h, len(t.Rows))
	offset := scroll(t.Offset, t.Cursor, page, len(t.Rows))
	if t.Page <= 0 {
		offset = scroll(t.Cursor/page*page, t.Cursor, page, len(t.Rows))
	}
	for i := offset; i < min(offset+page, len(t.Rows)); i++ {
		lines = append(lines, t.row(i, shown, s))
	}
	if page < len(t.Rows) && len(lines) < h {
		lines = append(lines, t.place(min(w, lead+total(shown)), s))
	}
	return s.Fill(strings.Join(lines, "\n"), w, h)
}

// header is the titles, the sorted one with its arrow.
func (t Table) header(shown []span, s style.Sheet) string {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", lead))
	for i, c := range shown {
		column := t.Columns[c.column]
		title := column.Title
		if column.Key != "" && column.Key == t.Sort {
			title = display.Cut(title, c.width-2) + " " + t.arrow(s)
		}
		separate(&b, i)
		b.WriteString(set(string(title), c.width, column.Align, s))
	}
	return b.String()
}

// row is the row shown at place i. The cursor takes the first cell only: a whole
// line in reverse would hide the colours of the others, and cost ten times as
// much to move over a slow link.
func (t Table) row(i int, shown []span, s style.Sheet) string {
	row := t.Rows[t.at(i)]
	pointer := strings.Repeat(" ", lead)
	if i == t.Cursor {
		pointer = s.Glyphs.Pointer + " "
	}
	var b, run strings.Builder
	slot := themes.Slot("")
	run.WriteString(pointer)
	for j, c := range shown {
		value := cell(row, c.column)
		look := value.Slot
		if j == 0 && i == t.Cursor {
			look = themes.Selected
		}
		if j == 0 {
			slot = look
		} else if look == slot {
			separate(&run, j) // neighbours of one look are one run
		} else {
			b.WriteString(s.Paint(slot, run.String()))
			run.Reset()
			separate(&b, j)
			slot = look
		}
		run.WriteString(set(string(value.Text), c.width, t.Columns[c.column].Align, s))
	}
	b.WriteString(s.Paint(slot, run.String()))
	return b.String()
}

// place says which row the cursor is on.
func (t Table) place(w int, s style.Sheet) string {
	text := string(display.Count(int64(t.Cursor+1)) + "/" + display.Count(int64(len(t.Rows))))
	return s.Paint(themes.Muted, set(text, w, Right, s))
}

// separate writes the gap before every column but the first.
func separate(b *strings.Builder, i int) {
	if i > 0 {
		b.WriteString(strings.Repeat(" ", gap))
	}
}

// set is text in exactly width cells on its side.
func set(text string, width int, align Align, s style.Sheet) string {
	if align == Right {
		if free := width - style.Width(text); free > 0 {
			return strings.Repeat(" ", free) + text
		}
	}
	return s.Fit(text, width)
}
