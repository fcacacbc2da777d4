package command

import (
	"bytes"
	"encoding/base64"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// gate is the last thing between the console and a terminal: what Andon itself
// draws with passes, everything else is dropped.
//
//	text, colours, moves, erasing ──▶ passes
//	OSC 52 that writes            ──▶ passes (the y key)
//	queries, DCS, APC, titles ... ──▶ dropped
//
// Log text is escaped long before (ui/display); this is the second line. It
// also takes out what the toolkit asks terminals at the start (CSI ?u, DECRQM
// 2026 and 2027) and the keyboard protocols it would switch on: an answer that
// comes late over a slow link is typed into the user's shell, and Bubble Tea
// has no option for it.
type gate struct {
	parser *ansi.Parser
	rest   []byte // a sequence or a rune that has not ended yet
}

// clipboardLimit is the longest OSC 52 that passes; terminals cut longer ones.
const clipboardLimit = 74 << 10

func newGate() gate { return gate{parser: ansi.NewParser()} }

// pass appends to dst what of src may reach a terminal.
func (g *gate) pass(dst, src []byte) []byte {
	if len(g.rest) > 0 {
		src = append(g.rest, src...)
	}
	whole := len(src) - unfinished(src)
	src, tail := src[:whole], src[whole:]
	for len(src) > 0 {
		seq, width, n, state := ansi.DecodeSequenceWc(src, ansi.NormalState, g.parser)
		if state != ansi.NormalState {
			break
		}
		switch {
		case width > 0:
			dst = append(dst, printable(seq)...)
		case g.allowed(seq):
			dst = append(dst, seq...)
		}
		src = src[n:]
	}
	g.rest = append(bytes.Clone(src), tail...)
	if len(g.rest) > clipboardLimit {
		g.rest = nil
	}
	return dst
}

// unfinished is the length of a rune at the end of which bytes are missing.
func unfinished(text []byte) int {
	for n := 1; n <= min(utf8.UTFMax, len(text)); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return n
		}
	}
	return 0
}

// printable is text without what hides, joins or turns its neighbours.
func printable(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// allowed reports a control that the console draws with.
func (g *gate) allowed(seq []byte) bool {
	if len(seq) == 1 {
		return seq[0] == '\r' || seq[0] == '\n' || seq[0] == '\b' || seq[0] == '\t'
	}
	if seq[0] != ansi.ESC {
		return combining(seq)
	}
	switch seq[1] {
	case '[':
		return g.draws()
	case ']':
		return clipboard(seq)
	case 'M', 'D', 'E', '7', '8': // line feeds, and the cursor's place
		return len(seq) == 2
	}
	return false
}

// combining is a mark without cells of its own, on the letter before it.
func combining(seq []byte) bool {
	r, n := utf8.DecodeRune(seq)
	return n == len(seq) && unicode.In(r, unicode.Mn, unicode.Me)
}

// draws reports a CSI that moves, erases, scrolls or colours, or a mode the
// console sets and takes back.
func (g *gate) draws() bool {
	switch c := ansi.Cmd(g.parser.Command()); {
	case c.Intermediate() != 0:
		return false
	case c.Prefix() == 0:
		return bytes.IndexByte([]byte("@ABCDEFGHIJKLMPSTXZ`abdefmr"), c.Final()) >= 0
	case c.Prefix() == '?' && c.Final() == 'W':
		return true // tab stops every 8 columns
	case c.Prefix() == '?' && (c.Final() == 'h' || c.Final() == 'l'):
		return g.mode()
	}
	return false
}

// mode reports the private modes of the console.
func (g *gate) mode() bool {
	mode, ok := g.parser.Param(0, 0)
	if !ok || len(g.parser.Params()) != 1 {
		return false
	}
	switch mode {
	case 7, 25, 1049, 2004: // wrapping, cursor, second screen, pasted text in brackets
		return true
	}
	return false
}

// clipboard reports an OSC 52 that writes text: one that reads would have the
// terminal type the clipboard's content.
func clipboard(seq []byte) bool {
	body, ok := bytes.CutPrefix(seq, []byte("\x1b]52;c;"))
	if !ok || len(seq) > clipboardLimit {
		return false
	}
	body = bytes.TrimSuffix(bytes.TrimSuffix(body, []byte("\a")), []byte("\x1b\\"))
	_, err := base64.StdEncoding.DecodeString(string(body))
	return err == nil && len(body) > 0
}
