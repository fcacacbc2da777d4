package command

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGate(t *testing.T) {
	tests := []struct{ name, sent, want string }{
		{"text", "line=L2 ✓ 日本 e\u0301", "line=L2 ✓ 日本 e\u0301"},
		{"colours, moves, erasing", "\x1b[1;38;5;210m\x1b[H\x1b[2J\x1b[3;23r\x1b[2T\x1b[14X\x1b[K", "\x1b[1;38;5;210m\x1b[H\x1b[2J\x1b[3;23r\x1b[2T\x1b[14X\x1b[K"},
		{"the second screen, the cursor, pastes", "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?5W", "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?5W"},
		{"line feeds", "a\r\nb\tc\b\x1bM", "a\r\nb\tc\b\x1bM"},
		{"copying", "\x1b]52;c;aGk=\x07\x1b]52;c;aGk=\x1b\\", "\x1b]52;c;aGk=\x07\x1b]52;c;aGk=\x1b\\"},
		{"what Bubble Tea asks at the start", "a\x1b[?2026$p\x1b[?2027$p\x1b[?ub", "ab"},
		{"keyboard protocols", "a\x1b[>4m\x1b[>4;2m\x1b[>1u\x1b[<1ub", "ab"},
		{"questions", "a\x1b[c\x1b[>c\x1b[5n\x1b[6n\x1b[18t\x1b]11;?\x07\x05b", "ab"},
		{"reading the clipboard", "a\x1b]52;c;?\x07b", "ab"},
		{"titles and links", "a\x1b]0;mine\x07\x1b]8;;http://x\x1b\\b\x1b]8;;\x1b\\", "ab"},
		{"DCS, sixel, APC, PM, SOS", "a\x1bP0;1|17/aa\x1b\\\x1bPq#0~\x1b\\\x1b_Gf=100;AAAA\x1b\\\x1b^x\x1b\\\x1bXx\x1b\\b", "ab"},
		{"through tmux", "a\x1bPtmux;\x1b\x1b]0;mine\x07\x1b\\b", "ab"},
		{"reset, charsets, mouse", "a\x1bc\x1b(0\x1b[?1000h\x1b[!pb", "ab"},
		{"bell, NUL, DEL, shift out", "a\a\x00\x7f\x0eb", "ab"},
		{"C1 as UTF-8", "a\u009b31mb", "a31mb"},
		{"turned around", "a\u202eb\u2066c\u200bd", "abcd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newGate()
			if got := string(g.pass(nil, []byte(tt.sent))); got != tt.want {
				t.Errorf("passed %q of %q, want %q", got, tt.sent, tt.want)
			}
		})
	}
}

// However a stream is cut into writes, the same passes.
func TestGateOfPieces(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "✓", "日", "\x1b[1m", "\x1b[?u", "\x1b]52;c;aGk=\a", "\x1bPq~\x1b\\", "\x1b[?25l", "\r\n"})
	rapid.Check(t, func(t *rapid.T) {
		stream := strings.Join(rapid.SliceOf(piece).Draw(t, "stream"), "")
		whole, cut := newGate(), newGate()
		want := string(whole.pass(nil, []byte(stream)))
		var got []byte
		for rest := stream; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			got = cut.pass(got, []byte(rest[:n]))
			rest = rest[n:]
		}
		if string(got) != want {
			t.Fatalf("%q in pieces passes %q, whole %q", stream, got, want)
		}
	})
}
