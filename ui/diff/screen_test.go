package diff

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/ui/display"
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

func TestSecondColumn(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	uitest.Golden(t, "vendor-80x21", p.Press("down").Screen.View(80, 21), 80, 21)
}

func TestQuiet(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Quiet(), 80, 21)
	uitest.Golden(t, "quiet-80x21", p.Screen.View(80, 21), 80, 21)
}

// A column is said to be as before only where its interval excludes that it
// moved: a release that took over all rows, too alike to be proved, is in doubt.
func TestInDoubt(t *testing.T) {
	for _, test := range []struct {
		hi      float64
		changed bool
		want    display.Text
	}{
		{0.03, false, "as before"}, {0.95, false, "in doubt"}, {0.95, true, "mix"},
	} {
		sig := analysis.Signal{Column: "model_version", Interval: analysis.Interval{Hi: test.hi}, Direction: "mix", Changed: test.changed}
		if got := row(sig)[4].Text; got != test.want {
			t.Errorf("up to %g, beyond chance %v: %s, want %s", test.hi, test.changed, got, test.want)
		}
	}
}

// A number is drilled into over time, a text by the value that grew.
func TestDrill(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	want := screen.Open{Screen: screen.Timeline, Column: "brightness"}
	if got := p.Press("enter").Actions; len(got) != 1 || fmt.Sprint(got[0]) != fmt.Sprint(want) {
		t.Errorf("enter on brightness sent %v, want %v", got, want)
	}
	got := p.Press("down", "enter").Actions
	if len(got) != 1 {
		t.Fatalf("enter on vendor sent %v", got)
	}
	if open := got[0].(screen.Open); open.Where.String() != "vendor=initech" {
		t.Errorf("enter on vendor filters %q, want the value that grew", open.Where)
	}
}

func TestFind(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	p.Press("/", "SHI")
	if !p.Screen.Typing() {
		t.Fatal("the name is typed, but Typing is false: digits would change the screen")
	}
	p.Press("enter")
	if s := p.Screen.(Screen); len(s.shown) != 1 || s.shown[0].Column != "shift" {
		t.Errorf("SHI shows %v, want shift alone", s.shown)
	}
	p.Press("esc")
	if s := p.Screen.(Screen); len(s.shown) != 4 {
		t.Errorf("esc shows %d columns, want all", len(s.shown))
	}
}

// Sorting keeps the cursor on its column.
func TestSort(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	p.Press("down")
	for range len(columns) {
		p.Press("s")
		if sig, _ := p.Screen.(Screen).selected(); sig.Column != "vendor" {
			t.Fatalf("sorting moved the cursor to %s", sig.Column)
		}
	}
}

// Bins put together keep every row, whatever the room.
func TestHistogramKeepsRows(t *testing.T) {
	p := screentest.Gloves().Triage.Signals[0].Profile
	p.Bins = append(p.Bins, analysis.Bin{Null: true})
	p.Before[0].Bins = append(p.Before[0].Bins, analysis.Sum{Rows: 500})
	for n := 1; n <= 9; n++ {
		sum := 0.0
		for _, b := range bars(p, n) {
			sum += b.Before
		}
		if sum < 1-1e-9 || sum > 1+1e-9 {
			t.Errorf("%d bars hold %g of before's rows, want all", n, sum)
		}
		if got := len(bars(p, n)); n > 1 && got > n {
			t.Errorf("%d bars for a room of %d", got, n)
		}
	}
}

// What the rows are sorted by is said, whether or not its column shows.
func TestOrderIsSaid(t *testing.T) {
	p := uitest.Play(t, New(uitest.Mono(t), time.UTC), screentest.Gloves(), 40, 21)
	seen := map[string]bool{}
	for range len(columns) {
		p.Press("s")
		first, _, _ := strings.Cut(style.Plain(p.Screen.View(80, 21)), "\n")
		_, by, _ := strings.Cut(first, "chance, by ")
		seen[strings.TrimSpace(by)] = true
	}
	for _, want := range []string{"signal v", "kind v", "effect v", "p v", "unseen v"} {
		if !seen[want] {
			t.Errorf("no order %q among %v", want, seen)
		}
	}
}

// A new triage keeps the cursor on its column, and a note is pinned to it.
func TestCursorStays(t *testing.T) {
	p := uitest.Play(t, New(uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	p.Press("down")
	next := screentest.Gloves()
	s := next.Triage.Signals
	s[1], s[3] = s[3], s[1]
	p.Enter(next)
	if sig, _ := p.Screen.(Screen).selected(); sig.Column != "vendor" {
		t.Errorf("the cursor is on %q after the signals changed places", sig.Column)
	}
	if saw := p.Screen.Under().Saw; !strings.HasPrefix(saw, "vendor went new values: ") {
		t.Errorf("pinned: %q", saw)
	}
}
