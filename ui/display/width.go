package display

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Width is the number of cells t takes up.
//
// It is the sum over runes (wcwidth), not over grapheme clusters: that is what
// terminals and tmux do unless they answer to mode 2027, and what Bubble Tea's
// renderer assumes. For the scripts where the two differ (Hindi, Tamil) it is
// the larger, so a line never spills. Joined emoji, where it could be the
// smaller, do not pass Escape.
func Width(t Text) int { return ansi.StringWidthWc(string(t)) }

// Head is the longest start of t that fits into width cells. ansi's own
// truncation is not used: it measures clusters and cuts by runes.
func Head(t Text, width int) Text {
	used := 0
	for i, r := range t {
		used += ansi.StringWidthWc(string(r))
		if used > width {
			return t[:i]
		}
	}
	return t
}

// Cut shortens t to at most width cells, ending in "…" where something was
// lost. A width of 0 or less gives "".
func Cut(t Text, width int) Text {
	if width <= 0 {
		return ""
	}
	if Width(t) <= width {
		return t
	}
	return Head(t, width-1) + "…"
}

// Pad is t in exactly width cells: cut, or filled with spaces on the right. A
// width of 0 or less gives "".
func Pad(t Text, width int) Text {
	t = Cut(t, width)
	return t + Text(strings.Repeat(" ", max(0, width-Width(t))))
}

// Wrap breaks t into lines of at most width cells, at spaces where it can; the
// space at a break is left out. A rune wider than the line becomes "…". Empty
// text is one empty line; a width of 0 or less gives none.
func Wrap(t Text, width int) []Text {
	if width <= 0 {
		return nil
	}
	var lines []Text
	for {
		line := Head(t, width)
		if line == t {
			return append(lines, t)
		}
		if line == "" {
			_, size := utf8.DecodeRuneInString(string(t))
			lines, t = append(lines, "…"), t[size:]
			if t == "" {
				return lines
			}
			continue
		}
		rest := t[len(line):]
		if at := strings.LastIndexByte(string(line), ' '); rest[0] != ' ' && at > 0 {
			line, rest = line[:at], t[at:]
		}
		lines = append(lines, Text(strings.TrimRight(string(line), " ")))
		t = Text(strings.TrimLeft(string(rest), " "))
		if t == "" {
			return lines
		}
	}
}

// ASCII is a finished view for a terminal without UTF-8: every rune beyond
// ASCII becomes as many "?" as it has cells, "…" becomes "~". It keeps Andon's
// own escape sequences, which are ASCII.
func ASCII(view string) string {
	if ascii(view) {
		return view
	}
	var b strings.Builder
	b.Grow(len(view))
	for _, r := range view {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r == '…':
			b.WriteByte('~')
		default:
			b.WriteString(strings.Repeat("?", ansi.StringWidthWc(string(r))))
		}
	}
	return b.String()
}

// ascii reports text without a byte beyond ASCII.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
