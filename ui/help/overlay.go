package help

import (
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// Overlay is every binding under its group's heading, in columns, in a box of
// exactly w x h cells. A disabled one is muted and says why, as far as there is
// room: a second column is worth more than the end of a reason. What does not
// fit is said in the last line.
func Overlay(groups []Group, w, h int, s style.Sheet) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	inner, rows := w-4, h-2
	if w < 3 || h < 3 {
		inner, rows = w, h
	}
	across := columns(inner, widest(groups, true))
	if height(groups) > across*rows {
		across = columns(inner, widest(groups, false))
	}
	wide := max(1, (inner-3*(across-1))/across)
	lines := entries(groups, wide, s)
	body := flow(lines, wide, across, rows, s)
	if w < 3 || h < 3 {
		return s.Fill(body, w, h)
	}
	return s.Box("Keys", indent(body), w, h)
}

// entries are the lines of all groups, a blank line between them.
func entries(groups []Group, wide int, s style.Sheet) []string {
	keys := keyWidth(groups)
	var lines []string
	for i, g := range groups {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, s.Paint(themes.Title, string(display.Cut(display.Escape(g.Title), wide))))
		for _, b := range g.Bindings {
			lines = append(lines, entry(b, keys, s))
		}
	}
	return lines
}

// entry is one binding: its key, what it does, and why not.
func entry(b Binding, keys int, s style.Sheet) string {
	if reason := b.Reason(); reason != "" {
		return s.Paint(themes.Muted, s.Fit(b.label(), keys)+"  "+b.Does+" ("+string(display.Escape(reason))+")")
	}
	return s.Paint(themes.Accent, s.Fit(b.label(), keys)) + "  " + b.Does
}

// flow sets lines into columns, top to bottom; the last line counts those that
// found no room.
func flow(lines []string, wide, across, rows int, s style.Sheet) string {
	if lost := len(lines) - across*rows; lost > 0 {
		lines = lines[:across*rows-1]
		lines = append(lines, s.Paint(themes.Muted, s.Glyphs.Ellipsis+" "+string(display.Count(int64(lost+1)))+" more"))
	}
	out := make([]string, rows)
	for i, l := range lines {
		if i >= rows {
			out[i%rows] += "   "
		}
		out[i%rows] += s.Fit(l, wide)
	}
	return strings.Join(out, "\n")
}

// indent moves the body off the border.
func indent(body string) string { return " " + strings.ReplaceAll(body, "\n", "\n ") }

// keyWidth is the width of the widest key.
func keyWidth(groups []Group) int {
	widest := 0
	for _, g := range groups {
		for _, b := range g.Bindings {
			widest = max(widest, style.Width(b.label()))
		}
	}
	return widest
}

// columns is how many of that width stand side by side.
func columns(inner, wide int) int { return max(1, min((inner+3)/(max(1, wide)+3), 3)) }

// height is the number of lines of all groups.
func height(groups []Group) int {
	lines := len(groups) - 1
	for _, g := range groups {
		lines += 1 + len(g.Bindings)
	}
	return lines
}

// widest is the width of the widest line, with or without its reason.
func widest(groups []Group, reasons bool) int {
	widest, keys := 0, keyWidth(groups)
	for _, g := range groups {
		widest = max(widest, style.Width(g.Title))
		for _, b := range g.Bindings {
			text := keys + 2 + style.Width(b.Does)
			if reason := b.Reason(); reasons && reason != "" {
				text += 3 + display.Width(display.Escape(reason))
			}
			widest = max(widest, text)
		}
	}
	return widest
}
