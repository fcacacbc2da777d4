package data

import (
	"cmp"
	"fmt"
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

const (
	leastWidth  = 30
	leastHeight = 6
	wideBox     = 150
)

// layout divides the box. Below the sources stands the pane in focus, or in a
// wide box columns and rejects side by side; each has a title of one row.
type layout struct {
	head, sources, lower, detail int
	beside                       bool
}

func (s Screen) layout(w, h int) layout {
	l := layout{head: 2, detail: min(6, h/5), beside: w >= wideBox}
	if h < 14 {
		l.head, l.detail = 0, min(2, h/4)
	}
	l.sources = max(2, min(max(len(s.state.Sources), len(s.state.Pending))+1, h/3))
	l.lower = max(0, h-l.head-l.sources-l.detail-1)
	return l
}

// View is the screen in exactly width x height cells.
func (s Screen) View(width, height int) string {
	if width < leastWidth || height < leastHeight {
		return s.sheet.Middle("data needs 30 x 6", width, height)
	}
	if s.sql.open {
		return s.viewSQL(width, height)
	}
	if s.planning() {
		return s.viewPlan(width, height)
	}
	if text := s.message(); text != "" {
		return screen.Message(text, width, height, s.sheet)
	}
	l := s.layout(width, height)
	parts := []string{s.head(width, l.head), screen.Title(fmt.Sprintf("Sources: %d", len(s.state.Sources)), s.pane == sources, width, s.sheet),
		s.sources.View(width, l.sources, s.sheet), s.lower(width, l), s.detailPane(width, l.detail)}
	return s.sheet.Fill(style.Stack(parts...), width, height)
}

// message is what to say instead of tables, "" when there are some.
func (s Screen) message() string {
	switch {
	case s.state.Err != nil && len(s.state.Sources) == 0:
		return "the incident file could not be read\n" + s.state.Err.Error()
	case len(s.state.Sources) == 0 && s.state.Loading.Active:
		return s.progress()
	case len(s.state.Sources) == 0:
		return "nothing loaded yet\nandon import -o " + cmp.Or(s.state.Path, "FILE") + " SRC...\nSRC is a file, a directory or a glob of logs, labels, events or images"
	}
	return ""
}

// progress is how far an import has come.
func (s Screen) progress() string {
	loading := s.state.Loading
	text := fmt.Sprintf("loading %s: %s rows", display.Escape(loading.Source), display.Count(loading.Rows))
	if loading.Total > 0 {
		text += ", " + string(display.Percent(float64(loading.Done)/float64(loading.Total)))
	}
	if loading.Seconds > 0 {
		text += fmt.Sprintf(", %.0f s left", loading.Seconds)
	}
	return text
}

// head is rows and labels over the span of the log, so that a hole is seen.
func (s Screen) head(w, h int) string {
	series := s.state.Triage.Series
	if h <= 0 {
		return ""
	}
	if s.state.Loading.Active {
		return s.sheet.Fill(s.sheet.Paint(themes.Look, s.progress()), w, h)
	}
	if s.changing != "" {
		return s.sheet.Fill(strings.Join(screen.Wrap(s.changing, w), "\n"), w, h)
	}
	if len(series.Buckets) == 0 {
		return s.sheet.Fill(s.sheet.Paint(themes.Muted, "no coverage over time: nothing with a time was loaded"), w, h)
	}
	most := 1
	for _, b := range series.Buckets {
		most = max(most, b.Rows)
	}
	rows, known := make([]float64, len(series.Buckets)), make([]float64, len(series.Buckets))
	for i, b := range series.Buckets {
		rows[i], known[i] = float64(b.Rows)/float64(most), float64(b.Known)/float64(max(1, b.Rows))
	}
	span := string(display.Time(series.Start, s.zone)) + " " + s.sheet.Glyphs.Dash + " " + string(display.Time(series.At(len(series.Buckets)), s.zone))
	room := max(1, w-10)
	barWidth := max(1, room-len(span)-2)
	lines := []string{
		"rows      " + s.sheet.Paint(themes.Before, s.coverage(rows, barWidth)) + "  " + s.sheet.Paint(themes.Muted, span),
		"labelled  " + s.sheet.Paint(themes.Before, s.coverage(known, barWidth)) + "  " + s.sheet.Paint(themes.Muted, fmt.Sprintf("%s of %s", display.Count(int64(s.state.Triage.Measure.Labelled)), s.total())),
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

func (s Screen) total() display.Text {
	n := 0
	for _, b := range s.state.Triage.Series.Buckets {
		n += b.Rows
	}
	return display.Count(int64(n))
}

// lower is columns, or rejects where they have the focus, or both.
func (s Screen) lower(w int, l layout) string {
	switch {
	case l.lower <= 0:
		return ""
	case s.choice.open:
		return style.Stack(screen.Title(string(s.choice.title), true, w, s.sheet), s.choice.table.View(w, l.lower-1, s.sheet))
	case l.beside:
		left := w * 3 / 5
		return style.Beside(s.columnPane(left, l.lower), s.sheet.Fill(" ", 1, l.lower), s.rejectPane(w-left-1, l.lower))
	}
	if s.pane == rejects {
		return s.rejectPane(w, l.lower)
	}
	return s.columnPane(w, l.lower)
}

func (s Screen) columnPane(w, h int) string {
	text := fmt.Sprintf("Columns: %d", len(s.stock.columns))
	body := s.columns.View(w, h-1, s.sheet)
	switch {
	case s.stock.err != nil:
		body = s.say(themes.Bad, "columns could not be read: "+s.stock.err.Error()+"; ctrl+r asks again", w, h-1)
	case !s.stock.done:
		body = s.say(themes.Muted, "counting the values of every column", w, h-1)
	case len(s.stock.columns) == 0:
		body = s.say(themes.Muted, "no inference loaded, so there are no columns to compare", w, h-1)
	}
	return style.Stack(screen.Title(text, s.pane == columns, w, s.sheet), body)
}

func (s Screen) rejectPane(w, h int) string {
	source, _ := s.source()
	text := fmt.Sprintf("Rejects of %s: %s", display.Escape(source.Path), display.Count(source.Rejected))
	body := s.rejects.View(w, h-1, s.sheet)
	switch {
	case s.refused.err != nil:
		body = s.say(themes.Bad, "rejects could not be read: "+s.refused.err.Error()+"; ctrl+r asks again", w, h-1)
	case source.Rejected == 0:
		body = s.say(themes.Good, "every record of this source was used", w, h-1)
	case !s.refused.done:
		body = s.say(themes.Muted, "reading the rejects", w, h-1)
	}
	return style.Stack(screen.Title(text, s.pane == rejects, w, s.sheet), body)
}

// say is a message in the place of a table.
func (s Screen) say(slot themes.Slot, text string, w, h int) string {
	if h <= 0 {
		return ""
	}
	var lines []string
	for _, line := range screen.Wrap(display.Escape(text), w-4) {
		lines = append(lines, "  "+s.sheet.Paint(slot, line))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}
