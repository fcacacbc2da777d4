package frames

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"andon/analysis/camera"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/picture"
)

// The region table says in numbers and words what the pictures show, so that
// the change can be told without colours, and quoted.
//
//	cell   before          after              Δ   chance
//	2,3   ██ gray         ██ near black    46.1    ± 2.1   ✗ changed

// swatch is the cells of a colour sample.
const swatch = 2

// regionPane is the largest differences, as many as fit, with the warnings of
// the comparison in the last lines.
func (s Screen) regionPane(w, h int) string {
	if h <= 0 {
		return ""
	}
	lines := []string{s.sheet.Paint(themes.Title, s.sheet.Fit(s.regionTitle(), w))}
	var warnings []string
	for _, warning := range s.answer.frames.Warnings {
		warnings = append(warnings, s.sheet.Paint(themes.Look, s.sheet.Fit(s.sheet.Glyphs.Look+" "+string(display.Escape(warning)), w)))
	}
	warnings = warnings[:min(len(warnings), max(0, h-4))]
	if h > 2 {
		lines = append(lines, s.regionHead(w))
	}
	for _, r := range s.answer.frames.Regions {
		if len(lines) < h-len(warnings) {
			lines = append(lines, s.regionRow(r, w))
		}
	}
	return s.sheet.Fill(strings.Join(append(lines, warnings...), "\n"), w, h)
}

// regionView is the whole table, scrolled.
func (s Screen) regionView(w, h int) string {
	all := s.answer.frames.Regions
	lines := []string{s.sheet.Paint(themes.Title, s.regionTitle()), s.regionHead(w)}
	from := max(0, min(s.top, len(all)-(h-len(lines))))
	for _, r := range all[from:] {
		lines = append(lines, s.regionRow(r, w))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

// regionTitle counts what changed beyond chance.
func (s Screen) regionTitle() string {
	changed := 0
	for _, r := range s.answer.frames.Regions {
		if r.Beyond() {
			changed++
		}
	}
	return fmt.Sprintf("%d of %d cells changed beyond chance", changed, len(s.answer.frames.Regions))
}

// narrow tables leave out the codes of the colours, not their names.
const codesFrom = 79

func (s Screen) regionHead(w int) string {
	if w < codesFrom {
		return s.sheet.Paint(themes.Muted, s.sheet.Fit(fmt.Sprintf("%-6s %-14s %-14s %5s", "r,c", "before", "after", "diff"), w))
	}
	return s.sheet.Paint(themes.Muted, s.sheet.Fit(fmt.Sprintf("%-8s %-23s %-23s %5s  %s", "row,col", "before", "after", "diff", "by chance"), w))
}

func (s Screen) regionRow(r camera.Region, w int) string {
	cell := fmt.Sprintf("%-8s", fmt.Sprintf("%d,%d", r.Row+1, r.Col+1))
	difference := fmt.Sprintf("%5.1f", r.Delta)
	slot, mark := themes.Muted, s.sheet.Glyphs.NoData
	if r.Beyond() {
		slot, mark = themes.Bad, s.sheet.Glyphs.Cross
	}
	if w < codesFrom {
		return s.sheet.Fit(cell[:6]+" "+s.colour(r.Before, 14, false)+" "+s.colour(r.After, 14, false)+" "+
			s.sheet.Paint(slot, difference+" "+mark), w)
	}
	chance := fmt.Sprintf("  %5.1f ", r.Noise)
	verdict := mark
	if r.Beyond() {
		verdict += " changed"
	}
	return s.sheet.Fit(cell+" "+s.colour(r.Before, 23, true)+" "+s.colour(r.After, 23, true)+" "+
		s.sheet.Paint(slot, difference+chance+verdict), w)
}

// colour is a sample, the code and the name of a colour in w cells.
func (s Screen) colour(c camera.Colour, w int, code bool) string {
	rgb := color.RGBA{uint8(c.R + 0.5), uint8(c.G + 0.5), uint8(c.B + 0.5), 255}
	sample := image.NewRGBA(image.Rect(0, 0, swatch, 2))
	for i := range swatch * 2 {
		sample.SetRGBA(i%swatch, i/swatch, rgb)
	}
	text := picture.Draw(sample, swatch, 1, s.sheet) + " "
	if code {
		text += fmt.Sprintf("#%02x%02x%02x ", rgb.R, rgb.G, rgb.B)
	}
	return s.sheet.Fit(text+c.Name(), w)
}

// regionSentence is the largest difference for somebody who does not see it.
func (s Screen) regionSentence() string {
	all := s.answer.frames.Regions
	if len(all) == 0 {
		return ""
	}
	return s.regionTitle() + "; " + regionWords(all[0])
}

func regionWords(r camera.Region) string {
	return fmt.Sprintf("row %d, column %d of 4 went from %s to %s (difference %.1f)", r.Row+1, r.Col+1, r.Before.Name(), r.After.Name(), r.Delta)
}
