// Package uitest holds what tests of screens share: sheets, keys and goldens.
package uitest

import (
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"andon/themes"
	"andon/ui/style"
)

// Truecolour is the default palette on a terminal that shows everything.
func Truecolour(t testing.TB) style.Sheet { return Sheet(t, themes.Default, 1<<24, true) }

// Basic is the palette of 16 colours.
func Basic(t testing.TB) style.Sheet { return Sheet(t, "sixteen", 16, true) }

// Mono is no colour and ASCII only.
func Mono(t testing.TB) style.Sheet { return Sheet(t, "mono", 0, false) }

// Sheet is a palette on a terminal.
func Sheet(t testing.TB, theme string, colours int, utf8 bool) style.Sheet {
	t.Helper()
	palette, err := themes.Load(theme)
	if err != nil {
		t.Fatal(err)
	}
	return style.New(palette, style.Terminal{Colours: colours, UTF8: utf8})
}

// Failer is the part of a test that Exact needs; testing.TB and rapid.T have it.
type Failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Inert asserts that a view does nothing to a terminal but show text in
// colours: printable runes, line breaks and SGR. Nothing else may come out of a
// log, or out of a screen.
func Inert(t Failer, view string) {
	t.Helper()
	if i := hostile.FindStringIndex(colours.ReplaceAllLiteralString(view, "")); i != nil {
		t.Fatalf("the view holds more than text and colours: %q", view)
	}
}

var (
	colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)
	hostile = regexp.MustCompile(`[^\P{C}\n]|[\x{2028}\x{2029}]`)
)

// Exact asserts that a view is inert and h lines of exactly w cells each.
func Exact(t Failer, view string, w, h int) {
	t.Helper()
	Inert(t, view)
	if w <= 0 || h <= 0 {
		if view != "" {
			t.Fatalf("an empty box holds %q", view)
		}
		return
	}
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Fatalf("view has %d lines, want %d:\n%s", len(lines), h, ansi.Strip(view))
	}
	for i, line := range lines {
		if got := style.Width(line); got != w {
			t.Fatalf("line %d has %d cells, want %d: %q", i+1, got, w, line)
		}
	}
}

// special are the keys that have names.
var special = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"delete": tea.KeyDelete, "space": tea.KeySpace,
}

// modifiers are the prefixes of a key.
var modifiers = map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "alt+": tea.ModAlt, "shift+": tea.ModShift}

// Keys are key presses as Bubble Tea sends them, from their names: "enter",
// "shift+tab", "ctrl+d", "G", "[". A name that is no key is taken as text and
// typed rune by rune.
func Keys(names ...string) []tea.KeyPressMsg {
	var keys []tea.KeyPressMsg
	for _, name := range names {
		keys = append(keys, press(name)...)
	}
	return keys
}

// press is one name's keys.
func press(name string) []tea.KeyPressMsg {
	var mod tea.KeyMod
	rest := name
	for prefix, m := range modifiers {
		if after, ok := strings.CutPrefix(rest, prefix); ok && after != "" {
			mod, rest = mod|m, after
		}
	}
	if code, ok := special[rest]; ok {
		k := tea.KeyPressMsg{Code: code, Mod: mod}
		if rest == "space" && mod == 0 {
			k.Text = " "
		}
		return []tea.KeyPressMsg{k}
	}
	if mod != 0 {
		return []tea.KeyPressMsg{{Code: []rune(rest)[0], Mod: mod}}
	}
	var keys []tea.KeyPressMsg
	for _, r := range name {
		keys = append(keys, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return keys
}
