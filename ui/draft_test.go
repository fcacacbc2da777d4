package ui

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/uitest"
)

// Every key of a note reaches the disk, and a note that was saved or dropped
// leaves no draft.
func TestDraftIsKept(t *testing.T) {
	for _, tt := range []struct {
		name string
		keys []string
		want []string
	}{
		{"typed", []string{"n", "abc"}, []string{"a", "ab", "abc"}},
		{"moved in", []string{"n", "ab", "left"}, []string{"a", "ab"}},
		{"dropped", []string{"n", "a", "esc"}, []string{"a", ""}},
		{"saved", []string{"n", "a", "enter"}, []string{"a", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var kept []string
			last := 0
			p := play(t, uitest.Truecolour(t), 80, 24)
			p.model.config.Keep = func(number int, d Draft) error {
				if number <= last {
					t.Errorf("draft %d after %d", number, last)
				}
				last, kept = number, append(kept, d.Text)
				return nil
			}
			p.press(tt.keys...)
			if !slices.Equal(kept, tt.want) {
				t.Errorf("kept %q, want %q", kept, tt.want)
			}
		})
	}
}

// What was typed last is kept once more at the end, whatever became of the keys
// before; nothing where nothing was typed, or it was dropped.
func TestDraftIsKeptLast(t *testing.T) {
	for _, tt := range []struct {
		name string
		keys []string
		want []string
	}{
		{"nothing typed", nil, nil},
		{"typed", []string{"n", "abc"}, []string{"abc"}},
		{"dropped", []string{"n", "a", "esc"}, []string{""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := play(t, uitest.Truecolour(t), 80, 24)
			p.model.config.Keep = func(int, Draft) error { return nil }
			p.press(tt.keys...)
			var kept []string
			p.model.config.Keep = func(_ int, d Draft) error {
				kept = append(kept, d.Text)
				return nil
			}
			if err := p.model.KeepLast(); err != nil || !slices.Equal(kept, tt.want) {
				t.Errorf("kept %q (%v), want %q", kept, err, tt.want)
			}
		})
	}
}

// What an earlier console left is told of, and the note key goes on with it
// once, pinned to what it was about.
func TestDraftIsTakenUp(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	left := Draft{Text: "gloves look bla", Pin: analysis.Pin{Saw: "line=L2 fell"}}
	p.model = New(Config{Screens: p.model.screens, Reader: p.plant, Saver: p.plant, Sheet: p.model.config.Sheet, Draft: left})
	p.run(p.model.Init())
	p.model.size = size{80, 24}
	p.sees("a note was not finished")
	p.press("n").sees("gloves look bla", "pinned to: line=L2 fell")
	p.press("ck", "enter").sees("note saved")
	if got := p.plant.notes; len(got) != 1 || got[0].Text != "gloves look black" || got[0].Pin != left.Pin {
		t.Errorf("saved %+v, want the whole note with its first pin", got)
	}
	p.press("n")
	if n := p.model.over.(noting); n.line.Value() != "" {
		t.Errorf("the next note begins with %q", n.line.Value())
	}
}

// What is typed before the terminal's size has come is done after it, in order.
func TestTypedAhead(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.model.size = size{}
	p.press("n", "gloves")
	if p.model.over != nil {
		t.Error("a note is open on no screen")
	}
	m, cmd := p.model.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	p.model = m.(Model)
	p.run(cmd)
	p.press(" look")
	if n, ok := p.model.over.(noting); !ok || n.line.Value() != "gloves look" {
		t.Errorf("over the screen is %#v", p.model.over)
	}
}
