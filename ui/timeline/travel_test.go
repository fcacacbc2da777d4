package timeline

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/uitest"
)

// at is the timeline of a player.
func at(p *uitest.Player) Screen { return p.Screen.(Screen) }

func TestCursorStartsOnOnset(t *testing.T) {
	p := uitest.Play(t, New(plant{}, uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	if got := at(p).cursor; !got.Equal(screentest.Onset) {
		t.Errorf("the cursor is at %v, want the onset", got)
	}
	if saw := p.Screen.Under().Saw; !strings.Contains(saw, "2026-03-06 06:00 UTC  accuracy") {
		t.Errorf("a note here would be pinned to %q", saw)
	}
}

// The nearer one looks, the shorter the buckets; the cursor keeps its instant.
func TestZoom(t *testing.T) {
	p := uitest.Play(t, New(plant{}, uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	wide := at(p).main.Step
	p.Press("+", "+", "+")
	s := at(p)
	if s.main.Step >= wide || s.main.Step != s.step() {
		t.Errorf("buckets of %v after zooming in from %v, asked for %v", s.main.Step, wide, s.step())
	}
	if !s.cursor.Equal(screentest.Onset) || !s.view.Contains(s.cursor) {
		t.Errorf("zooming moved the cursor to %v in %v", s.cursor, s.view)
	}
	p.Press("0")
	if got := at(p); got.view != got.span() {
		t.Errorf("0 shows %v, want the whole span %v", got.view, got.span())
	}
}

// Whatever is pressed, the view stays within the span and shows the cursor.
func TestTravel(t *testing.T) {
	keys := []string{"left", "right", "+", "-", "0", "o", "e", "E", "H", "L", "g", "G", "[", "]", "{", "}"}
	rapid.Check(t, func(rt *rapid.T) {
		p := uitest.Play(t, New(plant{}, uitest.Truecolour(t), time.UTC), screentest.Gloves(), rapid.IntRange(30, 200).Draw(rt, "width"), 21)
		p.Press(rapid.SliceOfN(rapid.SampledFrom(keys), 1, 20).Draw(rt, "keys")...)
		s := at(p)
		if span := s.span(); s.view.From.Before(span.From) || s.view.To.After(span.To) || s.view.Empty() {
			rt.Errorf("the view %v leaves the span %v", s.view, span)
		}
		if !s.view.Contains(s.cursor) {
			rt.Errorf("the cursor %v is not in view %v", s.cursor, s.view)
		}
		if w := s.state.Windows; w.Before.Empty() || w.After.Empty() || w.After.From.Before(w.Before.To) {
			rt.Errorf("the windows %v are empty or overlap", w)
		}
	})
}

func TestEvents(t *testing.T) {
	p := uitest.Play(t, New(plant{}, uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	events := screentest.Gloves().Events
	for i, press := range []string{"E", "E", "E", "E", "e"} {
		p.Press(press)
		want := events[[]int{2, 1, 0, 0, 1}[i]].Time
		if got := at(p).cursor; !got.Equal(want) {
			t.Errorf("press %d (%s) went to %v, want %v", i, press, got, want)
		}
	}
}

// An edge goes to the cursor at once, with the numbers of the moved windows,
// and the root is told.
func TestEdges(t *testing.T) {
	p := uitest.Play(t, New(plant{}, uitest.Truecolour(t), time.UTC), screentest.Gloves(), 120, 37)
	old := at(p).live()
	p.Press("right", "right", "{")
	if len(p.Actions) != 1 {
		t.Fatalf("moving an edge sent %v", p.Actions)
	}
	moved := p.Actions[0].(screen.Move).Windows
	if s := at(p); !moved.After.From.Equal(s.main.At(s.main.Index(s.cursor))) || s.live() == old {
		t.Errorf("after starts at %v and says %q, want the cursor's bucket %v", moved.After.From, s.live(), s.cursor)
	}
	p.Press("G", "[")
	if len(p.Actions) != 1 {
		t.Fatal("nothing was said")
	}
	if _, refused := p.Actions[0].(screen.Notify); !refused {
		t.Errorf("before was moved behind its own end: %v", p.Actions[0])
	}
}

// The rest is what the filter leaves: both add up to all rows.
func TestRest(t *testing.T) {
	state := screentest.Gloves()
	state.Where = analysis.Where{analysis.Is("line", "L2")}
	p := uitest.Play(t, New(plant{}, uitest.Truecolour(t), time.UTC), state, 80, 21)
	rest, ok := at(p).rest()
	if !ok {
		t.Fatal("no rest beside a filter")
	}
	all := screentest.Series(rest.Step)
	for i, b := range at(p).main.Buckets {
		if b.Add(rest.Buckets[i]) != all.Buckets[i] {
			t.Fatalf("bucket %d: %v and the rest %v are not all %v", i, b, rest.Buckets[i], all.Buckets[i])
		}
	}
	p.Press("c")
	uitest.Golden(t, "versus-80x21", p.Screen.View(80, 21), 80, 21)
}

// A column is averaged over added buckets: its interval is that of all its
// rows, narrower than any bucket's.
func TestColumnsAddBuckets(t *testing.T) {
	s := New(plant{}, uitest.Truecolour(t), time.UTC)
	s.main = screentest.Series(time.Hour)
	s.view = s.span()
	coarse, fine := s.line(s.main, 8), s.line(s.main, 1000)
	if len(coarse.Values) > 8 || len(fine.Values) != len(s.main.Buckets) {
		t.Fatalf("%d and %d columns of %d buckets", len(coarse.Values), len(fine.Values), len(s.main.Buckets))
	}
	if a, b := coarse.Upper[0]-coarse.Lower[0], fine.Upper[0]-fine.Lower[0]; a >= b {
		t.Errorf("24 buckets together have an interval of %g, one alone %g", a, b)
	}
	for i, b := range s.main.Buckets {
		if gap := math.IsNaN(fine.Values[i]); gap != (b.Known == 0) {
			t.Errorf("bucket %d with %d known rows: gap %v", i, b.Known, gap)
		}
	}
}

// metricsOnly is a log without inferences.
type metricsOnly struct{ plant }

func (metricsOnly) Series(context.Context, string, analysis.Where, time.Duration) (analysis.Series, error) {
	return analysis.Series{}, nil
}

// Without quality the timeline plots what there is and says what is not known.
func TestMetricsOnly(t *testing.T) {
	p := uitest.Play(t, New(metricsOnly{}, uitest.Truecolour(t), time.UTC), screentest.Empty(), 80, 21)
	view := p.Screen.View(80, 21)
	uitest.Golden(t, "metric-80x21", view, 80, 21)
	if !strings.Contains(view, "right from wrong is not known") || !strings.Contains(view, "cpu host=edge1") {
		t.Errorf("a log of one metric shows:\n%s", view)
	}
}

// broken cannot answer.
type broken struct{}

func (broken) Series(context.Context, string, analysis.Where, time.Duration) (analysis.Series, error) {
	return analysis.Series{}, errors.New("read segment 7: checksum differs")
}

func (broken) Metrics(context.Context) ([]analysis.MetricSeries, error) { return nil, nil }

func TestBroken(t *testing.T) {
	p := uitest.Play(t, New(broken{}, uitest.Truecolour(t), time.UTC), screentest.Empty(), 80, 21)
	if view := p.Screen.View(80, 21); !strings.Contains(view, "read segment 7: checksum differs") {
		t.Errorf("the error is not shown:\n%s", view)
	}
}

// An answer to an older question is dropped.
func TestLateAnswer(t *testing.T) {
	s := New(plant{}, uitest.Truecolour(t), time.UTC)
	next, cmd := s.Enter(screentest.Gloves())
	late := cmd().(tea.BatchMsg)[0]()
	filtered := screentest.Gloves()
	filtered.Where = analysis.Where{analysis.Is("line", "L2")}
	next, _ = next.Enter(filtered)
	next, _ = next.Update(late)
	if len(next.(Screen).answers.replies) > 0 {
		t.Error("the answer for all rows is shown under the filter line=L2")
	}
}

// sampled keeps every sample, in buckets of the usual distance.
func TestSampled(t *testing.T) {
	m := analysis.MetricSeries{Name: "temp", Times: []int64{0, 300e9, 600e9, 1500e9}, Values: []float64{1, 2, math.NaN(), 4}}
	s := sampled(m)
	if s.Step != 5*time.Minute || len(s.Buckets) != 6 {
		t.Fatalf("%d buckets of %v, want 6 of 5 minutes", len(s.Buckets), s.Step)
	}
	total := s.Over(analysis.Window{From: s.Start, To: s.At(len(s.Buckets))})
	if total.Known != 3 || total.Good != 7 {
		t.Errorf("the buckets hold %+v, want three samples of sum 7", total)
	}
	if got := sampled(analysis.MetricSeries{Name: "none"}); len(got.Buckets) != 0 {
		t.Errorf("no samples give %d buckets", len(got.Buckets))
	}
}

// A slice that is kept is drawn beside the one that is gone to, under its own
// name, and let go by the same key.
func TestKept(t *testing.T) {
	slice := func(line string) screen.State {
		state := screentest.Gloves()
		state.Where = analysis.Where{analysis.Is("line", line)}
		return state
	}
	p := uitest.Play(t, New(plant{}, uitest.Mono(t), time.UTC), slice("L1"), 80, 21)
	p.Press("p")
	if _, ok := at(p).other(); ok {
		t.Error("a slice is compared with itself")
	}
	p.Enter(slice("L2"))
	if other, ok := at(p).other(); !ok || other.Total() != at(p).main.Total() { // the plant answers every slice alike
		t.Errorf("the kept slice is not drawn: %v, %v of %v", ok, other.Total(), at(p).main.Total())
	}
	view := p.Screen.View(80, 21)
	uitest.Golden(t, "kept-80x21-ascii", view, 80, 21)
	for _, want := range []string{"line=L1", "line=L2"} {
		if !strings.Contains(view, want) {
			t.Errorf("%s is not named:\n%s", want, view)
		}
	}
	if saw := p.Screen.Under().Saw; !strings.Contains(saw, ", line=L1 ") {
		t.Errorf("the reading says nothing of the other slice: %s", saw)
	}
	p.Enter(slice("L1"))
	p.Press("p")
	p.Enter(slice("L2"))
	if _, ok := at(p).other(); ok {
		t.Error("what was let go is still drawn")
	}
	p.Enter(screentest.Gloves())
	if told := p.Press("p").Actions; len(told) != 1 || !strings.Contains(told[0].(screen.Notify).Text, "kept: all rows") {
		t.Errorf("keeping all rows said %v", told)
	}
}

// The end of a log that grows stays in view where it was, but for a cursor that
// it would push out.
func TestAdvance(t *testing.T) {
	for _, test := range []struct {
		name string
		keys []string
		want bool // that the end stays in view
	}{
		{"at the end", []string{"G", "+", "+", "+"}, true},
		{"in the middle", []string{"o", "+", "+", "+", "g"}, false},
		{"the cursor at the first column of the last stretch", []string{"G", "+", "+", "+", "H", "L", "left"}, true},
	} {
		p := uitest.Play(t, New(plant{}, uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
		p.Press(test.keys...)
		s := at(p)
		grown := s.main
		grown.Buckets = append(grown.Buckets[:len(grown.Buckets):len(grown.Buckets)], grown.Buckets[0], grown.Buckets[0])
		next, _ := s.take(answered{number: s.asked.number, name: quality, series: grown})
		now := next.(Screen)
		if shows := now.view.To.Equal(now.span().To); shows != test.want || !now.cursor.Equal(s.cursor) || !now.view.Contains(now.cursor) {
			t.Errorf("%s: the end %v is in view %v: %v, the cursor went from %v to %v", test.name, now.span().To, now.view, shows, s.cursor, now.cursor)
		}
	}
}

// The budget is that of the rows shown: all rows' is not a slice's.
func TestBudgetOfTheRowsShown(t *testing.T) {
	state := screentest.Gloves()
	if text := at(uitest.Play(t, New(plant{}, uitest.Mono(t), time.UTC), state, 80, 21)).live(); !strings.Contains(text, "budget burns") {
		t.Errorf("all rows have no budget: %s", text)
	}
	state.Where = analysis.Where{analysis.Is("line", "L1")}
	if text := at(uitest.Play(t, New(plant{}, uitest.Mono(t), time.UTC), state, 80, 21)).live(); strings.Contains(text, "budget") {
		t.Errorf("line L1 has the budget of all rows: %s", text)
	}
}
