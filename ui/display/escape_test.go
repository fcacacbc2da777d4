package display_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"andon/ui/display"
)

func TestEscape(t *testing.T) {
	tests := []struct {
		name, raw string
		want      display.Text
	}{
		{"plain", "line=L2 ok", "line=L2 ok"},
		{"empty", "", ""},
		{"CSI", "\x1b[31mred\x1b[0m", "^[[31mred^[[0m"},
		{"OSC 52 writes the clipboard", "\x1b]52;c;YWJj\x07", "^[]52;c;YWJj^G"},
		{"unterminated OSC", "a\x1b]0;title", "a^[]0;title"},
		{"DCS, APC, SOS, PM", "\x1bPq\x1b\\\x1b_G\x1bX\x1b^", "^[Pq^[\\^[_G^[X^[^"},
		{"carriage return hides nothing", "ERROR real\rOK fake", "ERROR real^MOK fake"},
		{"controls", "\x00\a\b\v\f\x0e\x0f\x7f", "^@^G^H^K^L^N^O^?"},
		{"newline", "one\ntwo", "one^Jtwo"},
		{"C1 as UTF-8", "a\u009b31m\u0085", `a\u009b31m\u0085`},
		{"C1 as a byte", "a\x9b31m", `a\x9b31m`},
		{"bidi", "abc\u202egpj.exe", "abc<U+202E>gpj.exe"},
		{"isolates and marks", "\u2066x\u2069\u200e\u061c", "<U+2066>x<U+2069><U+200E><U+061C>"},
		{"zero width and separators", "a\u200bb\ufeffc\u2028d\u2029", "a<U+200B>b<U+FEFF>c<U+2028>d<U+2029>"},
		{"tags", "x\U000e0041", "x<U+E0041>"},
		{"joined emoji", "👩\u200d🚀", "👩<U+200D>🚀"},
		{"variation selector", "⚠\ufe0f", "⚠<U+FE0F>"},
		{"blank letters", "a\u3164b\u115f", "a<U+3164>b<U+115F>"},
		{"no-break space", "a\u00a0b", "a<U+00A0>b"},
		{"invalid UTF-8", "a\xffb\xc3", `a\xffb\xc3`},
		{"surrogate", "\xed\xa0\x80", `\xed\xa0\x80`},
		{"Latin-1", "\xe4\xf6", `\xe4\xf6`},
		{"tab", "ab\tc\t\td", "ab      c               d"},
		{"tab after wide", "日\tx", "日      x"},
		{"accents", "e\u0301 é", "e\u0301 é"},
		{"four marks", "e\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301<U+0301>"},
		{"mark without a letter", "\u0301a", "<U+0301>a"},
		{"other scripts", "日本 हिन्दी ไทย한국", "日本 हिन्दी ไทย한국"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := display.Escape(tt.raw); got != tt.want {
				t.Errorf("Escape(%q) = %q, want %q", tt.raw, got, tt.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	got := display.Lines("one\r\ntwo\x1b\n\nfour\r")
	want := []display.Text{"one", "two^[", "", "four^M"}
	if len(got) != len(want) {
		t.Fatalf("Lines = %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d is %q, want %q", i, got[i], want[i])
		}
	}
}

// FuzzEscape holds the gate to its promise: only printable runes and spaces
// come out, as wide for the terminal as Width says, and nothing changes when
// it goes through again.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "\x1b[2J", "\x9b", "e\u0301\u0301", "日\t本", "👩\u200d🚀", "\u202e", "हिन्दी", "ﷺ", "\u0e33"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		text := display.Escape(raw)
		width := 0
		for _, r := range string(text) {
			if r == utf8.RuneError && !strings.ContainsRune(raw, utf8.RuneError) || r != ' ' && !unicode.IsPrint(r) {
				t.Fatalf("Escape(%q) = %q holds %U", raw, text, r)
			}
			width += ansi.StringWidthWc(string(r))
		}
		if got := display.Width(text); got != width {
			t.Fatalf("Width(%q) = %d, its runes have %d", text, got, width)
		}
		if clusters := ansi.StringWidth(string(text)); clusters > width {
			t.Fatalf("%q has %d cells by clusters, more than %d by runes", text, clusters, width)
		}
		if again := display.Escape(string(text)); again != text {
			t.Fatalf("Escape(%q) = %q, not the same again", text, again)
		}
		checkCut(t, text)
	})
}

// checkCut holds Cut, Pad and Wrap to their widths and to losing nothing.
func checkCut(t *testing.T, text display.Text) {
	for _, w := range []int{0, 1, 2, 7, 40} {
		if got := display.Width(display.Cut(text, w)); got > w {
			t.Fatalf("Cut(%q, %d) has %d cells", text, w, got)
		}
		if got := display.Width(display.Pad(text, w)); got != w {
			t.Fatalf("Pad(%q, %d) has %d cells", text, w, got)
		}
		kept := ""
		for _, line := range display.Wrap(text, w) {
			if display.Width(line) > w {
				t.Fatalf("Wrap(%q, %d) has a line of %d cells", text, w, display.Width(line))
			}
			kept += string(line)
		}
		if w >= 2 && strings.ReplaceAll(kept, " ", "") != strings.ReplaceAll(string(text), " ", "") {
			t.Fatalf("Wrap(%q, %d) lost something: %q", text, w, kept)
		}
	}
}

func BenchmarkEscape(b *testing.B) {
	line := strings.Repeat("station 7 \x1b[31mERROR\x1b[0m\t日本 ", 20)
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		display.Escape(line)
	}
}
