// Package style turns a palette and a terminal into styles and glyphs. It is
// the only place that makes them.
//
//	themes.Theme ─┐
//	              ├─New─▶ Sheet: Style(slot), Paint(slot, text), Glyphs,
//	Terminal ─────┘             State, Fit, Box, Beside, Stack
//
// A Sheet never asks the terminal anything: colours and encoding are given. On
// a terminal without colours only attributes remain, and without UTF-8 every
// glyph has a stand-in of the same width.
package style

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"andon/themes"
)

// Terminal is what the terminal can show.
type Terminal struct {
	Colours int  // 0, 16, 256 or 1<<24
	UTF8    bool // else ASCII only
	Slow    bool // every byte counts: what only adorns is left out
}

// Sheet is everything a widget needs to draw. The zero Sheet is not usable;
// see [New]. It is never changed after New and may be copied and shared.
type Sheet struct {
	Theme    themes.Theme
	Terminal Terminal
	Glyphs   Glyphs
	inks     map[themes.Slot]ink
}

// ink is a slot's style and the sequences around text painted in it.
type ink struct {
	style         lipgloss.Style
	before, after string
}

// New makes the sheet of a theme on a terminal.
func New(t themes.Theme, term Terminal) Sheet {
	s := Sheet{Theme: t, Terminal: term, Glyphs: asciiGlyphs, inks: map[themes.Slot]ink{}}
	if term.UTF8 {
		s.Glyphs = unicodeGlyphs
	}
	for _, slot := range themes.Slots {
		style := s.make(t.Ink(slot))
		before, after, _ := strings.Cut(style.Render("x"), "x")
		s.inks[slot] = ink{style, before, after}
	}
	return s
}

// make is the lipgloss style of an ink on this terminal.
func (s Sheet) make(i themes.Ink) lipgloss.Style {
	style := lipgloss.NewStyle().Bold(i.Bold).Faint(i.Faint).Underline(i.Underline).Reverse(i.Reverse)
	if c := s.colour(i); c != nil {
		style = style.Foreground(c)
	}
	return style
}

// colour is the nearest the terminal has to an ink, or nil for its own.
func (s Sheet) colour(i themes.Ink) color.Color {
	switch {
	case s.Terminal.Colours < 16:
		return nil
	case i.Colour == "" || s.Terminal.Colours < 256:
		if i.Basic < 0 {
			return nil
		}
		return ansi.BasicColor(i.Basic) // an index would be sent as one of 256
	}
	return s.profile().Convert(lipgloss.Color(i.Colour))
}

// profile is the terminal's number of colours in colorprofile's words.
func (s Sheet) profile() colorprofile.Profile {
	switch {
	case s.Terminal.Colours < 16:
		return colorprofile.Ascii
	case s.Terminal.Colours < 256:
		return colorprofile.ANSI
	case s.Terminal.Colours < 1<<24:
		return colorprofile.ANSI256
	}
	return colorprofile.TrueColor
}

// Style is the lipgloss style of a slot. Use [Sheet.Paint] for one line of
// text; it is cheaper.
func (s Sheet) Style(slot themes.Slot) lipgloss.Style { return s.ink(slot).style }

// Paint is text in the look of a slot. Text must be one line and safe.
func (s Sheet) Paint(slot themes.Slot, text string) string {
	if text == "" {
		return ""
	}
	i := s.ink(slot)
	return i.before + text + i.after
}

// ink is the look of a slot; the empty slot is Text.
func (s Sheet) ink(slot themes.Slot) ink {
	if i, ok := s.inks[slot]; ok {
		return i
	}
	return s.inks[themes.Text]
}

// Select is a whole line under the cursor: any colour it has is taken off, so
// that reverse video shows over its full width.
func (s Sheet) Select(line string) string { return s.Paint(themes.Selected, Plain(line)) }
