package style

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"andon/themes"
)

// Width is the number of cells of a line, escape sequences left out, counted
// as display.Width counts.
func Width(line string) int { return ansi.StringWidthWc(line) }

// Plain is text without its escape sequences.
func Plain(text string) string { return ansi.Strip(text) }

// Fit is a line in exactly width cells: cut with an ellipsis, or filled with
// spaces. It understands escape sequences and wide runes.
func (s Sheet) Fit(line string, width int) string {
	if width <= 0 {
		return ""
	}
	w := Width(line)
	if w > width {
		line = cut(line, width-1, s.Glyphs.Ellipsis)
		w = Width(line)
	}
	return line + strings.Repeat(" ", max(0, width-w))
}

// cut is the start of a line that fits into width cells, the tail after it,
// and every escape sequence, so that no look runs on. ansi's own truncation is
// not used: it measures clusters and cuts by runes.
func cut(line string, width int, tail string) string {
	var b strings.Builder
	used, full, state := 0, false, byte(0)
	for line != "" {
		part, _, n, next := ansi.DecodeSequenceWc(line, state, nil)
		w := Width(part)
		switch {
		case w == 0 && (!full || part[0] == '\x1b'):
			b.WriteString(part)
		case full:
		case used+w > width:
			b.WriteString(tail)
			full = true
		default:
			b.WriteString(part)
			used += w
		}
		line, state = line[n:], next
	}
	return b.String()
}

// Fill is text in a box of exactly w x h cells: lines cut or filled, rows cut
// or added below.
func (s Sheet) Fill(text string, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	lines := strings.Split(text, "\n")
	if text == "" {
		lines = nil
	}
	rows := make([]string, h)
	blank := strings.Repeat(" ", w)
	for i := range rows {
		rows[i] = blank
		if i < len(lines) {
			rows[i] = s.Fit(lines[i], w)
		}
	}
	return strings.Join(rows, "\n")
}

// Middle is text in the middle of a box of exactly w x h cells.
func (s Sheet) Middle(text string, w, h int) string {
	lines := strings.Split(text, "\n")
	widest := 0
	for _, l := range lines {
		widest = max(widest, Width(l))
	}
	indent := strings.Repeat(" ", max(0, (w-widest)/2))
	for i := range lines {
		lines[i] = indent + lines[i]
	}
	above := strings.Repeat("\n", max(0, (h-len(lines))/2))
	return s.Fill(above+strings.Join(lines, "\n"), w, h)
}

// Box is content within a border of exactly w x h cells, the title set into
// the upper edge. Too small for a border, it is the content alone. The content
// has w-2 x h-2 cells.
func (s Sheet) Box(title, content string, w, h int) string {
	if w < 3 || h < 3 {
		return s.Fill(content, w, h)
	}
	g := s.Glyphs
	edge := func(text string) string { return s.Paint(themes.Border, text) }
	head := ""
	if title != "" && w > 6 {
		head = strings.TrimRight(s.Fit(title, w-6), " ")
		head = " " + s.Paint(themes.Title, head) + " "
	}
	rest := w - 3 - Width(head)
	rows := []string{edge(g.TopLeft+g.Horizontal) + head + edge(strings.Repeat(g.Horizontal, rest)+g.TopRight)}
	for line := range strings.SplitSeq(s.Fill(content, w-2, h-2), "\n") {
		rows = append(rows, edge(g.Vertical)+line+edge(g.Vertical))
	}
	rows = append(rows, edge(g.BottomLeft+strings.Repeat(g.Horizontal, w-2)+g.BottomRight))
	return strings.Join(rows, "\n")
}

// Beside joins panes of equal height from left to right.
func Beside(panes ...string) string {
	var rows []string
	for _, p := range panes {
		if p == "" {
			continue
		}
		lines := strings.Split(p, "\n")
		for len(rows) < len(lines) {
			rows = append(rows, "")
		}
		for i, l := range lines {
			rows[i] += l
		}
	}
	return strings.Join(rows, "\n")
}

// Stack joins panes of equal width from top to bottom; empty ones are left out.
func Stack(panes ...string) string {
	var kept []string
	for _, p := range panes {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n")
}
