package frames

import (
	"context"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/themes"
	"andon/ui/screen"
	"andon/ui/style"
	"andon/ui/uitest"
)

// glove paints a bench, a hand in a glove and a part: what a camera over a
// bench sees, in 64 x 48 pixels.
func glove(shade uint8, shift int) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range 64 * 48 {
		x, y := i%64, i/64
		c := color.RGBA{120, 132, 128, 255}
		palm := (x-30-shift)*(x-30-shift)/2 + (y-30)*(y-30)
		finger := y > 8 && y < 26 && (x-18-shift)%8 < 5 && x > 17+shift && x < 44+shift
		switch {
		case palm < 150 || finger:
			c = color.RGBA{shade, shade, shade, 255}
		case x > 46 && y > 34:
			c = color.RGBA{186, 120, 40, 255}
		}
		picture.SetRGBA(x, y, c)
	}
	return picture
}

func at(minute int) time.Time {
	return time.Date(2026, 3, 7, 6, 0, 0, 0, time.UTC).Add(time.Duration(minute) * time.Minute)
}

func frame(id int64, shade uint8, wrong bool) camera.Sample {
	f := camera.Sample{Frame: camera.Frame{ID: id, Time: at(int(id))}, Picture: glove(shade, int(id%3)),
		Prediction: "ok", Label: "ok", Known: true, Wrong: wrong,
		Caption: map[string]string{"camera": "cam-07", "line": "L2", "sku": "K-11"}}
	if wrong {
		f.Label = "scratch"
	}
	return f
}

// comparison is what Andon makes of ten frames a side with black gloves after.
func comparison() camera.Comparison {
	var before, after []camera.Sample
	for i := range int64(10) {
		before = append(before, frame(i, uint8(150+i), false))
		after = append(after, frame(30+i, uint8(28+i), i != 4))
	}
	after[9].Known = false
	return camera.Compare(before, after, pairsAsked)
}

// reader answers with what it holds and remembers what it was asked.
type reader struct {
	frames camera.Comparison
	err    error
	asked  []string
}

func (r *reader) Frames(_ context.Context, _ analysis.Windows, where analysis.Where, _ int) (camera.Comparison, error) {
	r.asked = append(r.asked, where.String())
	return r.frames, r.err
}

func ready() screen.State {
	where := analysis.Where{analysis.Is("line", "L2")}
	windows := analysis.Windows{Before: analysis.Window{From: at(-8000), To: at(0)}, After: analysis.Window{From: at(20), To: at(900)}}
	return screen.State{Ready: true, Windows: windows,
		Triage: analysis.Triage{Slices: []analysis.SliceScore{{Where: where, Accepted: true}}}}
}

func play(t testing.TB, r *reader, state screen.State, sheet style.Sheet, w, h int) *uitest.Player {
	t.Helper()
	return uitest.Play(t, New(r, sheet, time.UTC), state, w, h)
}

func TestGoldens(t *testing.T) {
	for _, test := range []struct {
		name string
		keys []string
	}{
		{"sheet", nil}, {"sheet-second", []string{"right"}}, {"pair", []string{"enter"}},
		{"blink-before", []string{"space"}}, {"blink-after", []string{"space", "space"}},
		{"regions", []string{"r"}}, {"means", []string{"m"}},
	} {
		uitest.Goldens(t, test.name, uitest.Boxes[:3], func(sheet style.Sheet, w, h int) *uitest.Player {
			return play(t, &reader{frames: comparison()}, ready(), sheet, w, h).Press(test.keys...)
		}, uitest.Text, uitest.ASCII, uitest.Look{Mark: "-basic", Sheet: uitest.Basic})
	}
}

// The glove must show in 256 colours: this golden keeps the colours.
func TestGoldenIn256Colours(t *testing.T) {
	p := play(t, &reader{frames: comparison()}, ready(), uitest.Sheet(t, themes.Default, 256, true), 80, 21)
	uitest.GoldenStyled(t, "sheet-80x21-256", p.Screen.View(80, 21), 80, 21)
}

func TestStates(t *testing.T) {
	waiting, broken, still := screen.State{}, screen.State{Err: errors.New("log has no time column")}, ready()
	still.Windows = analysis.Windows{}
	for _, test := range []struct {
		name   string
		state  screen.State
		reader reader
	}{
		{"waiting", waiting, reader{}},
		{"no-triage", broken, reader{}},
		{"no-windows", still, reader{}},
		{"no-frames", ready(), reader{}},
		{"none-before", ready(), reader{frames: camera.Comparison{After: 12}}},
		{"failed", ready(), reader{err: errors.New("read frames of line=L2: disk full")}},
	} {
		p := play(t, &test.reader, test.state, uitest.Truecolour(t), 80, 21)
		uitest.Golden(t, "state-"+test.name, p.Screen.View(80, 21), 80, 21)
	}
}

// The glove change must be told without any colour: by the words of the
// largest region, on the first page, at 80x24.
func TestMonoSaysWhatChanged(t *testing.T) {
	p := play(t, &reader{frames: comparison()}, ready(), uitest.Mono(t), 80, 21)
	view := p.Screen.View(80, 21)
	line := ""
	for l := range strings.SplitSeq(view, "\n") {
		if strings.Contains(l, "near black") && strings.Contains(l, "gray") && strings.Contains(l, "changed") {
			line = l
		}
	}
	if line == "" {
		t.Errorf("no line says that gray became near black:\n%s", view)
	}
}

