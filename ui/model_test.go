package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"andon/analysis"
	"andon/ui/data"
	"andon/ui/frames"
	"andon/ui/models"
	"andon/ui/notes"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/triage"
	"andon/ui/uitest"
)

func TestGoldens(t *testing.T) {
	for name, keys := range map[string][]string{
		"house": {"1"}, "timeline": {"2"}, "diff": {"3"}, "slices": {"4"},
		"help": {"4", "?"}, "palette": {":", "re"}, "note": {"4", "n", "gloves look black"},
		"filter": {"2", "/", "line=L2 shift~", "enter"}, "drilled": {"4", "enter"},
	} {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
			w, h := size[0], size[1]
			t.Run(fmt.Sprintf("%s/%dx%d", name, w, h), func(t *testing.T) {
				p := play(t, uitest.Truecolour(t), w, h).press(keys...)
				uitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, w, h), p.model.View().Content, w, h)
				p = play(t, uitest.Mono(t), w, h).press(keys...)
				uitest.Golden(t, fmt.Sprintf("%s-%dx%d-ascii", name, w, h), p.model.View().Content, w, h)
			})
		}
	}
}

// Number keys follow screen.IDs, not the order the screens were given in.
func TestNumberKeys(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.sees("[1 House]")
	p.press("2").sees("[2 Timeline]", "known, 3 h")
	p.press("3").sees("[3 Diff]", "3 of 4 columns moved")
	p.press("4").sees("[4 Slices]", "carries")
	p.press("5").sees("[4 Slices]") // no frames in this console
}

// The way back stands in the bar once, under the name that the screen gives it.
func TestWayBackStandsOnce(t *testing.T) {
	p := play(t, uitest.Mono(t), 80, 24)
	p.press("3").sees("esc back")
	p.press("/", "v", "e", "n", "enter").sees("esc all columns")
	if view := p.text(); strings.Contains(view, "esc back") {
		t.Errorf("esc stands twice in the bar:\n%s", view)
	}
}

// A slice is drilled into, its filter stands above every screen, and esc goes
// back step by step.
func TestDrillAndBack(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.press("4", "enter").sees("[2 Timeline]", "all rows > line=L2")
	p.press("3").sees("[3 Diff]", "all rows > line=L2")
	if got := p.plant.asked; !slices.Contains(got, "line=L2") {
		t.Errorf("the filter was never asked for: %q", got)
	}
	p.press("esc").sees("[2 Timeline]", "line=L2")
	p.press("esc").sees("[4 Slices]")
	if strings.Contains(p.text(), "all rows >") {
		t.Errorf("the filter outlived the way back:\n%s", p.text())
	}
	p.press("esc").sees("[1 House]")
	p.press("esc").sees("at the start")
}

func TestFilterPrompt(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24).press("2", "/")
	p.press("line=L2 shift=night 1", "enter").sees("one of = != < <= > >= ~ must follow")
	p.press("backspace", "backspace", "enter").sees("all rows > line=L2 > shift=night")
	p.press("backspace").sees("all rows > line=L2 ")
	p.press("x").sees("all rows ")
	if p.press("x").sees("no filter"); p.model.here.where != nil {
		t.Errorf("filter %q after clearing", p.model.here.where)
	}
}

// X stops what loads, and does nothing else.
func TestStop(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.press("X").sees("nothing is loading")
	stopped := 0
	p.model.config.Stop = func() { stopped++ }
	p.press("X").sees("nothing is loading")
	p.send(Progress{screen.Loading{Active: true, Source: "inference.jsonl.gz"}})
	p.press("X").sees("stopping ...")
	p.send(Progress{})
	p.send(Followed{Files: 1})
	p.press("X").sees("stopping ...")
	if stopped != 2 {
		t.Errorf("stopped %d times, want twice", stopped)
	}
}

