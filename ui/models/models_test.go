package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/style"
	"andon/ui/uitest"
)

// reader answers with what it holds and remembers what it was asked.
type reader struct {
	ensemble analysis.Ensemble
	err      error
	asked    []string
}

func (r *reader) Ensemble(_ context.Context, _ analysis.Windows, where analysis.Where) (analysis.Ensemble, error) {
	r.asked = append(r.asked, where.String())
	return r.ensemble, r.err
}

func sum(rows, known int, share float64) analysis.Sum {
	good := float64(int(share * float64(known)))
	return analysis.Sum{Rows: rows, Known: known, Good: good, GoodSq: good}
}

// steps is a series that has one level before the onset and another after it.
func steps(name string, before, after analysis.Sum) analysis.Series {
	s := analysis.Series{Name: name, Start: screentest.Day, Step: 4 * time.Hour}
	for i := range 48 {
		level := before
		if !s.At(i).Before(screentest.Onset) {
			level = after
		}
		s.Buckets = append(s.Buckets, level)
	}
	return s
}

// votes are three members of which c falls, and two versions that take turns.
func votes() analysis.Ensemble {
	member := func(name string, after, agree, apart float64) analysis.Member {
		return analysis.Member{Name: name, Column: "vote_" + name, Before: sum(18_700, 3_740, 0.93), After: sum(10_100, 2_020, after),
			Agree: [2]analysis.Sum{sum(18_700, 18_700, 0.97), sum(10_100, 10_100, agree)},
			Apart: []analysis.Apart{{Name: "other", Before: sum(18_700, 18_700, 0.04), After: sum(10_100, 10_100, apart)}}}
	}
	is := func(value string) analysis.Condition { return analysis.Is("model_version", value) }
	return analysis.Ensemble{
		Members: []analysis.Member{member("a", 0.70, 0.92, 0.12), member("b", 0.68, 0.90, 0.14), member("c", 0.41, 0.61, 0.44)},
		Agreement: []analysis.Series{steps("vote_a", sum(90, 90, 0.97), sum(90, 90, 0.92)), steps("vote_b", sum(90, 90, 0.97), sum(90, 90, 0.90)),
			steps("vote_c", sum(90, 90, 0.97), sum(90, 90, 0.61))},
		Versions: []analysis.Version{
			{Where: is("4.2.0"), Before: sum(18_700, 3_740, 0.93), After: sum(1_100, 220, 0.90), Share: [2]float64{1, 0.11}, Traffic: steps("", sum(390, 78, 0.93), sum(30, 6, 0.9))},
			{Where: is("4.2.1"), After: sum(9_000, 1_800, 0.60), Share: [2]float64{0, 0.89}, Traffic: steps("", analysis.Sum{}, sum(360, 72, 0.6))},
		},
	}
}

func play(t testing.TB, r *reader, state screen.State, sheet style.Sheet, w, h int) *uitest.Player {
	t.Helper()
	return uitest.Play(t, New(r, sheet, time.UTC), state, w, h)
}

var boxes = [][2]int{{40, 9}, {80, 21}, {120, 37}}

func TestGoldens(t *testing.T) {
	still := screentest.Gloves()
	still.Windows = analysis.Windows{}
	alone := votes()
	alone.Members, alone.Agreement, alone.Warnings = nil, nil, []string{"no column is a vote"}
	for _, test := range []struct {
		name   string
		reader reader
		state  screen.State
		keys   []string
	}{
		{"members", reader{ensemble: votes()}, screentest.Gloves(), []string{"end"}},
		{"versions", reader{ensemble: votes()}, screentest.Gloves(), []string{"tab", "down"}},
		{"no-votes", reader{ensemble: alone}, screentest.Gloves(), nil},
		{"nobody", reader{ensemble: analysis.Ensemble{Warnings: []string{"no column is a vote", "no column is a model version"}}}, screentest.Gloves(), nil},
		{"broken", reader{err: errors.New("compare members: column vote_a is damaged")}, screentest.Gloves(), nil},
		{"still", reader{}, still, nil}, {"loading", reader{}, screentest.Loading(), nil}, {"failed", reader{}, screentest.Failed(), nil},
	} {
		for _, box := range boxes {
			w, h := box[0], box[1]
			for suffix, sheet := range map[string]style.Sheet{"": uitest.Truecolour(t), "-ascii": uitest.Mono(t)} {
				p := play(t, &test.reader, test.state, sheet, w, h).Press(test.keys...)
				uitest.Golden(t, fmt.Sprintf("%s-%dx%d%s", test.name, w, h, suffix), p.Screen.View(w, h), w, h)
			}
		}
	}
}

