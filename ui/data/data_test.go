package data

import (
	"context"
	"errors"
	"fmt"
	"math"
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
	columns []analysis.ColumnStats
	rejects []analysis.Reject
	err     error
	asked   []string
}

func (r *reader) Inventory(context.Context, int) ([]analysis.ColumnStats, error) {
	r.asked = append(r.asked, "inventory")
	return r.columns, r.err
}

func (r *reader) Rejects(_ context.Context, source int64, _ int) ([]analysis.Reject, error) {
	r.asked = append(r.asked, fmt.Sprintf("rejects %d", source))
	return r.rejects, r.err
}

func (r *reader) Recast(_ context.Context, column string, role analysis.Role) (string, error) {
	r.asked = append(r.asked, fmt.Sprintf("%s as %s", column, role))
	return fmt.Sprintf("%s is now %s", column, role), r.err
}

func (r *reader) SayRole(_ context.Context, source int, path string, role analysis.Role) error {
	r.asked = append(r.asked, fmt.Sprintf("%d %s is %s", source, path, role))
	return r.err
}

func (r *reader) SayKind(_ context.Context, source int, kind analysis.Kind) error {
	r.asked = append(r.asked, fmt.Sprintf("%d is %s", source, kind))
	return r.err
}

func (r *reader) Begin() { r.asked = append(r.asked, "begin") }

// Spread has rows of the first source but in the third quarter, and none of the
// others.
func (r *reader) Spread(_ context.Context, _ analysis.Window, parts int) (map[int64][]int, error) {
	counts := make([]int, parts)
	for i := range counts {
		if i < parts/2 || i >= parts*3/4 {
			counts[i] = 100 + i
		}
	}
	return map[int64][]int{1: counts}, r.err
}

// filled is a column with a hole: no rows in the third quarter, nothing in it
// in the last.
func filled(share float64) []float64 {
	all := make([]float64, stretches)
	for i := range all {
		switch {
		case i >= stretches/2 && i < stretches*3/4:
			all[i] = math.NaN()
		case i < stretches/2:
			all[i] = share
		}
	}
	return all
}

func plant() *reader {
	column := func(name, path string, role analysis.Role, typ analysis.Type, distinct, nulls int, fill float64, top ...analysis.ValueCount) analysis.ColumnStats {
		return analysis.ColumnStats{Field: analysis.Field{Name: name, Path: path, Role: role, Type: typ}, Rows: 30_120,
			Nulls: nulls, Distinct: distinct, Filled: filled(fill), Top: top}
	}
	latency := column("latency_ms", "timings.total_ms", analysis.RoleLatency, analysis.Number, analysis.MaxDistinct, 12, 1)
	latency.Lo, latency.Hi, latency.Field.Unit = "4.1", "312", "ms"
	return &reader{
		columns: []analysis.ColumnStats{
			column("line", "request.tags.line", analysis.RoleDimension, analysis.Text, 3, 0, 1, analysis.ValueCount{Value: "L2", Rows: 12_300}, analysis.ValueCount{Value: "L1", Rows: 9_800}),
			column("label", "", analysis.RoleLabel, analysis.Text, 4, 24_100, 0.2, analysis.ValueCount{Value: "ok", Rows: 5_100}),
			latency,
			column("comment", "", analysis.RoleText, analysis.Text, 0, 30_120, 0),
		},
		rejects: []analysis.Reject{
			{Line: 118, Offset: 20_811, Reason: `time "tuesday": not RFC 3339`, Raw: []byte(`{"ts":"tuesday","line":"L2"}`)},
			{Line: 4_002, Offset: 811_020, Reason: "record is cut off", Raw: []byte("{\"ts\":\"2026-03-02T10:00:00Z\",\"li\x1b[31m\x00")},
		},
	}
}

func state() screen.State {
	s := screentest.Gloves()
	s.Sources[0].Hash, s.Sources[0].Bytes, s.Sources[0].Time = "ab12cd34ef56ab78", 1_234_567, screentest.Span.To
	s.Sources[0].Warnings = []string{"times have no zone: read as UTC"}
	s.Sources[0].Fields[0].Path = "ts"
	return s
}

