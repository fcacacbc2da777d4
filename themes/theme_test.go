package themes

import (
	"math"
	"strings"
	"testing"

	"github.com/lucasb-eyer/go-colorful"
)

func TestEveryPaletteCanBeRead(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			theme, err := Load(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := theme.Check(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNamesHoldTheFivePalettes(t *testing.T) {
	got := strings.Join(Names(), " ")
	if want := "dark colourblind light mono sixteen"; got != want {
		t.Errorf("Names() = %s, want %s", got, want)
	}
}

func TestMonoHasNoColour(t *testing.T) {
	mono, err := Load("mono")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Slots {
		if ink := mono.Ink(s); ink.Colour != "" || ink.Basic != -1 {
			t.Errorf("mono: %s has colour %q, basic %d", s, ink.Colour, ink.Basic)
		}
	}
}

// xterm are the 16 colours of xterm's own defaults, the oracle for palettes
// that leave the hue to the terminal.
var xterm = [16]string{"#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
	"#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"}

func TestBasicColoursCanBeRead(t *testing.T) {
	for _, name := range Names() {
		theme, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		ground := hex(t, "#000000")
		if !theme.Dark {
			ground = hex(t, "#ffffff")
		}
		for _, s := range Slots {
			basic := theme.Ink(s).Basic
			if basic < 0 {
				continue
			}
			got := contrast(hex(t, xterm[basic]), ground)
			if want := least(s); got < want {
				t.Errorf("%s: %s as colour %d has a contrast of %.1f, want %.1f", name, s, basic, got, want)
			}
		}
		for _, pair := range apart {
			a, b := theme.Ink(pair[0]), theme.Ink(pair[1])
			if name != "mono" && a.Basic == b.Basic {
				t.Errorf("%s: %s and %s share the basic colour %d", name, pair[0], pair[1], a.Basic)
			}
		}
	}
}

func TestContrast(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       float64 // WebAIM contrast checker
	}{
		{"black on white", "#000000", "#ffffff", 21},
		{"equal", "#336699", "#336699", 1},
		{"grey on white", "#777777", "#ffffff", 4.48},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := contrast(hex(t, tt.a), hex(t, tt.b)); math.Abs(got-tt.want) > 0.01 {
				t.Errorf("contrast = %.3f, want %.2f", got, tt.want)
			}
		})
	}
}

func TestCheckFindsAColourBlindTrap(t *testing.T) {
	theme, err := Load("dark")
	if err != nil {
		t.Fatal(err)
	}
	theme.Inks[Good] = Ink{Colour: "#8fbc5a", Basic: 2} // a green and a red of one
	theme.Inks[Bad] = Ink{Colour: "#d2a05a", Basic: 1}  // lightness to a deuteranope
	if err := theme.Check(); err == nil || !strings.Contains(err.Error(), "deuteranopia") {
		t.Errorf("Check() = %v, want a failure with deuteranopia", err)
	}
}

func TestParseRefuses(t *testing.T) {
	whole, err := palettes.ReadFile("palettes/dark.toml")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, from, to, want string }{
		{"missing slot", "[ink.goal]", "[ink.third2]", "not known"},
		{"unknown key", "dark = true", "dark = true\nbright = 1", "bright"},
		{"bad colour", "#82b1ff", "#82b1f", "#rrggbb"},
		{"bad basic", "basic = 14", "basic = 99", "-1"},
		{"not TOML", "title", "[[title", "theme"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("x", []byte(strings.Replace(string(whole), tt.from, tt.to, 1)))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse = %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestLoadUnknownNamesTheKnown(t *testing.T) {
	_, err := Load("neon")
	if err == nil || !strings.Contains(err.Error(), "colourblind") {
		t.Errorf("Load(neon) = %v, want an error that lists the palettes", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range Names() {
		data, _ := palettes.ReadFile("palettes/" + name + ".toml")
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		theme, err := Parse("fuzz", data)
		if err != nil {
			return
		}
		for _, s := range Slots {
			if _, ok := theme.Inks[s]; !ok {
				t.Errorf("accepted without slot %q", s)
			}
		}
	})
}

func hex(t *testing.T, s string) colorful.Color {
	t.Helper()
	c, err := parseHex(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
