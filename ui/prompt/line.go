// Package prompt asks for text: one line, such as a filter, or a note of
// several.
//
//	filter › line=L2 shi▌
//
// The editing is bubbles' text input; the drawing is ours, because what is
// typed or pasted passes display.Escape like any other text, and because a
// cursor that blinks would send bytes while nothing happens.
package prompt

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// limit bounds one line, in runes: a pasted log must not stall the console.
const limit = 4096

// Line is a one-line prompt. It is a value: Update returns the next one.
type Line struct {
	Label display.Text
	Hint  display.Text // shown while nothing is typed
	input textinput.Model
}

// NewLine is an empty prompt that takes keys.
func NewLine(label, hint display.Text) Line {
	input := textinput.New()
	input.CharLimit = limit
	input.SetVirtualCursor(false)
	input.KeyMap.Paste = key.NewBinding(key.WithDisabled()) // would run a clipboard program; terminals paste themselves
	input.Focus()
	return Line{Label: label, Hint: hint, input: input}
}

// With is the prompt with a text and the cursor after it.
func (l Line) With(value string) Line {
	l.input.SetValue(value)
	l.input.CursorEnd()
	return l
}

// At is the prompt with the cursor on rune pos, as far as there are runes.
func (l Line) At(pos int) Line {
	l.input.SetCursor(pos)
	return l
}

// Value is the text as typed.
func (l Line) Value() string { return l.input.Value() }

// Position is the rune the cursor is on.
func (l Line) Position() int { return l.input.Position() }

// Update takes keys and pastes; it needs no command. Enter, esc, tab and the
// vertical keys are the owner's.
func (l Line) Update(msg tea.Msg) Line {
	value, pos := l.input.Value(), l.input.Position()
	l.input.SetValue(strings.Clone(value)) // the input edits its runes in place; older values must not change
	l.input.SetCursor(pos)
	l.input, _ = l.input.Update(msg)
	return l
}

// View is label and text in exactly w cells, scrolled so that the cursor
// shows.
func (l Line) View(w int, s style.Sheet) string {
	label := ""
	if l.Label != "" {
		label = s.Paint(themes.Accent, string(l.Label)) + " " + s.Paint(themes.Muted, s.Glyphs.Pointer) + " "
	}
	room := w - style.Width(label)
	if room < 1 {
		label, room = "", w
	}
	if l.Value() == "" && l.Hint != "" {
		return s.Fit(label+cursor(" ", s)+s.Paint(themes.Muted, string(l.Hint)), w)
	}
	return s.Fit(label+edited(l.Value(), l.Position(), room, s), w)
}

// edited is text with the cursor on rune pos, in at most room cells.
func edited(value string, pos, room int, s style.Sheet) string {
	runes := []rune(value)
	pos = min(pos, len(runes))
	left := string(display.Escape(string(runes[:pos])))
	under, right := " ", ""
	if pos < len(runes) {
		under = string(display.Escape(string(runes[pos : pos+1])))
		right = string(display.Escape(string(runes[pos+1:])))
	}
	return tail(left, room-style.Width(under)) + cursor(under, s) + right
}

// tail is the end of text in at most width cells.
func tail(text string, width int) string {
	if style.Width(text) <= width {
		return text
	}
	runes := []rune(text)
	used, from := 0, len(runes)
	for i, r := range slices.Backward(runes) {
		used += style.Width(string(r))
		if used > width {
			break
		}
		from = i
	}
	for from < len(runes) && style.Width(string(runes[from])) == 0 {
		from++ // a mark whose letter is cut off
	}
	return string(runes[from:])
}

// cursor is text under the cursor.
func cursor(text string, s style.Sheet) string { return s.Paint(themes.Selected, text) }