func play(t testing.TB, r *reader, state screen.State, sheet style.Sheet, w, h int) *uitest.Player {
	t.Helper()
	return uitest.Play(t, New(r, sheet, time.UTC), state, w, h)
}

func TestGoldens(t *testing.T) {
	broken := plant()
	broken.err = errors.New("read column line: segment 3 is damaged; run andon doctor gloves.andon")
	importing := state()
	importing.Loading = screentest.Loading().Loading
	for _, test := range []struct {
		name   string
		reader *reader
		state  screen.State
		keys   []string
	}{
		{"sources", plant(), state(), nil}, {"columns", plant(), state(), []string{"tab", "down", "down"}},
		{"roles", plant(), state(), []string{"tab", "r", "up"}},
		{"plan", plant(), planned(), nil}, {"plan-fields", plant(), planned(), []string{"tab", "down"}},
		{"plan-roles", plant(), planned(), []string{"tab", "down", "r", "home"}}, {"plan-unusable", plant(), planned(), []string{"end"}},
		{"rejects", plant(), state(), []string{"enter", "down"}}, {"clean", plant(), state(), []string{"down", "tab", "tab"}},
		{"importing", plant(), importing, nil}, {"first-import", plant(), screentest.Loading(), nil},
		{"broken", broken, state(), nil}, {"empty", plant(), screentest.Empty(), nil}, {"failed", plant(), screentest.Failed(), nil},
	} {
		uitest.Goldens(t, test.name, uitest.Boxes, func(sheet style.Sheet, w, h int) *uitest.Player {
			return play(t, test.reader, test.state, sheet, w, h).Press(test.keys...)
		}, uitest.Text, uitest.ASCII)
	}
}

func TestQuestions(t *testing.T) {
	for _, test := range []struct {
		name string
		do   func(p *uitest.Player)
		want string
	}{
		{"at first", func(*uitest.Player) {}, "inventory, rejects 1"},
		{"nothing new", func(p *uitest.Player) { p.Enter(state()) }, "inventory, rejects 1"},
		{"a source without rejects", func(p *uitest.Player) { p.Press("down") }, "inventory, rejects 1"},
		{"back to one with rejects", func(p *uitest.Player) { p.Press("down", "up") }, "inventory, rejects 1, rejects 1"},
		{"while an import runs", func(p *uitest.Player) {
			s := state()
			s.Sources[0].Rows, s.Loading.Active = 99_000, true
			p.Enter(s)
		}, "inventory, rejects 1"},
		{"after an import", func(p *uitest.Player) {
			s := state()
			s.Sources[0].Rows = 99_000
			p.Enter(s)
		}, "inventory, rejects 1, inventory, rejects 1"},
	} {
		r := plant()
		test.do(play(t, r, state(), uitest.Mono(t), 80, 21))
		if got := strings.Join(r.asked, ", "); got != test.want {
			t.Errorf("%s: asked %s, want %s", test.name, got, test.want)
		}
	}
}

func TestLateAnswersAreDropped(t *testing.T) {
	s, _ := New(plant(), uitest.Mono(t), time.UTC).Enter(state())
	s, _ = s.Update(inventory{number: 99, done: true, columns: plant().columns})
	if view := s.View(80, 21); !strings.Contains(view, "counting the values") {
		t.Errorf("an answer nobody waits for shows:\n%s", view)
	}
}

func TestCoverageShowsHoles(t *testing.T) {
	s := New(plant(), uitest.Mono(t), time.UTC)
	if got := s.coverage(filled(1), 8); got != "####  .." {
		t.Errorf("full, no rows, empty = %q", got)
	}
	if got := s.coverage(filled(0.01), 4)[0]; got == ' ' || got == '.' {
		t.Errorf("a little is not nothing, got %q", got)
	}
}

