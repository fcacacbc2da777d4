// Package themes holds palettes as data.
//
//	palettes/dark.toml ──Load──▶ Theme ──ui/style──▶ what the terminal gets
//	                               │
//	                             Check: contrast, colour-blind readers
//
// A palette names meanings, never hues: what a "before" or a "bad" looks like
// is decided here and nowhere else. Every meaning has three renderings, so one
// palette serves every terminal: an exact colour, one of the 16 colours of the
// terminal's own palette, and attributes that carry it with no colour at all.
package themes

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Slot is a meaning that has a look, for example "bad".
type Slot string

const (
	Text     Slot = "text"     // what is read
	Muted    Slot = "muted"    // what may be overlooked
	Title    Slot = "title"    // names of screens, panes and columns
	Accent   Slot = "accent"   // keys, and what has the focus
	Border   Slot = "border"   // lines between panes
	Selected Slot = "selected" // the row or cell under the cursor
	Good     Slot = "good"
	Look     Slot = "look" // worth a look
	Bad      Slot = "bad"
	Before   Slot = "before" // the reference window
	After    Slot = "after"  // the analysis window
	Mark     Slot = "mark"   // a change point
	Event    Slot = "event"  // a change event
	Goal     Slot = "goal"   // the objective
	Second   Slot = "second" // a second series beside the first
	Third    Slot = "third"
)

// Slots are all meanings a palette must render.
var Slots = []Slot{Text, Muted, Title, Accent, Border, Selected, Good, Look, Bad,
	Before, After, Mark, Event, Goal, Second, Third}

// Ink is how one meaning looks. Colour is "#rrggbb" or "" for the terminal's
// own foreground; Basic is an index into the terminal's 16 colours, or -1 for
// its own foreground.
type Ink struct {
	Colour    string `toml:"colour"`
	Basic     int    `toml:"basic"`
	Bold      bool   `toml:"bold"`
	Faint     bool   `toml:"faint"`
	Underline bool   `toml:"underline"`
	Reverse   bool   `toml:"reverse"`
}

// Theme is a palette. Grounds are the terminal backgrounds it was made for:
// Andon never paints a background, so the contrast must hold on each of them.
type Theme struct {
	Name    string       `toml:"-"`
	Title   string       `toml:"title"`
	Dark    bool         `toml:"dark"`
	Grounds []string     `toml:"grounds"`
	Inks    map[Slot]Ink `toml:"ink"`
}

// Ink is the look of a slot; an unknown slot looks like Text.
func (t Theme) Ink(s Slot) Ink {
	if ink, ok := t.Inks[s]; ok {
		return ink
	}
	return t.Inks[Text]
}

//go:embed palettes/*.toml
var palettes embed.FS

// Names are the built-in palettes, the default first.
func Names() []string {
	files, _ := fs.Glob(palettes, "palettes/*.toml")
	names := []string{Default}
	for _, f := range files {
		if n := strings.TrimSuffix(path.Base(f), ".toml"); n != Default {
			names = append(names, n)
		}
	}
	return names
}

// Default is the palette used when none is asked for.
const Default = "dark"

// Load returns a built-in palette by name; "" is the default. A name that is
// not known is an error that lists the known ones.
func Load(name string) (Theme, error) {
	if name == "" {
		name = Default
	}
	if !slices.Contains(Names(), name) {
		return Theme{}, fmt.Errorf("theme %q: not known; choose one of %s", name, strings.Join(Names(), ", "))
	}
	data, err := palettes.ReadFile("palettes/" + name + ".toml")
	if err != nil {
		return Theme{}, fmt.Errorf("theme %q: %w", name, err)
	}
	return Parse(name, data)
}

// Parse reads a palette and refuses one that leaves a slot out, has a key
// nobody knows, or a colour that is none. It does not judge legibility; see
// [Theme.Check].
func Parse(name string, data []byte) (Theme, error) {
	t := Theme{Name: name}
	meta, err := toml.Decode(string(data), &t)
	if err != nil {
		return Theme{}, fmt.Errorf("theme %q: %w", name, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Theme{}, fmt.Errorf("theme %q: key %q is not known", name, unknown[0])
	}
	for s := range t.Inks {
		if !slices.Contains(Slots, s) {
			return Theme{}, fmt.Errorf("theme %q: slot %q is not known", name, s)
		}
	}
	for _, g := range t.Grounds {
		if _, err := parseHex(g); err != nil {
			return Theme{}, fmt.Errorf("theme %q: ground %w", name, err)
		}
	}
	for _, s := range Slots {
		ink, ok := t.Inks[s]
		if !ok {
			return Theme{}, fmt.Errorf("theme %q: slot %q is missing", name, s)
		}
		if err := ink.valid(); err != nil {
			return Theme{}, fmt.Errorf("theme %q: slot %q: %w", name, s, err)
		}
	}
	return t, nil
}

// valid reports a colour that is none.
func (i Ink) valid() error {
	if i.Basic < -1 || i.Basic > 15 {
		return fmt.Errorf("basic = %d: not -1 (the terminal's own) to 15", i.Basic)
	}
	if i.Colour == "" {
		return nil
	}
	_, err := parseHex(i.Colour)
	return err
}
