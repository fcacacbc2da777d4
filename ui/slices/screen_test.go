package slices

import (
	"testing"
	"time"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/style"
	"andon/ui/uitest"
)

func TestGoldens(t *testing.T) {
	for name, state := range screentest.States {
		uitest.Goldens(t, name, uitest.Boxes, func(sheet style.Sheet, w, h int) *uitest.Player {
			return uitest.Play(t, New(sheet, time.UTC), state(), w, h)
		}, uitest.Text, uitest.ASCII, uitest.Colours)
	}
}

func TestChance(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	uitest.Golden(t, "chance-80x21", p.Press("G").Screen.View(80, 21), 80, 21)
}

func TestQuiet(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Quiet(), 80, 21)
	uitest.Golden(t, "quiet-80x21", p.Screen.View(80, 21), 80, 21)
}

// Every drill carries the slice within the filter already in force.
func TestDrill(t *testing.T) {
	state := screentest.Gloves()
	state.Where = analysis.Where{analysis.Is("camera", "c7")}
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), state, 80, 21)
	for key, want := range map[string]screen.ID{"enter": screen.Timeline, "d": screen.Diff, "f": screen.Frames, "space": screen.Slices} {
		got := p.Press(key).Actions
		if len(got) != 1 {
			t.Fatalf("%s sent %v", key, got)
		}
		open := got[0].(screen.Open)
		if open.Screen != want || open.Where.String() != "camera=c7 line=L2" {
			t.Errorf("%s opens %s of %q, want %s of the slice within the filter", key, open.Screen, open.Where, want)
		}
	}
	if state.Where.String() != "camera=c7" {
		t.Errorf("drilling changed the shared filter to %q", state.Where)
	}
}

// A new triage keeps the cursor on its slice.
func TestCursorStays(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	p.Press("down")
	next := screentest.Gloves()
	s := next.Triage.Slices
	s[0], s[2] = s[2], s[0]
	p.Enter(next)
	if score, _ := p.Screen.(Screen).selected(); score.Where.String() != "brightness<60" {
		t.Errorf("the cursor is on %q after the slices changed places", score.Where)
	}
}
