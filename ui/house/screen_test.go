package house

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

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

// The doors a cursor can be on are those that are furnished.
func TestDoorsAgree(t *testing.T) {
	for i, r := range furnish(screentest.Gloves(), time.UTC) {
		if len(r.doors) != doors[i] {
			t.Errorf("%s has %d doors, the cursor knows %d", r.name, len(r.doors), doors[i])
		}
	}
}

// Arrows reach every door, and enter opens the one under the cursor.
func TestEveryDoorOpens(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	reached := map[position]bool{}
	visit := func(keys ...string) {
		p.Press(keys...)
		s := p.Screen.(Screen)
		reached[s.at] = true
		got := p.Press("enter").Actions
		if len(got) != 1 || got[0].(screen.Open).Screen != s.door().opens {
			t.Errorf("enter on %s sent %v", s.door().name, got)
		}
		if saw := p.Screen.Under().Saw; saw == "" {
			t.Errorf("nothing to pin on %s", s.door().name)
		}
	}
	for _, keys := range []string{"up", "right", "down", "left", "down", "right", "up", "down", "down", "right", "up", "up",
		"left", "down", "down", "down", "right", "right", "left", "up", "up", "up", "up", "down", "down", "down", "left"} {
		visit(keys)
	}
	for room, n := range doors {
		for door := range n {
			if !reached[position{room, door}] {
				t.Errorf("door %d of room %d was never reached", door, room)
			}
		}
	}
}

// Nothing is called fine of which nothing is known.
func TestUnknownIsNotOK(t *testing.T) {
	for _, r := range furnish(screen.State{}, time.UTC) {
		for _, d := range r.doors {
			if d.state != style.NoData {
				t.Errorf("%s, %s: state %v before anything is known", r.name, d.name, d.state)
			}
		}
	}
}

// Where no cause was weighed, none is named: the verdict's own is only the one
// that is usual.
func TestNothingWeighed(t *testing.T) {
	state := screentest.Gloves()
	state.Triage.Causes = nil
	state.Triage.Verdict = analysis.Verdict{Cause: analysis.Floor, Outcome: analysis.Inconclusive, Probability: .24, Why: "the log has no label"}
	s, _ := New(uitest.Mono(t), time.UTC).Enter(state)
	s, _ = s.Update(screen.Rested{})
	view := ansi.Strip(s.View(80, 21))
	if !strings.Contains(view, "Inconclusive: the log has no label") || !strings.Contains(view, "verdict inconclusive") || strings.Contains(view, "floor,") {
		t.Errorf("a cause is named:\n%s", view)
	}
}

// Of a quiet week the house says how good it was and what it could not have
// shown, and what its bars stand for.
func TestQuiet(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Quiet(), 80, 21)
	uitest.Golden(t, "quiet-80x21", p.Screen.View(80, 21), 80, 21)
}

// A verdict without the objectives yet says that they are asked for, once it
// takes long enough to be read.
func TestBare(t *testing.T) {
	state := screentest.Gloves()
	state.Business, state.Expected, state.Bare = screen.Business{}, screen.Expectation{}, true
	s, _ := New(uitest.Mono(t), time.UTC).Enter(state)
	if view := ansi.Strip(s.View(80, 21)); strings.Contains(view, asking) || !strings.Contains(view, "verdict floor") {
		t.Errorf("at first:\n%s", view)
	}
	s, _ = s.Update(screen.Rested{})
	if view := ansi.Strip(s.View(80, 21)); !strings.Contains(view, "SLO "+asking) || !strings.Contains(view, "estimate "+asking) {
		t.Errorf("later:\n%s", view)
	}
}

// Money has its currency where the settings name one.
func TestMoney(t *testing.T) {
	for currency, want := range map[string]string{"EUR": "1,234 EUR", "": "1,234"} {
		state := screentest.Gloves()
		state.Business.Currency = currency
		s, _ := New(uitest.Mono(t), time.UTC).Enter(state)
		if got := string(s.(Screen).money(1234)); got != want {
			t.Errorf("%q: %q, want %q", currency, got, want)
		}
	}
}
