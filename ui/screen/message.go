package screen

import (
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// sayWidth is the longest line of Say: longer ones are hard to read.
const sayWidth = 72

// Say is a message in the middle of a box of w x h cells, wrapped to fit.
func Say(slot themes.Slot, text display.Text, w, h int, sheet style.Sheet) string {
	lines := Wrap(text, min(w, sayWidth))
	for i, line := range lines {
		lines[i] = sheet.Paint(slot, line)
	}
	return sheet.Middle(strings.Join(lines, "\n"), w, h)
}

// Message is text of several lines in the middle of a box of w x h cells: what
// is missing, then what to do about it. The text is escaped here.
func Message(text string, w, h int, sheet style.Sheet) string {
	var lines []string
	for _, line := range display.Lines(text) {
		lines = append(lines, Wrap(line, w-2)...)
	}
	return sheet.Middle(strings.Join(lines, "\n"), w, h)
}

// Wrap breaks safe text into lines of at most w cells, to be painted.
func Wrap(text display.Text, w int) []string {
	var lines []string
	for _, line := range display.Wrap(text, w) {
		lines = append(lines, string(line))
	}
	return lines
}

// Title names a pane in one line of w cells; the pane in focus has the pointer
// and the accent.
func Title(text string, focused bool, w int, sheet style.Sheet) string {
	if focused {
		return sheet.Paint(themes.Accent, sheet.Fit(sheet.Glyphs.Pointer+" "+text, w))
	}
	return sheet.Paint(themes.Title, sheet.Fit("  "+text, w))
}