func TestOpensTheVersion(t *testing.T) {
	state := screentest.Gloves()
	state.Where = analysis.Where{analysis.Is("line", "L2"), analysis.Is("model_version", "4.2.0")}
	p := play(t, &reader{ensemble: votes()}, state, uitest.Mono(t), 80, 21)
	if got := p.Press("enter").Actions; len(got) != 1 || got[0] != (screen.Notify{Text: "choose a version first: tab"}) {
		t.Errorf("enter on a member asked for %v", got)
	}
	for key, want := range map[string]screen.ID{"enter": screen.Timeline, "d": screen.Diff} {
		got := p.Press(key).Actions
		if p.Screen.(Screen).pane == members {
			got = p.Press("tab", "down", key).Actions
		}
		if open, ok := got[0].(screen.Open); !ok || open.Screen != want || open.Where.String() != "line=L2 model_version=4.2.1" {
			t.Errorf("%s asked for %v, want %s of line=L2 model_version=4.2.1", key, got, want)
		}
	}
}

func TestAsksOncePerQuestion(t *testing.T) {
	r, state := &reader{ensemble: votes()}, screentest.Gloves()
	p := play(t, r, state, uitest.Mono(t), 80, 21)
	p.Enter(state)
	state.Stale = true
	state.Where = analysis.Where{analysis.Is("line", "L2")}
	p.Enter(state)
	state.Stale = false
	p.Enter(state)
	if got := strings.Join(r.asked, "|"); got != "|line=L2" {
		t.Errorf("asked for %q, want all rows, then line=L2", got)
	}
}

func TestLateAnswersAreDropped(t *testing.T) {
	s, first := New(&reader{ensemble: votes()}, uitest.Mono(t), time.UTC).Enter(screentest.Gloves())
	narrowed := screentest.Gloves()
	narrowed.Where = analysis.Where{analysis.Is("line", "L2")}
	s, _ = s.Enter(narrowed)
	s, _ = s.Update(first())
	if view := s.View(80, 21); !strings.Contains(view, "comparing members") {
		t.Errorf("the answer to a question left behind shows:\n%s", view)
	}
}

func TestUnderSaysTheNumbers(t *testing.T) {
	p := play(t, &reader{ensemble: votes()}, screentest.Gloves(), uitest.Mono(t), 80, 21).Press("end")
	want := "c: 93.0 % of 3,740 before, 41.0 % of 2,020 after, -52.0 pt (-54.3 .. -49.7)."
	if saw := p.Screen.Under().Saw; !strings.HasPrefix(saw, want) {
		t.Errorf("under the cursor is %q, want it to begin with %q", saw, want)
	}
}

func TestHostileText(t *testing.T) {
	const evil = "\x1b[31mred\x1b]52;c;aGk=\a\rOK \u202etxt\u009b2J\x9b"
	hostile := votes()
	for i := range hostile.Members {
		hostile.Members[i].Name, hostile.Members[i].Apart[0].Name = evil, evil
	}
	hostile.Versions[0].Where.Value, hostile.Warnings = evil, []string{evil}
	for _, r := range []*reader{{ensemble: hostile}, {err: errors.New(evil)}} {
		for _, keys := range [][]string{nil, {"tab"}} {
			view := play(t, r, screentest.Hostile(), uitest.Mono(t), 80, 21).Press(keys...).Screen.View(80, 21)
			if strings.ContainsAny(style.Plain(view), "\x1b\r\a\u009b\u202e") || strings.Contains(view, "\x1b]") {
				t.Errorf("after %v a control reaches the terminal: %q", keys, view)
			}
			uitest.Exact(t, view, 80, 21)
		}
	}
}

func TestViewFillsAnyBox(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 210).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"tab", "down", "end", "s", "S"}), 0, 6).Draw(r, "keys")
		p := play(t, &reader{ensemble: votes()}, screentest.Gloves(), rapid.SampledFrom(sheets).Draw(r, "sheet"), w, h).Press(keys...)
		uitest.Exact(t, p.Screen.View(w, h), w, h)
	})
}
