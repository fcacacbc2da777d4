package plot

import (
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// grid is a box of cells, each with a look. A wide rune has its text in the
// left cell and covered in the right one.
type grid struct {
	w, h  int
	cells []cell
}

// cell is one cell; the zero cell is free.
type cell struct {
	text    string
	slot    themes.Slot
	covered bool
}

func newGrid(w, h int) grid { return grid{w, h, make([]cell, w*h)} }

// free reports a cell within the grid that nothing was written to.
func (g grid) free(x, y int) bool {
	return x >= 0 && x < g.w && y >= 0 && y < g.h && g.cells[y*g.w+x].text == "" && !g.cells[y*g.w+x].covered
}

// set writes one glyph into a free cell; elsewhere it does nothing. What is
// drawn first is in front.
func (g grid) set(x, y int, glyph string, slot themes.Slot) {
	if g.free(x, y) {
		g.cells[y*g.w+x] = cell{text: glyph, slot: slot}
	}
}

// write puts text from (x, y) to the right, as far as cells are free.
func (g grid) write(x, y int, text display.Text, slot themes.Slot) {
	last := -1
	for _, r := range text {
		width := display.Width(display.Text(r))
		if width == 0 {
			if last >= 0 {
				g.cells[last].text += string(r)
			}
			continue
		}
		for i := range width {
			if !g.free(x+i, y) {
				return
			}
		}
		last = y*g.w + x
		g.cells[last] = cell{text: string(r), slot: slot}
		for i := 1; i < width; i++ {
			g.cells[last+i].covered = true
		}
		x += width
	}
}

// room counts the free cells from (x, y) to the right, up to most.
func (g grid) room(x, y, most int) int {
	n := 0
	for n < most && g.free(x+n, y) {
		n++
	}
	return n
}

// paint is the grid as text, runs of one look together.
func (g grid) paint(s style.Sheet) string {
	lines := make([]string, g.h)
	for y := range g.h {
		lines[y] = paintRow(bridge(g.cells[y*g.w:(y+1)*g.w]), s)
	}
	return strings.Join(lines, "\n")
}

// bridged is the longest gap worth a colour: switching it off and on again
// costs more bytes than so many spaces.
const bridged = 8

// bridge gives short gaps between two cells of one look the same look.
func bridge(row []cell) []cell {
	last := -1
	for x, c := range row {
		if c.text == "" {
			continue
		}
		if gap := x - last - 1; last >= 0 && gap > 0 && gap <= bridged && row[last].slot == c.slot && !row[last+1].covered {
			for i := last + 1; i < x; i++ {
				row[i] = cell{text: " ", slot: c.slot}
			}
		}
		last = x
	}
	return row
}

// paintRow is one row of cells as text.
func paintRow(row []cell, s style.Sheet) string {
	var b, run strings.Builder
	slot := themes.Slot("")
	flush := func() {
		if slot == "" {
			b.WriteString(run.String())
		} else {
			b.WriteString(s.Paint(slot, run.String()))
		}
		run.Reset()
	}
	for _, c := range row {
		if c.covered {
			continue
		}
		if c.text == "" {
			c = cell{text: " "}
		}
		if c.slot != slot {
			flush()
			slot = c.slot
		}
		run.WriteString(c.text)
	}
	flush()
	return b.String()
}
