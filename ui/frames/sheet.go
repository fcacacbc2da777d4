package frames

import (
	"strings"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// sheetView is the contact sheet: both halves and the regions. The height is
// that of the whole box; the head is drawn by View.
func (s Screen) sheetView(w, h int) string {
	l := s.layout(w, h)
	first := s.at / l.page() * l.page()
	pairs := s.answer.frames.Pairs[first:min(len(s.answer.frames.Pairs), first+l.page())]
	before, after := make([]string, 0, l.grid), make([]string, 0, l.grid)
	before = append(before, s.heading(false, l.half))
	after = append(after, s.heading(true, l.half))
	for start := 0; start < len(pairs); start += l.columns {
		row := pairs[start:min(len(pairs), start+l.columns)]
		before = append(before, s.strip(row, first+start, l, false))
		after = append(after, s.strip(row, first+start, l, true))
	}
	bar := s.sheet.Paint(themes.Border, s.sheet.Glyphs.Vertical)
	bars := strings.TrimSuffix(strings.Repeat(bar+"\n", l.grid), "\n")
	grid := style.Beside(s.sheet.Fill(strings.Join(before, "\n"), l.half, l.grid), bars,
		s.sheet.Fill(strings.Join(after, "\n"), l.half, l.grid))
	if l.beside {
		return style.Beside(grid, bars, s.sheet.Fill(" ", gap, l.grid), s.regionPane(l.table, l.grid))
	}
	return style.Stack(s.sheet.Fill(grid, w, l.grid), s.regionPane(w, l.table))
}

// heading names a half and its window.
func (s Screen) heading(after bool, w int) string {
	name, slot, window := "Before", themes.Before, s.state.Windows.Before
	if after {
		name, slot, window = "After", themes.After, s.state.Windows.After
	}
	return s.sheet.Fit(s.sheet.Paint(slot, name)+" "+s.sheet.Paint(themes.Muted, string(s.span(window))), w)
}

// span is a window in as few cells as say it: "03-01 00:00 – 03-07 06:20".
func (s Screen) span(w analysis.Window) display.Text {
	return s.short(w.From) + display.Text(" "+s.sheet.Glyphs.Dash+" ") + s.short(w.To)
}

// strip is one row of thumbnails of one half with their captions; the first
// pair has the index first.
func (s Screen) strip(row []camera.Pair, first int, l layout, after bool) string {
	var cells []string
	for i, p := range row {
		frame := p.Before
		if after {
			frame = p.After
		}
		cell := style.Stack(s.album.Draw(frame.Picture, l.width, l.height),
			s.caption(frame, l.width, first+i == s.at))
		cells = append(cells, s.sheet.Fill(cell, l.width, l.height+captions))
		if i < len(row)-1 {
			cells = append(cells, s.sheet.Fill(" ", gap, l.height+captions))
		}
	}
	return s.sheet.Fill(style.Beside(cells...), l.half, l.height+captions)
}

// caption is two lines below a thumbnail: when and where, then the answer and
// whether it was right. The pair under the cursor has its marker on both.
func (s Screen) caption(frame camera.Sample, w int, selected bool) string {
	where := string(s.short(frame.Frame.Time)) + " " + string(display.Escape(frame.View()))
	answer := s.answered(frame)
	if !selected {
		return s.sheet.Paint(themes.Muted, s.sheet.Fit(where, w)) + "\n" + s.sheet.Fit(answer, w)
	}
	return s.sheet.Select(s.sheet.Fit(s.sheet.Glyphs.Pointer+where, w)) + "\n" + s.sheet.Select(s.sheet.Fit(s.sheet.Glyphs.Pointer+answer, w))
}

// answered is what the model said and what was true: "✗ ok, is scratch".
func (s Screen) answered(frame camera.Sample) string {
	said := string(display.Escape(frame.Prediction))
	if said == "" {
		said = "no answer"
	}
	label := string(display.Escape(frame.Label))
	switch g := s.sheet.Glyphs; {
	case frame.Known && frame.Wrong && label != "":
		return s.sheet.Paint(themes.Bad, g.Cross+" "+said+", is "+label)
	case frame.Known && frame.Wrong:
		return s.sheet.Paint(themes.Bad, g.Cross+" "+said+", wrong")
	case frame.Known:
		return s.sheet.Paint(themes.Good, g.Tick+" "+said+", right")
	default:
		return s.sheet.Paint(themes.Muted, g.NoData+" "+said+", no label")
	}
}
