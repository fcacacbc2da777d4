package plot

import (
	"math"
	"strings"

	"andon/themes"
	"andon/ui/display"
)

// drawGoal draws the objective as a dashed level, named at its right end where
// no line is in the way.
func (f *frame) drawGoal() {
	if !fixed(f.Goal) || f.Goal < f.scale.lo || f.Goal > f.scale.hi {
		return
	}
	y := f.top + f.scale.row(f.Goal, f.rows)
	name := " goal " + display.Text(strings.TrimSpace(string(f.label(f.Goal)))) // labels may be padded to line up
	if f.Proposed {
		name = " proposed" + name
	}
	wide := display.Width(name)
	if right := f.left + f.cols - wide; f.cols > 3*wide && f.grid.room(right, y, wide) == wide {
		f.grid.write(right, y, name, themes.Goal)
	}
	for x := 0; x < f.cols; x += 2 { // every other cell: half the bytes, and no one takes it for data
		f.grid.set(f.left+x, y, f.sheet.Glyphs.Dashed, themes.Goal)
	}
}

// drawCursor draws the reader's place and a moved edge.
func (f *frame) drawCursor() {
	for _, m := range f.Marks {
		if m.Kind == Cursor || m.Kind == Edge {
			f.upright(m, f.sheet.Glyphs.Cursor, themes.Accent)
		}
	}
}

// drawEdges draws change points and the edges of the windows as dotted lines.
func (f *frame) drawEdges() {
	for _, m := range f.Marks {
		if m.Kind == Change {
			f.upright(m, f.sheet.Glyphs.Dotted, themes.Mark)
		}
	}
	for _, s := range f.Shades {
		if from, to, ok := f.stretch(s); ok {
			f.column(from, f.sheet.Glyphs.Dotted, s.Window.slot())
			f.column(to-1, f.sheet.Glyphs.Dotted, s.Window.slot())
		}
	}
}

// upright draws a mark through the free cells of its column.
func (f *frame) upright(m Mark, glyph string, slot themes.Slot) {
	if x, ok := f.span.column(m.At, f.cols); ok {
		f.column(x, glyph, slot)
	}
}

// column draws through the free cells of a column, every other one up from the
// axis: an upright costs a move and a colour per row, and the eye joins them.
func (f *frame) column(x int, glyph string, slot themes.Slot) {
	for y := f.rows - 1; y >= 0; y -= 2 {
		f.grid.set(f.left+x, f.top+y, glyph, slot)
	}
}

// drawBands fills the interval around each line where nothing else is.
func (f *frame) drawBands() {
	for i, l := range f.lines {
		for x := range l.lower {
			lower, upper := l.lower[x], l.upper[x]
			if math.IsNaN(lower) || math.IsNaN(upper) || math.IsNaN(l.values[x]) {
				continue
			}
			for y := f.scale.row(max(lower, upper), f.rows); y <= f.scale.row(min(lower, upper), f.rows); y++ {
				f.grid.set(f.left+x, f.top+y, f.sheet.Glyphs.Band, f.ink(i, x))
			}
		}
	}
}

// drawAxes draws the vertical axis with its labels, and the horizontal one.
func (f *frame) drawAxes() {
	g := f.sheet.Glyphs
	if f.left > 0 {
		for _, t := range f.scale.ticks {
			label := display.Cut(t.label, f.left-1)
			y := f.top + f.scale.row(t.value, f.rows)
			f.grid.write(f.left-1-display.Width(label), y, label, themes.Muted)
			f.grid.set(f.left-1, y, g.TeeLeft, themes.Border)
		}
		for y := range f.rows {
			f.grid.set(f.left-1, f.top+y, g.Vertical, themes.Border)
		}
	}
	y, ok := f.at[axis]
	if !ok {
		return
	}
	if f.left > 0 {
		f.grid.set(f.left-1, y, g.BottomLeft, themes.Border)
	}
	for _, t := range f.instants() {
		if x, ok := f.span.column(t.at, f.cols); ok {
			f.grid.set(f.left+x, y, g.TeeDown, themes.Border)
		}
	}
	for x := range f.cols {
		f.grid.set(f.left+x, y, g.Horizontal, themes.Border)
	}
}
