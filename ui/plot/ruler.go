package plot

import (
	"strings"

	"andon/themes"
	"andon/ui/display"
)

// drawRuler draws the windows below the plot: "[── before ──]" and
// "{── after ──}", in the brackets of the keys that move their edges.
func (f *frame) drawRuler() {
	y, ok := f.at[ruler]
	if !ok {
		return
	}
	for _, s := range f.Shades {
		from, to, ok := f.stretch(s)
		if ok {
			f.grid.write(f.left+from, y, f.measure(s, to-from), s.Window.slot())
		}
	}
}

// measure is a window as a ruler of n cells; an edge beyond the chart has no
// bracket.
func (f *frame) measure(s Shade, n int) display.Text {
	open, shut, name := "[", "]", "before"
	if s.Window == After {
		open, shut, name = "{", "}", "after"
	}
	line := f.sheet.Glyphs.Horizontal
	if float64(s.From.UnixNano()) < f.span.from {
		open = line
	}
	if float64(s.To.UnixNano()) > f.span.to {
		shut = line
	}
	switch {
	case n == 1:
		return display.Text(name[:1])
	case n < 3:
		return display.Text(open + shut)
	case n < len(name)+2:
		return display.Text(open + name[:1] + strings.Repeat(line, n-3) + shut)
	case n < len(name)+6:
		return display.Text(open) + display.Pad(display.Text(name), n-2) + display.Text(shut)
	}
	free := n - len(name) - 4
	return display.Text(open + strings.Repeat(line, free/2) + " " + name + " " + strings.Repeat(line, free-free/2) + shut)
}

// sign is the glyph and look of a mark.
func (f *frame) sign(k Kind) (string, themes.Slot) {
	switch k {
	case Event:
		return f.sheet.Glyphs.Event, themes.Event
	case Cursor, Edge:
		return f.sheet.Glyphs.Up, themes.Accent
	}
	return f.sheet.Glyphs.Change, themes.Mark
}

// drawMarks draws the signs of all marks in their columns, several events in
// one column as their number, then the labels where there is room: the
// reader's own first, then changes, then events.
func (f *frame) drawMarks() {
	y, ok := f.at[marks]
	if !ok {
		return
	}
	order := []Kind{Cursor, Edge, Change, Event}
	events := f.crowds()
	for _, kind := range order {
		for _, m := range f.Marks {
			x, ok := f.span.column(m.At, f.cols)
			if !ok || m.Kind != kind {
				continue
			}
			glyph, slot := f.sign(kind)
			if n := events[x]; kind == Event && n > 1 {
				glyph = string("0123456789+"[min(n, 10)])
			}
			f.grid.set(f.left+x, y, glyph, slot)
		}
	}
	for _, kind := range order {
		for _, m := range f.Marks {
			if m.Kind == kind {
				f.name(m, y)
			}
		}
	}
}

// crowds counts the events per column.
func (f *frame) crowds() map[int]int {
	n := map[int]int{}
	for _, m := range f.Marks {
		if x, ok := f.span.column(m.At, f.cols); ok && m.Kind == Event {
			n[x]++
		}
	}
	return n
}

// leastLabel is the shortest piece of a label that still tells something.
const leastLabel = 4

// name writes a mark's label right of its sign, cut at the next sign; with too
// little room there, left of it.
func (f *frame) name(m Mark, y int) {
	x, ok := f.span.column(m.At, f.cols)
	if !ok || m.Label == "" {
		return
	}
	_, slot := f.sign(m.Kind)
	wide := display.Width(m.Label)
	free := f.grid.room(f.left+x+1, y, wide+2)
	room := free - 2 // a space on both sides
	if f.left+x+1+free == f.grid.w {
		room = free - 1
	}
	if room >= min(wide, leastLabel) {
		f.grid.write(f.left+x+2, y, f.shorten(m.Label, room), slot)
		return
	}
	start := f.left + x - 1 - wide
	if start >= f.left && f.grid.room(start, y, wide+1) == wide+1 {
		f.grid.write(start, y, m.Label, slot)
	}
}

// shorten cuts a label with the sheet's own ellipsis.
func (f *frame) shorten(t display.Text, width int) display.Text {
	if display.Width(t) <= width {
		return t
	}
	return display.Text(strings.TrimRight(f.sheet.Fit(string(t), width), " "))
}

// named are the lines that have a name.
func (f *frame) named() []int {
	var named []int
	for i, l := range f.Lines {
		if l.Name != "" {
			named = append(named, i)
		}
	}
	return named
}

// drawLegend names the lines, each after its own stroke.
func (f *frame) drawLegend() {
	if _, ok := f.at[legend]; !ok {
		return
	}
	pens, x := pens(f.sheet), f.left
	for _, i := range f.named() {
		slot := f.Lines[i].Slot
		if slot == "" {
			slot = themes.Text
		}
		stroke := strings.Repeat(pens[min(i, len(pens)-1)].Horizontal, 2)
		text := display.Text(stroke+" ") + f.Lines[i].Name
		room := f.grid.w - x
		if room < display.Width(display.Text(stroke))+1+leastLabel {
			return
		}
		f.grid.write(x, 0, f.shorten(text, room), slot)
		x += display.Width(text) + 3
	}
}
