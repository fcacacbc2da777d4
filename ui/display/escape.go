// Package display is the one gate for text that Andon did not write.
//
//	log, file name, note ──Escape──▶ Text ──▶ a View
//
// Log text is hostile: it may hold sequences that write the clipboard, hide
// lines or read files. A Text holds only what takes up cells: printable runes
// and spaces, no control, no newline, nothing that reorders or hides its
// neighbours. What was taken out is shown, never dropped, so a reader sees
// that it was there.
//
//	ESC → ^[   raw 0x9b → \x9b   U+009B → \u009b   U+202E → <U+202E>
package display

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Text is safe to put in a View: printable runes and spaces on one line.
// Constants of Andon's own convert silently; everything else passes Escape.
type Text string

// tabStop is the distance of tab stops, as terminals have it.
const tabStop = 8

// maxMarks bounds the combining marks on one letter: more is a way to write
// over the lines above and below.
const maxMarks = 4

// Escape makes raw text safe. Controls become caret notation, the C1 controls
// and bytes that are not UTF-8 become hex, tabs become spaces up to the next
// stop, and runes that reorder, hide or join become <U+XXXX>; so does a
// combining mark without a letter and every one after the fourth.
//
// Escape of a Text's own string is that string. Cost is linear.
func Escape(raw string) Text {
	if plain(raw) {
		return Text(raw)
	}
	e := escaper{marks: maxMarks} // a mark at the start has no letter to sit on
	e.text.Grow(len(raw) + 16)
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[i:])
		if r == utf8.RuneError && size == 1 {
			e.write(fmt.Sprintf(`\x%02x`, raw[i]))
		} else {
			e.rune(r)
		}
		i += size
	}
	return Text(e.text.String())
}

// escaper is text on its way through the gate: its cells so far, for tabs, and
// the marks on its last letter.
type escaper struct {
	text  strings.Builder
	cells int
	marks int
}

// rune lets a rune pass, or writes what stands for it.
func (e *escaper) rune(r rune) {
	width := ansi.StringWidthWc(string(r))
	switch {
	case r == '\t':
		e.write(strings.Repeat(" ", tabStop-e.cells%tabStop))
	case !safe(r):
		e.write(escaped(r))
	case unicode.In(r, unicode.Mn, unicode.Me):
		if e.marks >= maxMarks {
			e.write(escaped(r))
			return
		}
		e.text.WriteRune(r)
		e.cells += width
		e.marks++
	case width == 0: // no mark by its class, yet terminals would draw it onto its neighbour
		e.write(escaped(r))
	default:
		e.text.WriteRune(r)
		e.cells += width
		e.marks = 0
	}
}

// write adds ASCII.
func (e *escaper) write(s string) {
	e.text.WriteString(s)
	e.cells += len(s)
	e.marks = 0
}

// Lines escapes raw text line by line; "\n" and "\r\n" end a line. Empty text
// is one empty line.
func Lines(raw string) []Text {
	parts := strings.Split(strings.ReplaceAll(raw, "\r\n", "\n"), "\n")
	lines := make([]Text, len(parts))
	for i, p := range parts {
		lines[i] = Escape(p)
	}
	return lines
}

// plain reports text of printable ASCII only, the usual case.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// safe reports runes that take cells of their own or sit on a letter, and do
// nothing else.
func safe(r rune) bool {
	switch {
	case r == ' ':
		return true
	case !unicode.IsPrint(r): // controls, other spaces, format, unassigned, private use
		return false
	case unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return false // invisible, or asks for another width than terminals give
	}
	return true
}

// escaped stands for a rune that may not pass as it is.
func escaped(r rune) string {
	switch {
	case r < ' ':
		return "^" + string(r+'@')
	case r == 0x7f:
		return "^?"
	case r >= 0x80 && r <= 0x9f:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf("<U+%04X>", r)
}