func TestSourcesLoseTheirCommonFolder(t *testing.T) {
	for _, test := range []struct{ paths, want string }{
		{"logs/a.csv logs/b.csv", "logs/"}, {"a.csv b.csv", ""}, {"logs/a.csv logs/a.csv.gz", "logs/"}, {"logs/a.csv", "logs/"},
		{"x/a.csv y/b.csv", ""}, {"x/y/a x/y", "x/"},
	} {
		var all []analysis.Source
		for path := range strings.FieldsSeq(test.paths) {
			all = append(all, analysis.Source{Path: path})
		}
		if got := folder(all); got != test.want {
			t.Errorf("%s begin with %q, want %q", test.paths, got, test.want)
		}
	}
}

func TestUnder(t *testing.T) {
	p := play(t, plant(), state(), uitest.Mono(t), 80, 21)
	for _, test := range []struct {
		keys []string
		want string
	}{
		{nil, "inference.jsonl.gz (jsonl, inference): 30,120 rows, 4 rejected"},
		{[]string{"tab"}, "column line (dimension, text): 3 distinct, 0.0 % empty; L2 40.8 %, L1 32.5 %"},
		{[]string{"tab"}, `line 118 was rejected: time "tuesday": not RFC 3339`},
	} {
		if got := p.Press(test.keys...).Screen.Under().Saw; got != test.want {
			t.Errorf("after %v under the cursor is %q, want %q", test.keys, got, test.want)
		}
	}
}

func TestHostileText(t *testing.T) {
	const evil = "\x1b[31mred\x1b]52;c;aGk=\a\rOK \u202etxt\u009b2J\x9b"
	r := plant()
	r.columns[0].Field.Name, r.columns[0].Field.Path, r.columns[0].Top[0].Value = evil, evil, evil
	r.rejects[0].Reason, r.rejects[0].Raw = evil, []byte(evil)
	hostile := state()
	hostile.Sources[0].Path, hostile.Sources[0].Format, hostile.Sources[0].Hash = evil, evil, evil
	hostile.Sources[0].Warnings, hostile.Sources[0].Fields[0].Path = []string{evil}, evil
	for _, keys := range [][]string{nil, {"tab"}, {"tab", "tab"}} {
		for _, w := range []int{80, 200} {
			view := play(t, r, hostile, uitest.Mono(t), w, 30).Press(keys...).Screen.View(w, 30)
			uitest.Exact(t, view, w, 30)
		}
	}
}

func TestViewFillsAnyBox(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 210).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"tab", "enter", "down", "end", "pgdown", "s", "S", "r"}), 0, 6).Draw(r, "keys")
		p := play(t, plant(), state(), rapid.SampledFrom(sheets).Draw(r, "sheet"), w, h).Press(keys...)
		uitest.Exact(t, p.Screen.View(w, h), w, h)
	})
}

// The bars are asked for once the span is known, which may be after the sources
// are.
func TestBarsFollowTheTriage(t *testing.T) {
	early := state()
	early.Triage, early.Ready = analysis.Triage{}, false
	p := play(t, plant(), early, uitest.Mono(t), 80, 21)
	if bar := p.Screen.(Screen).bar(1); bar != "" {
		t.Errorf("a bar over no time: %q", bar)
	}
	p.Enter(state())
	if bar := p.Screen.(Screen).bar(1); bar == "" || !strings.Contains(bar, ".") {
		t.Errorf("the bar shows no gap: %q", bar)
	}
}

// A source that comes while one looks does not take the place of another.
func TestCursorStaysOnItsSource(t *testing.T) {
	p := play(t, plant(), state(), uitest.Mono(t), 80, 21).Press("s", "j")
	before := p.Screen.Under().Saw
	grown := state()
	first := grown.Sources[0]
	first.ID, first.Path = 9, "aaa.csv"
	grown.Sources = append([]analysis.Source{first}, grown.Sources...)
	p.Enter(grown)
	if now := p.Screen.Under().Saw; now != before {
		t.Errorf("the cursor was on %q and is on %q", before, now)
	}
}
