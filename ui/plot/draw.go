package plot

import (
	"slices"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// frame is a chart on its way into a grid: the plot has cols x rows cells at
// (left, top), and each other part the row it was given, or none.
type frame struct {
	Chart
	grid       grid
	sheet      style.Sheet
	span       span
	scale      scale
	lines      []sampled
	left, top  int
	cols, rows int
	at         map[part]int
}

// part is a row outside the plot.
type part uint8

const (
	times part = iota
	ruler
	marks
	legend
	axis
)

// leastRows is the height below which the plot gets the room of other parts.
const leastRows = 3

// Draw is the chart in exactly w x h cells; an empty box is "". It never
// fails: with nothing to draw it says "no data". In a small box parts are left
// out, the plot last. Cost is linear in the values and the cells.
func Draw(c Chart, w, h int, s style.Sheet) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	f := &frame{Chart: c, grid: newGrid(w, h), sheet: s, span: c.span()}
	f.plan(w, h)
	f.drawLines()
	f.drawCursor()
	f.drawGoal()
	f.drawEdges()
	if !s.Terminal.Slow {
		f.drawBands()
	}
	f.drawAxes()
	f.drawTimes()
	f.drawRuler()
	f.drawMarks()
	f.drawLegend()
	return f.grid.paint(s)
}

// plan gives every part its place.
func (f *frame) plan(w, h int) {
	f.rows, f.at = h, map[part]int{}
	for _, p := range f.wanted() {
		if f.rows > leastRows {
			f.at[p] = 0
			f.rows--
		}
	}
	if _, ok := f.at[legend]; ok {
		f.top = 1
	}
	y := f.top + f.rows
	for _, p := range []part{axis, times, ruler, marks} {
		if _, ok := f.at[p]; ok {
			f.at[p] = y
			y++
		}
	}
	f.cols = w
	f.fit()
	if wide := f.labelWidth(); wide+1 <= w/3 && f.rows > 1 {
		f.left, f.cols = wide+1, w-wide-1
		f.fit()
	}
}

// wanted are the parts the chart has something for, most useful first.
func (f *frame) wanted() []part {
	var parts []part
	if f.span.timed {
		parts = append(parts, times)
	}
	if len(f.Shades) > 0 {
		parts = append(parts, ruler)
	}
	if len(f.Marks) > 0 {
		parts = append(parts, marks)
	}
	if len(f.named()) > 1 {
		parts = append(parts, legend)
	}
	return append(parts, axis)
}

// fit samples the lines into the columns and fits the range to them.
func (f *frame) fit() {
	f.lines = f.lines[:0]
	for _, l := range f.Lines {
		f.lines = append(f.lines, l.sample(f.span, f.cols))
	}
	f.scale = f.Chart.scale(f.lines, f.rows)
}

// labelWidth is the width of the widest vertical label.
func (f *frame) labelWidth() int {
	widest := 0
	for _, t := range f.scale.ticks {
		widest = max(widest, display.Width(t.label))
	}
	return widest
}

// drawLines draws every line, the first in front.
func (f *frame) drawLines() {
	pens, any := pens(f.sheet), false
	for i, l := range f.lines {
		shares := make([]float64, len(l.values))
		for x, v := range l.values {
			shares[x] = v
			if v == v {
				shares[x] = fraction(v, f.scale.lo, f.scale.hi)
			}
		}
		drawn := trace(shares, f.rows, pens[min(i, len(pens)-1)], f.sheet.Glyphs.Point)
		any = any || drawn != nil
		for y, runes := range drawn {
			for x, r := range runes[:min(len(runes), f.cols)] {
				if r != ' ' {
					f.grid.set(f.left+x, f.top+y, string(r), f.ink(i, x))
				}
			}
		}
	}
	if !any {
		text := display.Cut("no data", f.cols)
		f.grid.write(f.left+(f.cols-display.Width(text))/2, f.top+f.rows/2, text, themes.Muted)
	}
}

// ink is the look of line i in column x: its own, or that of the window it is
// in.
func (f *frame) ink(i, x int) themes.Slot {
	if slot := f.Lines[i].Slot; slot != "" {
		return slot
	}
	for _, s := range slices.Backward(f.Shades) {
		from, to, ok := f.stretch(s)
		if ok && x >= from && x < to {
			return s.Window.slot()
		}
	}
	return themes.Text
}

// slot is the look of a window.
func (w Window) slot() themes.Slot {
	if w == After {
		return themes.After
	}
	return themes.Before
}

// stretch is the columns [from, to) of a shade, at least one; false where the
// chart does not show it.
func (f *frame) stretch(s Shade) (from, to int, ok bool) {
	if !f.span.timed || !s.From.Before(s.To) {
		return 0, 0, false
	}
	width := (f.span.to - f.span.from) / float64(f.cols)
	a := (float64(s.From.UnixNano()) - f.span.from) / width
	b := (float64(s.To.UnixNano()) - f.span.from) / width
	if !(b > 0 && a < float64(f.cols)) {
		return 0, 0, false
	}
	from = int(max(0, a) + 0.5)
	to = int(min(float64(f.cols), b) + 0.5)
	from = min(from, f.cols-1)
	return from, max(to, from+1), true
}
