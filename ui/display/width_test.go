package display_test

import (
	"slices"
	"testing"

	"andon/ui/display"
)

func TestCut(t *testing.T) {
	tests := []struct {
		text  display.Text
		width int
		want  display.Text
	}{
		{"gloves", 6, "gloves"}, {"gloves", 5, "glov…"}, {"gloves", 1, "…"}, {"gloves", 0, ""},
		{"日本語", 5, "日本…"}, {"日本語", 4, "日…"}, {"日本語", 6, "日本語"}, {"", 3, ""},
	}
	for _, tt := range tests {
		if got := display.Cut(tt.text, tt.width); got != tt.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		text  display.Text
		width int
		want  []display.Text
	}{
		{"the gloves turned black", 11, []display.Text{"the gloves", "turned", "black"}},
		{"the gloves turned black", 80, []display.Text{"the gloves turned black"}},
		{"abcdefgh ij", 4, []display.Text{"abcd", "efgh", "ij"}},
		{"日本語", 5, []display.Text{"日本", "語"}},
		{"日", 1, []display.Text{"…"}},
		{"", 5, []display.Text{""}},
		{"x", 0, nil},
	}
	for _, tt := range tests {
		if got := display.Wrap(tt.text, tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestASCII(t *testing.T) {
	view := "\x1b[1m│日本…\x1b[m é"
	if got, want := display.ASCII(view), "\x1b[1m?????~\x1b[m ?"; got != want {
		t.Errorf("ASCII(%q) = %q, want %q", view, got, want)
	}
}
