package prompt_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"andon/ui/display"
	"andon/ui/prompt"
	"andon/ui/style"
	"andon/ui/uitest"
)

// typed is a line after keys.
func typed(l prompt.Line, keys ...string) prompt.Line {
	for _, k := range uitest.Keys(keys...) {
		l = l.Update(k)
	}
	return l
}

func TestLineEdits(t *testing.T) {
	tests := []struct {
		name  string
		keys  []string
		value string
		pos   int
	}{
		{"types", []string{"line=L2"}, "line=L2", 7},
		{"takes back", []string{"line=L3", "backspace", "2"}, "line=L2", 7},
		{"inserts", []string{"ine", "home", "l"}, "line", 1},
		{"deletes a word", []string{"line L2", "ctrl+w"}, "line ", 5},
		{"deletes forward", []string{"xa", "home", "delete"}, "a", 0},
		{"space", []string{"a", "space", "b"}, "a b", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := typed(prompt.NewLine("filter", ""), tt.keys...)
			if l.Value() != tt.value || l.Position() != tt.pos {
				t.Errorf("%q at %d, want %q at %d", l.Value(), l.Position(), tt.value, tt.pos)
			}
		})
	}
}

func TestALineIsAValue(t *testing.T) {
	first := typed(prompt.NewLine("", ""), "abc", "left")
	second := typed(first, "x")
	third := typed(first, "y", "backspace", "backspace")
	if first.Value() != "abc" || second.Value() != "abxc" || third.Value() != "ac" {
		t.Errorf("%q, %q, %q: want abc, abxc, ac", first.Value(), second.Value(), third.Value())
	}
}

func TestNoteEdits(t *testing.T) {
	tests := []struct {
		name, start string
		keys        []string
		value       string
	}{
		{"new line", "", []string{"one", "enter", "two"}, "one\ntwo"},
		{"splits", "onetwo", []string{"left", "left", "left", "enter"}, "one\ntwo"},
		{"joins", "one\ntwo", []string{"home", "backspace", "-"}, "one-two"},
		{"takes back within a line", "one\ntwo", []string{"backspace"}, "one\ntw"},
		{"goes up", "one\ntwo", []string{"up", "!"}, "one!\ntwo"},
		{"stays within", "one", []string{"up", "down", "down", "!"}, "one!"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := prompt.NewNote("note").With(tt.start)
			for _, k := range uitest.Keys(tt.keys...) {
				n = n.Update(k)
			}
			if n.Value() != tt.value {
				t.Errorf("%q, want %q", n.Value(), tt.value)
			}
		})
	}
}

func TestANoteIsAValue(t *testing.T) {
	first := prompt.NewNote("").With("one")
	second := first.Update(tea.PasteMsg{Content: " more\r\nlines\n"})
	if first.Value() != "one" || second.Value() != "one more\nlines\n" {
		t.Errorf("%q, %q: want one and the paste after it", first.Value(), second.Value())
	}
}

func TestPromptGolden(t *testing.T) {
	long := typed(prompt.NewLine("filter", ""), "line=L2 glove_vendor!=acme confidence<0.5 label~scratch")
	hostile := prompt.NewLine("filter", "").With("a\u202eb\u200bc")
	note := prompt.NewNote("note on line=L2").With("Gloves are black\nsince 06:28.\nAsk the buyer.\nHold the lot.")
	tests := []struct {
		name string
		w, h int
		draw func(style.Sheet, int, int) string
	}{
		{"hint-40", 40, 1, func(s style.Sheet, w, _ int) string {
			return prompt.NewLine("filter", "line=L2 confidence<0.5").View(w, s)
		}},
		{"long-40", 40, 1, func(s style.Sheet, w, _ int) string { return long.View(w, s) }},
		{"middle-40", 40, 1, func(s style.Sheet, w, _ int) string { return typed(long, "home", "right").View(w, s) }},
		{"hostile-40", 40, 1, func(s style.Sheet, w, _ int) string { return hostile.View(w, s) }},
		{"note-30x6", 30, 6, func(s style.Sheet, w, h int) string { return note.View(w, h, s) }},
		{"note-30x3", 30, 3, func(s style.Sheet, w, h int) string { return note.View(w, h, s) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			uitest.GoldenStyled(t, tt.name, tt.draw(uitest.Mono(t), tt.w, tt.h), tt.w, tt.h)
		})
	}
}

// FuzzLine pastes anything: the view keeps its width and lets nothing through.
func FuzzLine(f *testing.F) {
	f.Add("\x1b[2J\x1b]52;c;YQ==\a", 5, 20)
	f.Add("हिन्दी 日本 \u202e", 2, 7)
	f.Fuzz(func(t *testing.T, pasted string, back, w int) {
		l := prompt.NewLine("filter", "hint").Update(tea.PasteMsg{Content: pasted})
		for range min(max(back, 0), 50) {
			l = typed(l, "left")
		}
		w = min(max(w, 1), 200)
		view := l.View(w, uitest.Mono(t))
		uitest.Exact(t, view, w, 1)
		plain := style.Plain(view)
		if string(display.Escape(plain)) != plain {
			t.Fatalf("View lets %q through", plain)
		}
		n := prompt.NewNote("note").Update(tea.PasteMsg{Content: pasted})
		uitest.Exact(t, n.View(w, 4, uitest.Mono(t)), w, 4)
	})
}

func TestTheCursorAlwaysShows(t *testing.T) {
	mono := uitest.Mono(t)
	rapid.Check(t, func(r *rapid.T) {
		l := prompt.NewLine("f", "").With(rapid.StringMatching(`[a-z日é]{0,40}`).Draw(r, "value"))
		for range rapid.IntRange(0, 40).Draw(r, "left") {
			l = typed(l, "left")
		}
		w := rapid.IntRange(4, 60).Draw(r, "w")
		if view := l.View(w, mono); !strings.Contains(view, "\x1b[7m") {
			r.Fatalf("no cursor in %q", view)
		}
	})
}