// A filter that cannot be asked leaves the one before, and says why.
func TestRefusedFilter(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24).press("2")
	p.plant.err = errors.New("filter lin=L2: no column lin")
	p.press("/", "lin=L2", "enter").sees("no column lin")
	if len(p.model.here.where) > 0 || len(p.model.state.Where) > 0 || p.model.state.Stale {
		t.Errorf("the refused filter %q stands", p.model.here.where)
	}
}

func TestNote(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.press("4", "n").sees("pinned to: line=L2 went from 93.0 % to 5.0 %")
	p.press("3 black gloves? q", "enter").sees("note saved")
	if len(p.plant.notes) != 1 {
		t.Fatalf("%d notes saved, want one", len(p.plant.notes))
	}
	note := p.plant.notes[0]
	if note.Text != "3 black gloves? q" || note.Pin.Screen != "slices" || note.Pin.Windows != screentest.Windows {
		t.Errorf("saved %+v, want the text pinned to the slice", note)
	}
	p.press("1").sees("notes 4 written")
}

// A note that cannot be saved comes back as it was typed.
func TestNoteRefused(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.plant.refuse = errors.New("note: disk full")
	p.press("n", "do not lose me", "enter").sees("disk full", "do not lose me")
	p.plant.refuse = nil
	p.press("enter").sees("note saved")
}

func TestPaste(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.send(tea.PasteMsg{Content: "q4"})
	if p.quit || p.model.here.screen != screen.House {
		t.Error("pasted text ran as commands")
	}
	p.press("n")
	p.send(tea.PasteMsg{Content: "from the log"})
	p.sees("from the log")
}

func TestCopyAndReport(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.press("4", "y").sees("copied to clip.txt")
	if !strings.Contains(p.plant.copied, "line=L2 went from") {
		t.Errorf("copied %q", p.plant.copied)
	}
	p.press("R").sees("report written to gloves.html")
}

func TestPalette(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.press(":", "sli").sees("go to slices")
	p.press("enter").sees("[4 Slices]")
	p.press(":", "no such command", "enter").sees("no command has these words")
}

// The help lists every key of every screen and the global ones.
func TestHelpListsAllKeys(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 250, 80)
	p.press("?")
	p.sees("the screens above")
	for _, g := range KeyGroups(p.model) {
		p.sees(g.Title)
		for _, b := range g.Bindings {
			if !strings.HasPrefix(b.Does, goTo) {
				p.sees(b.Does)
			}
			if b.Does == "" || len(strings.Fields(b.Does)) > 3 {
				t.Errorf("%s: %q says %q, want one to three words", g.Title, b.Keys, b.Does)
			}
		}
	}
	p.press("esc").sees("[1 House]")
}

// No screen takes a key that means the same everywhere, and none has two uses
// for one key.
func TestNoConflicts(t *testing.T) {
	sheet := uitest.Truecolour(t)
	p := play(t, sheet, 80, 24)
	screens := append(slices.Clone(p.model.screens), frames.New(nil, sheet, time.UTC), models.New(nil, sheet, time.UTC),
		triage.New(nil, sheet, time.UTC), notes.New(nil, sheet, time.UTC), data.New(nil, sheet, time.UTC))
	for _, s := range screens {
		used := map[string]string{}
		for _, c := range p.model.commands() {
			for _, k := range c.Keys {
				if !c.soft {
					used[k] = c.Does
				}
			}
		}
		for _, b := range s.Keys() {
			for _, k := range b.Keys {
				if use, taken := used[k]; taken {
					t.Errorf("%s: key %q is %q and %q", s.ID(), k, use, b.Does)
				}
				used[k] = b.Does
			}
		}
	}
}

func TestQuit(t *testing.T) {
	for _, keys := range [][]string{{"q"}, {"ctrl+c"}, {"n", "q", "ctrl+c"}, {"?", "ctrl+c"}} {
		if p := play(t, uitest.Truecolour(t), 80, 24).press(keys...); !p.quit {
			t.Errorf("%q did not quit", keys)
		}
	}
	if p := play(t, uitest.Truecolour(t), 80, 24).press("n", "q"); p.quit {
		t.Error("q typed into a note quit the console")
	}
}

