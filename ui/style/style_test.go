package style_test

import (
	"image/color"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
	"andon/ui/uitest"
)

func TestGlyphsHaveASCIIStandInsOfTheSameWidth(t *testing.T) {
	rich, plain := uitest.Truecolour(t).Glyphs, uitest.Mono(t).Glyphs
	r, p := reflect.ValueOf(rich), reflect.ValueOf(plain)
	for i := range r.NumField() {
		name := r.Type().Field(i).Name
		if name == "Half" {
			continue // has none: pictures use a ramp instead
		}
		for j, glyph := range strings.Split(glyphs(r.Field(i)), "\n") {
			ascii := strings.Split(glyphs(p.Field(i)), "\n")[j]
			if style.Width(glyph) != 1 || len(ascii) != 1 || ascii[0] < ' ' || ascii[0] > '~' {
				t.Errorf("%s: %q and %q are not one cell each, the second in ASCII", name, glyph, ascii)
			}
			if display.Escape(glyph) != display.Text(glyph) {
				t.Errorf("%s: %q would not pass the gate", name, glyph)
			}
		}
	}
}

// glyphs are the glyphs of a field, one or eight, one a line.
func glyphs(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return v.String()
	}
	var all []string
	for i := range v.Len() {
		all = append(all, v.Index(i).String())
	}
	return strings.Join(all, "\n")
}

func TestPaintUsesWhatTheTerminalHas(t *testing.T) {
	tests := []struct {
		name    string
		theme   string
		colours int
		want    string // around "x" painted as bad
	}{
		{"truecolour", "dark", 1 << 24, "\x1b[1;38;2;255;138;128mx\x1b[m"},
		{"256", "dark", 256, "\x1b[1;38;5;210mx\x1b[m"},
		{"16", "dark", 16, "\x1b[1;91mx\x1b[m"},
		{"none", "dark", 0, "\x1b[1mx\x1b[m"},
		{"a palette of 16 on a better terminal", "sixteen", 1 << 24, "\x1b[1;91mx\x1b[m"},
		{"mono on a better terminal", "mono", 1 << 24, "\x1b[1mx\x1b[m"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := uitest.Sheet(t, tt.theme, tt.colours, true)
			if got := s.Paint(themes.Bad, "x"); got != tt.want {
				t.Errorf("Paint = %q, want %q", got, tt.want)
			}
			if got := s.Style(themes.Bad).Render("x"); got != tt.want {
				t.Errorf("Style.Render = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPaintLeavesNothingAndUnknownSlotsAlone(t *testing.T) {
	s := uitest.Truecolour(t)
	if got := s.Paint(themes.Bad, ""); got != "" {
		t.Errorf("Paint of nothing = %q", got)
	}
	if got, want := s.Paint("neon", "x"), s.Paint(themes.Text, "x"); got != want {
		t.Errorf("Paint of an unknown slot = %q, want the text's %q", got, want)
	}
}

func TestStatesAreALetterAndAWord(t *testing.T) {
	tests := []struct {
		state       style.State
		rich, plain string
	}{
		{style.OK, "✓ ok", "+ ok"}, {style.Look, "! look", "! look"},
		{style.Bad, "✗ bad", "x bad"}, {style.NoData, "· no data", ". no data"},
	}
	for _, tt := range tests {
		if got := style.Plain(uitest.Truecolour(t).State(tt.state)); got != tt.rich {
			t.Errorf("State = %q, want %q", got, tt.rich)
		}
		if got := style.Plain(uitest.Mono(t).State(tt.state)); got != tt.plain {
			t.Errorf("State without UTF-8 = %q, want %q", got, tt.plain)
		}
	}
}

func TestFit(t *testing.T) {
	s := uitest.Truecolour(t)
	bad := s.Paint(themes.Bad, "gloves")
	before, after, _ := strings.Cut(bad, "gloves")
	tests := []struct {
		name, line string
		width      int
		want       string
	}{
		{"fills", "ab", 4, "ab  "},
		{"cuts", "gloves", 4, "glo…"},
		{"keeps", "gloves", 6, "gloves"},
		{"wide", "日本語", 4, "日… "},
		{"looks end where text is cut", bad, 4, before + "glo…" + after},
		{"looks after the cut stay", "gloves" + bad, 4, "glo…" + before + after},
		{"nothing", "x", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := s.Fit(tt.line, tt.width); got != tt.want {
				t.Errorf("Fit = %q, want %q", got, tt.want)
			}
		})
	}
}

// view is painted text of several lines.
func view(s style.Sheet) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 6).Draw(t, "parts") {
			slot := rapid.SampledFrom(themes.Slots).Draw(t, "slot")
			b.WriteString(s.Paint(slot, string(display.Escape(rapid.String().Draw(t, "text")))))
			b.WriteString(rapid.SampledFrom([]string{"", "\n"}).Draw(t, "end"))
		}
		return b.String()
	})
}

func TestBoxesAreExact(t *testing.T) {
	for _, s := range []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)} {
		rapid.Check(t, func(r *rapid.T) {
			w, h := rapid.IntRange(-1, 40).Draw(r, "w"), rapid.IntRange(-1, 9).Draw(r, "h")
			text := view(s).Draw(r, "view")
			title := string(display.Escape(rapid.String().Draw(r, "title")))
			uitest.Exact(r, s.Fill(text, w, h), w, h)
			uitest.Exact(r, s.Middle(text, w, h), w, h)
			uitest.Exact(r, s.Box(title, text, w, h), w, h)
		})
	}
}

func TestJoin(t *testing.T) {
	left, right := "a\nb", "1\n2"
	if got := style.Beside(left, "", right); got != "a1\nb2" {
		t.Errorf("Beside = %q", got)
	}
	if got := style.Stack(left, "", right); got != "a\nb\n1\n2" {
		t.Errorf("Stack = %q", got)
	}
}

func TestBoxGolden(t *testing.T) {
	content := "onset  06:28\ncause  floor"
	uitest.Golden(t, "box-24x5", uitest.Truecolour(t).Box("Verdict", content, 24, 5), 24, 5)
	uitest.Golden(t, "box-24x5-ascii", uitest.Mono(t).Box("Verdict", content, 24, 5), 24, 5)
}

func TestHalfBlocksSendAColourOnce(t *testing.T) {
	grey, black := color.RGBA{128, 128, 128, 255}, color.RGBA{0, 0, 0, 255}
	cells := []style.Pixels{{Upper: grey, Lower: black}, {Upper: grey, Lower: black}, {Upper: grey, Lower: grey}}
	got := uitest.Truecolour(t).HalfBlocks(cells)
	want := "\x1b[38;2;128;128;128;48;2;0;0;0m▀▀\x1b[48;2;128;128;128m▀\x1b[m"
	if got != want {
		t.Errorf("HalfBlocks = %q, want %q", got, want)
	}
}

func BenchmarkFit(b *testing.B) {
	s := uitest.Truecolour(b)
	line := strings.Repeat(s.Paint(themes.Bad, "gloves ")+"日本 ", 12)
	for b.Loop() {
		s.Fit(line, 78)
	}
}
