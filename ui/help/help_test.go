package help_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"andon/ui/help"
	"andon/ui/style"
	"andon/ui/uitest"
)

// groups are keys as a screen and the root list them.
func groups() []help.Group {
	return []help.Group{
		{Title: "Slices", Bindings: []help.Binding{
			{Keys: []string{"enter"}, Does: "drill in"},
			{Keys: []string{"t"}, Does: "timeline of slice"},
			{Keys: []string{"d"}, Does: "diff of slice", Unless: func() string { return "no windows yet" }},
			{Keys: []string{"|", "`"}, Label: "|", Does: "split panes", Unless: func() string { return "" }},
		}},
		{Title: "Everywhere", Bindings: []help.Binding{
			{Keys: []string{"1", "2", "3"}, Label: "1-9", Does: "screens"},
			{Keys: []string{"?"}, Does: "help"}, {Keys: []string{"q", "ctrl+c"}, Does: "quit"},
		}},
	}
}

func TestHelpGolden(t *testing.T) {
	all := append(groups()[0].Bindings, groups()[1].Bindings...)
	tests := []struct {
		name string
		w, h int
		draw func(style.Sheet, int, int) string
	}{
		{"bar-80", 80, 1, func(s style.Sheet, w, _ int) string { return help.Bar(all, w, s) }},
		{"bar-30", 30, 1, func(s style.Sheet, w, _ int) string { return help.Bar(all, w, s) }},
		{"overlay-80x12", 80, 12, func(s style.Sheet, w, h int) string { return help.Overlay(groups(), w, h, s) }},
		{"overlay-50x8", 50, 8, func(s style.Sheet, w, h int) string { return help.Overlay(groups(), w, h, s) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			uitest.Golden(t, tt.name, tt.draw(uitest.Truecolour(t), tt.w, tt.h), tt.w, tt.h)
			uitest.Golden(t, tt.name+"-ascii", tt.draw(uitest.Mono(t), tt.w, tt.h), tt.w, tt.h)
		})
	}
}

func TestMarkdown(t *testing.T) {
	got := help.Markdown(groups()[:1])
	want := "| where | key | does |\n|---|---|---|\n" +
		"| Slices | `enter` | drill in |\n" +
		"| Slices | `t` | timeline of slice |\n" +
		"| Slices | `d` | diff of slice |\n" +
		"| Slices | `\\|`, `` ` `` | split panes |\n"
	if got != want {
		t.Errorf("Markdown =\n%swant\n%s", got, want)
	}
}

func TestOverlaySaysWhyAKeyDoesNothing(t *testing.T) {
	view := style.Plain(help.Overlay(groups(), 80, 12, uitest.Mono(t)))
	if !strings.Contains(view, "diff of slice (no windows yet)") {
		t.Errorf("no reason in\n%s", view)
	}
}

func TestIs(t *testing.T) {
	quit := groups()[1].Bindings[2]
	if !quit.Is("ctrl+c") || quit.Is("x") {
		t.Error("Is: ctrl+c quits and x does not")
	}
}

func TestHelpFillsAnyBox(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(-1, 130).Draw(r, "w"), rapid.IntRange(-1, 20).Draw(r, "h")
		s, n := sheets[rapid.IntRange(0, 1).Draw(r, "sheet")], rapid.IntRange(0, 2).Draw(r, "groups")
		uitest.Exact(r, help.Overlay(groups()[:n], w, h, s), w, h)
		uitest.Exact(r, help.Bar(groups()[0].Bindings, w, s), w, 1)
	})
}

// What must be kept has a place before all others, a pair takes one, and what
// does nothing just now comes last.
func TestBarKeepsWhatMatters(t *testing.T) {
	list := []help.Binding{
		{Keys: []string{"enter"}, Does: "read whole", Unless: func() string { return "nothing written" }},
		{Keys: []string{"left"}, Does: "bucket before", Pair: "walk"}, {Keys: []string{"right"}, Does: "next bucket"},
		{Keys: []string{"w"}, Does: "propose"}, {Keys: []string{"q"}, Does: "quit", Keep: true},
	}
	for w, want := range map[int]string{
		6: "q quit", 14: "q quit", 24: "left/right walk  q quit", 35: "left/right walk  w propose  q quit",
		60: "enter read whole  left/right walk  w propose  q quit",
	} {
		if got := strings.TrimRight(style.Plain(help.Bar(list, w, uitest.Mono(t))), " "); got != want {
			t.Errorf("in %d cells %q, want %q", w, got, want)
		}
	}
}