func TestBlinkShowsBothInOnePlace(t *testing.T) {
	sheet := uitest.Truecolour(t)
	p := play(t, &reader{frames: comparison()}, ready(), sheet, 80, 21)
	before := p.Press("space").Screen.View(80, 21)
	after := p.Press("b").Screen.View(80, 21)
	again := p.Press("space").Screen.View(80, 21)
	if before == after || before != again {
		t.Error("space alternates between the same two pictures")
	}
	if !strings.Contains(before, "BEFORE") || !strings.Contains(after, "AFTER") {
		t.Error("the picture is not named")
	}
}

func TestScopes(t *testing.T) {
	r := &reader{frames: comparison()}
	p := play(t, r, ready(), uitest.Mono(t), 80, 21)
	p.Press("f")
	state := ready()
	state.Where = analysis.Where{analysis.Is("shift", "night")}
	p.Enter(state)
	p.Enter(state)
	want := []string{"line=L2", "", "shift=night"}
	if strings.Join(r.asked, "|") != strings.Join(want, "|") {
		t.Errorf("asked for %q, want %q", r.asked, want)
	}
}

func TestLateAnswersAreDropped(t *testing.T) {
	s, first := New(&reader{frames: comparison()}, uitest.Mono(t), time.UTC).Enter(ready())
	s, _ = s.Update(uitest.Keys("f")[0])
	s, _ = s.Update(first())
	if view := s.View(80, 21); !strings.Contains(view, "comparing frames of all rows") {
		t.Errorf("the answer to a question left behind shows:\n%s", view)
	}
}

func TestStaleStateAsksNothing(t *testing.T) {
	r, state := &reader{}, ready()
	state.Stale = true
	play(t, r, state, uitest.Mono(t), 80, 21)
	if len(r.asked) > 0 {
		t.Errorf("asked for %q while the triage is out of date", r.asked)
	}
}

func TestKeys(t *testing.T) {
	p := play(t, &reader{frames: comparison()}, ready(), uitest.Mono(t), 80, 21)
	if saw := p.Press("right", "down").Screen.Under().Saw; !strings.Contains(saw, "frame 2026-03-07T06:") || !strings.Contains(saw, "went from gray to near black") {
		t.Errorf("under the cursor: %q", saw)
	}
	if got := p.Press("t").Actions; len(got) != 1 || got[0].(screen.Open).Where.String() != "line=L2" {
		t.Errorf("t asked for %v, want the timeline of line=L2", got)
	}
	if got := p.Press("enter", "space", "esc", "esc").Actions; len(got) != 0 {
		t.Errorf("esc left the screen from a large picture: %v", got)
	}
	if got := p.Press("esc").Actions; len(got) != 1 || got[0] != (screen.Back{}) {
		t.Errorf("esc on the sheet asked for %v, want to go back", got)
	}
}

// Names in a log may hold escape sequences; none may reach the terminal.
func TestHostileText(t *testing.T) {
	frames := comparison()
	frames.Warnings = []string{"\x1b]52;c;aGk=\x07"}
	for i := range frames.Pairs {
		frames.Pairs[i].After.Prediction = "\x1b[2Jok\rfake"
		frames.Pairs[i].After.Caption = map[string]string{"camera": "c\x9b7\u202e", "line": "\x1b]0;x\x07"}
	}
	state := ready()
	state.Triage.Slices[0].Where = analysis.Where{analysis.Is("line", "\x1b[31m")}
	for _, keys := range [][]string{nil, {"enter"}, {"space", "space"}, {"r"}, {"m"}} {
		p := play(t, &reader{frames: frames}, state, uitest.Mono(t), 80, 21).Press(keys...)
		view := p.Screen.View(80, 21)
		uitest.Exact(t, view, 80, 21)
	}
}

func TestViewFillsAnyBox(t *testing.T) {
	frames := comparison()
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 210).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"enter", "space", "r", "m", "left", "right", "down", "pgdown", "esc", "f"}), 0, 6).Draw(r, "keys")
		sheet := rapid.SampledFrom(sheets).Draw(r, "sheet")
		p := play(t, &reader{frames: frames}, ready(), sheet, w, h).Press(keys...)
		uitest.Exact(t, p.Screen.View(w, h), w, h)
	})
}

func TestLayoutTiles(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(leastWidth, 250).Draw(r, "w"), rapid.IntRange(leastHeight, 80).Draw(r, "h")
		l := arrange(w, h, rapid.Float64Range(0.3, 1.5).Draw(r, "aspect"))
		if l.page() < 1 || l.width < 1 || l.height < 1 {
			t.Fatalf("%dx%d shows nothing: %+v", w, h, l)
		}
		if l.columns*l.width+(l.columns-1)*gap > l.half || 2*l.half+gap > w {
			t.Fatalf("%dx%d spills to the side: %+v", w, h, l)
		}
		if !l.beside && l.grid+l.table != h-1 || l.beside && l.grid != h-1 {
			t.Fatalf("%dx%d does not fill the height: %+v", w, h, l)
		}
	})
}

func BenchmarkView(b *testing.B) {
	p := play(b, &reader{frames: comparison()}, ready(), uitest.Truecolour(b), 200, 50)
	for b.Loop() {
		p.Screen.View(200, 50)
	}
}
