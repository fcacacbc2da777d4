package notes

import (
	"cmp"
	"fmt"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
)

// page is a long text, scrolled, with the place in it on the last line.
func (s Screen) page(w, h int) string {
	lines := s.pageLines(w)
	if h < 2 {
		return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
	}
	room := h - 1
	from := max(0, min(s.scroll, len(lines)-room))
	shown := lines[from:min(len(lines), from+room)]
	place := fmt.Sprintf("lines %d-%d of %d  esc back", from+1, from+len(shown), len(lines))
	return s.sheet.Fill(strings.Join(shown, "\n"), w, room) + "\n" + s.sheet.Paint(themes.Muted, s.sheet.Fit(place, w))
}

// pageLines is what is being read, wrapped to w cells.
func (s Screen) pageLines(w int) []string {
	switch s.mode {
	case preview:
		return s.reportLines(w)
	case recording:
		return s.recordLines(w)
	}
	e, ok := s.current()
	if !ok {
		return nil
	}
	return s.entryLines(e, w)
}

// reportLines is the report's Markdown as text: headings painted, nothing
// interpreted, so that what is read is what is sent.
func (s Screen) reportLines(w int) []string {
	switch {
	case s.report.number == 0:
		return []string{"writing the report"}
	case s.report.err != nil:
		return append([]string{s.sheet.Paint(themes.Bad, "the report could not be written")},
			screen.Wrap(display.Escape(s.report.err.Error()), w)...)
	}
	var lines []string
	for _, line := range display.Lines(s.report.report) {
		for _, part := range screen.Wrap(line, w) {
			if strings.HasPrefix(string(line), "#") {
				part = s.sheet.Paint(themes.Title, part)
			}
			lines = append(lines, part)
		}
	}
	return lines
}

// entryLines is all about an entry: who and when, the text, where it was seen,
// and for a finding its evidence and what came out when it was run again.
func (s Screen) entryLines(e entry, w int) []string {
	who := fmt.Sprintf("%s %d, %s", e.kind(), e.id(), display.TimeZone(e.time(), s.zone))
	if e.note != nil && e.note.Author != "" {
		who += ", " + string(display.Escape(e.note.Author))
	}
	if e.by != 0 {
		who += fmt.Sprintf(", superseded by note %d", e.by)
	}
	if e.note != nil && e.note.Supersedes != 0 {
		who += fmt.Sprintf(", supersedes note %d", e.note.Supersedes)
	}
	lines := []string{s.sheet.Paint(themes.Muted, s.sheet.Fit(who, w))}
	for _, line := range display.Lines(e.text()) {
		lines = append(lines, screen.Wrap(line, w)...)
	}
	lines = append(lines, s.rerunLines(e, w)...)
	return append(lines, s.pinLines(e, w)...)
}

// pinLines say what was under the cursor when the entry was made.
func (s Screen) pinLines(e entry, w int) []string {
	pin := e.pin()
	var words []string
	if at := place(pin); at != "" {
		words = append(words, "at "+at)
	}
	if pin.Saw != "" {
		words = append(words, "saw "+pin.Saw)
	}
	if e.finding != nil && e.finding.Params != "" {
		words = append(words, "with "+e.finding.Params)
	}
	if !pin.Windows.Zero() {
		words = append(words, fmt.Sprintf("before %s, after %s", s.span(pin.Windows.Before), s.span(pin.Windows.After)))
	}
	if e.finding != nil && e.finding.Hash != "" {
		words = append(words, "result "+e.finding.Hash[:min(12, len(e.finding.Hash))])
	}
	var lines []string
	for _, line := range screen.Wrap(display.Escape(strings.Join(words, "; ")), w) {
		lines = append(lines, s.sheet.Paint(themes.Muted, line))
	}
	return lines
}

// span is a window in few words.
func (s Screen) span(w analysis.Window) display.Text {
	return display.Time(w.From, s.zone) + " to " + display.Time(w.To, s.zone)
}

// rerunLines compare what came out when the finding was run again.
func (s Screen) rerunLines(e entry, w int) []string {
	if e.finding == nil {
		return nil
	}
	again, asked := s.reruns[e.id()]
	var lines []string
	paint := func(slot themes.Slot, text string) {
		for _, line := range screen.Wrap(display.Escape(text), w) {
			lines = append(lines, s.sheet.Paint(slot, line))
		}
	}
	switch {
	case !asked:
	case !again.done:
		paint(themes.Muted, "running the query again")
	case again.err != nil:
		paint(themes.Bad, s.sheet.Glyphs.Cross+" could not be run again: "+again.err.Error())
	case again.now.Hash == e.finding.Hash:
		paint(themes.Good, s.sheet.Glyphs.Tick+" same: "+cmp.Or(again.now.Result, "the result is unchanged"))
	default:
		paint(themes.Bad, s.sheet.Glyphs.Cross+" changed: was "+cmp.Or(e.finding.Result, "no number")+", is "+cmp.Or(again.now.Result, "no number"))
	}
	return lines
}