// An import shows its progress on every screen while keys work.
func TestProgress(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.send(Progress{screentest.Loading().Loading})
	p.press("4").sees("loading inference.jsonl.gz 41 %, 12 s left, 310,000 rows/s", "line=L2")
	p.send(Progress{})
	p.send(Loaded{Err: errors.New("inference.jsonl.gz: truncated after row 12,400")})
	p.sees("loading stopped: inference.jsonl.gz: truncated")
}

// Windows moved by hand are asked for; w asks for the proposed ones again.
func TestWindows(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24).press("2", "left", "{")
	if p.plant.moved.After.From.IsZero() || p.plant.moved.After.From.Equal(screentest.Windows.After.From) {
		t.Errorf("asked for windows %v, want after moved to the cursor", p.plant.moved)
	}
	if p.press("w"); !p.plant.moved.Zero() {
		t.Errorf("w asked for windows %v, want the proposed", p.plant.moved)
	}
	if got := p.model.state.Windows; got != screentest.Windows {
		t.Errorf("windows after w are %v", got)
	}
}

// Any size draws exactly the terminal, whatever is on screen.
func TestFillsAnySize(t *testing.T) {
	journeys := [][]string{{"1"}, {"2"}, {"2", "+", "+", "right"}, {"3"}, {"3", "down"}, {"3", "/", "x"}, {"4"},
		{"4", "enter"}, {"?"}, {":"}, {"n", "text"}, {"/", "a="}, {"/", "a=", "enter"}}
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(1, 250).Draw(rt, "width"), rapid.IntRange(1, 80).Draw(rt, "height")
		journey := rapid.SampledFrom(journeys).Draw(rt, "keys")
		sheet := uitest.Truecolour(t)
		if rapid.Bool().Draw(rt, "mono") {
			sheet = uitest.Mono(t)
		}
		p := play(t, sheet, 80, 24).press(journey...)
		if rapid.Bool().Draw(rt, "hostile") {
			p.plant.state = screentest.Hostile()
			p.send(Loaded{})
		}
		p.send(tea.WindowSizeMsg{Width: w, Height: h})
		uitest.Exact(t, p.model.View().Content, w, h)
	})
}

// Before its size the console draws nothing, and too small it says so.
func TestSmall(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 0, 0)
	if got := p.model.View().Content; got != "" {
		t.Errorf("drew %q before the first size", got)
	}
	p.send(tea.WindowSizeMsg{Width: 39, Height: 24})
	p.sees("too small: 39x24, need 40x10").press("4")
	p.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	p.sees("[1 House]") // what could not be seen was not done
}

// slow answers only when told to.
type slow struct {
	asked    []analysis.Windows
	contexts []context.Context
}

func (s *slow) Load(ctx context.Context, w analysis.Windows, where analysis.Where) (screen.State, error) {
	s.asked, s.contexts = append(s.asked, w), append(s.contexts, ctx)
	return screentest.Gloves(), ctx.Err()
}

// At most one question is in flight, and only the last wish is asked after it.
func TestOneQuestion(t *testing.T) {
	reader := &slow{}
	m := New(Config{Reader: reader, Sheet: uitest.Truecolour(t)})
	m, first := m.reload()
	answer := first()
	var windows analysis.Windows
	for i := range 5 {
		windows = screentest.Windows
		windows.After.From = windows.After.From.AddDate(0, 0, i)
		var cmd tea.Cmd
		if m, cmd = m.move(windows); cmd != nil {
			t.Fatal("a second question was asked while one was in flight")
		}
	}
	if reader.contexts[0].Err() == nil {
		t.Error("the question nobody waits for was not cancelled")
	}
	next, cmd := m.Update(answer)
	if next.(Model).state.Ready {
		t.Error("the answer to an old wish was shown")
	}
	for _, c := range cmd().(tea.BatchMsg) {
		c()
	}
	if got := reader.asked[len(reader.asked)-1]; len(reader.asked) != 2 || got != windows {
		t.Errorf("asked %d times, last for %v; want the last wish alone", len(reader.asked), got)
	}
}
