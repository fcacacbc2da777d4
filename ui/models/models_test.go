package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/analysis/fleet"
	"andon/analysis/stage"
	"andon/analysis/version"
	"andon/analysis/whatif"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/style"
	"andon/ui/uitest"
)

// reader answers with what it holds and remembers what it was asked.
type reader struct {
	members  ensemble.Report
	versions version.Report
	plan     whatif.Plan
	units    []fleet.Unit
	stages   []stage.Stage
	err      error
	asked    []string
	pairs    []string
}

func (r *reader) Members(_ context.Context, _ analysis.Windows, where analysis.Where) (ensemble.Report, error) {
	r.asked = append(r.asked, where.String())
	return r.members, r.err
}

func (r *reader) Versions(context.Context, analysis.Windows, analysis.Where) (version.Report, error) {
	return r.versions, r.err
}

func (r *reader) Remedies(context.Context, analysis.Windows, analysis.Where) (whatif.Plan, error) {
	return r.plan, r.err
}

func (r *reader) Units(context.Context, analysis.Windows, analysis.Where) ([]fleet.Unit, error) {
	return r.units, r.err
}

func (r *reader) Stages(context.Context, analysis.Windows, analysis.Where) ([]stage.Stage, error) {
	return r.stages, r.err
}

func (r *reader) Compare(_ context.Context, column, a, b string, where analysis.Where) (version.Comparison, error) {
	r.pairs = append(r.pairs, fmt.Sprintf("%s %s %s where %s", column, a, b, where))
	return version.Comparison{Column: column, A: a, B: b, Pooled: version.Pooled{Difference: -.12, Interval: analysis.Interval{Lo: -.15, Hi: -.09}, Strata: 40}}, r.err
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

// full is an ensemble of three members of which c broke, two versions that take
// turns, remedies and two plants.
func full() reader {
	member := func(name string, after, agree, apart float64) analysis.Member {
		return analysis.Member{Name: name, Column: "vote_" + name, Before: sum(18_700, 3_740, 0.93), After: sum(10_100, 2_020, after),
			Agree: [2]analysis.Sum{sum(18_700, 18_700, 0.97), sum(10_100, 10_100, agree)},
			Apart: []analysis.Apart{{Name: "other", Before: sum(18_700, 18_700, 0.04), After: sum(10_100, 10_100, apart)}}}
	}
	is := func(value string) analysis.Condition { return analysis.Is("model_version", value) }
	traffic := func(before, after analysis.Sum) analysis.Series { return steps("", before, after) }
	e := analysis.Ensemble{
		Members: []analysis.Member{member("a", 0.70, 0.92, 0.12), member("b", 0.68, 0.90, 0.14), member("c", 0.41, 0.61, 0.44)},
		Agreement: []analysis.Series{steps("vote_a", sum(90, 90, 0.97), sum(90, 90, 0.92)), steps("vote_b", sum(90, 90, 0.97), sum(90, 90, 0.90)),
			steps("vote_c", sum(90, 90, 0.97), sum(90, 90, 0.61))},
		Versions: []analysis.Version{
			{Where: is("4.2.0"), Before: sum(18_700, 3_740, 0.93), After: sum(1_100, 220, 0.90), Share: [2]float64{1, 0.11}, Traffic: traffic(sum(390, 78, 0.93), sum(30, 6, 0.9))},
			{Where: is("4.2.1"), After: sum(9_000, 1_800, 0.60), Share: [2]float64{0, 0.89}, Traffic: traffic(analysis.Sum{}, sum(360, 72, 0.6))},
		},
	}
	standing := func(state ensemble.State, apart float64, since *analysis.Change) ensemble.Standing {
		return ensemble.Standing{State: state, Apart: ensemble.Contrast{Delta: apart, Interval: analysis.Interval{Lo: apart - .03, Hi: apart + .03}},
			Value: [2]analysis.Sum{sum(3_740, 3_740, .18), sum(2_020, 2_020, .07)}, Calibration: [2]float64{.03, .11}, Since: since}
	}
	pair := func(a, b int, before, after float64) ensemble.Pair {
		return ensemble.Pair{A: a, B: b, Differ: [2]analysis.Sum{sum(18_700, 18_700, before), sum(10_100, 10_100, after)},
			Wrong: [2]analysis.Sum{sum(3_740, 3_740, .04), sum(2_020, 2_020, .2)}}
	}
	return reader{
		members: ensemble.Report{Ensemble: e,
			Standings: []ensemble.Standing{standing(ensemble.Fell, .06, nil), standing(ensemble.Fell, .04, nil),
				standing(ensemble.Broke, -.28, &analysis.Change{Onset: screentest.Onset})},
			Pairs: []ensemble.Pair{pair(0, 1, .04, .12), pair(0, 2, .04, .41), pair(1, 2, .04, .44)}},
		versions: version.Report{
			Lineage: []version.Reign{{Value: "4.2.0", First: screentest.Day, Last: screentest.Onset},
				{Value: "4.2.1", First: screentest.Onset, Last: screentest.Day.Add(192 * time.Hour), Takes: 6 * time.Hour, Event: &analysis.Event{Title: "seating 4.2.1"}}},
			Comparisons: []version.Comparison{{Column: "model_version", A: "4.2.0", B: "4.2.1",
				Pooled: version.Pooled{Difference: -.29, Interval: analysis.Interval{Lo: -.34, Hi: -.24}, Strata: 31}}},
			Rollouts: []version.Rollout{{Version: "4.2.1", By: "line", Treated: []string{"L2"}, Control: []string{"L1", "L3"},
				Effect: analysis.Quality{Delta: -.3, Interval: analysis.Interval{Lo: -.35, Hi: -.25}}}},
			Grids: []version.Grid{{By: "line", Values: []analysis.Condition{analysis.Is("line", "L1"), analysis.Is("line", "L2")},
				Versions: []analysis.Condition{is("4.2.0"), is("4.2.1")},
				Cells:    [][][2]analysis.Sum{{{sum(900, 180, .93), sum(90, 18, .9)}, {{}, sum(800, 160, .91)}}, {{sum(900, 180, .93), {}}, {{}, sum(800, 160, .31)}}}}}},
		plan:  remediesOf(),
		units: []fleet.Unit{unit("Graz", .93, .6), unit("Linz", .92, .92)},
		stages: []stage.Stage{
			{Name: "detector", Gate: true, Blamed: [2]analysis.Sum{sum(3_740, 3_740, .03), sum(2_020, 2_020, .28)}, Right: [2]analysis.Sum{sum(3_740, 3_740, .97), sum(2_020, 2_020, .72)},
				Delta: .25, Change: analysis.Interval{Lo: .23, Hi: .27}, Share: .96},
			{Name: "classifier", Blamed: [2]analysis.Sum{sum(3_740, 3_740, .04), sum(2_020, 2_020, .05)}, Delta: .01, Change: analysis.Interval{Lo: -.01, Hi: .02}, Share: .04},
		},
	}
}

func unit(plant string, before, after float64) fleet.Unit {
	u := fleet.Unit{Where: analysis.Where{analysis.Is("model", "seating"), analysis.Is("plant", plant)}, Before: sum(9_000, 1_800, before), After: sum(5_000, 1_000, after)}
	u.Change = analysis.CompareQuality(analysis.Measure{Metric: analysis.Accuracy}, u.Before, u.After)
	return u
}

// remediesOf is a plan of three remedies: one that helps, one that is open and
// one that needs retraining.
func remediesOf() whatif.Plan {
	effect := func(rows int, now, with float64) whatif.Effect {
		d := with - now
		return whatif.Effect{Now: sum(rows, rows, now), With: sum(rows, rows, with), Gain: d, Interval: analysis.Interval{Lo: d - .03, Hi: d + .03}}
	}
	slice := analysis.Where{analysis.Is("line", "L2")}
	return whatif.Plan{Measure: analysis.Measure{Metric: analysis.Accuracy}, Where: slice, PerWrong: .1, Assumed: true,
		Curve: []whatif.Point{{Coverage: 1, Answered: sum(2_020, 2_020, .67)}, {}, {}, {}, {Threshold: .6, Coverage: .8, Answered: sum(1_600, 1_600, .82)}, {}, {}, {},
			{Threshold: .9, Coverage: .4, Answered: sum(800, 800, .98)}},
		Untold: []string{"routing to model_version 4.1: it answered no labelled row after the onset"},
		Remedies: []whatif.Remedy{
			{Kind: whatif.Reweight, When: whatif.Now, Finding: whatif.Helps, Do: "weigh the votes anew in line=L2", Where: slice, Setting: "a 0.55, b 0.45",
				Overall: effect(2_020, .67, .82), Slice: effect(700, .41, .84), Elsewhere: effect(1_320, .81, .81), Recovered: .58},
			{Kind: whatif.Abstain, When: whatif.Now, Finding: whatif.Helps, Do: "unsure to a person, if it pays", Setting: "below confidence 0.8", Reviewed: .3,
				Answered: sum(1_400, 1_400, .95), Overall: effect(2_020, .67, .95), Slice: effect(700, .41, .97), Elsewhere: effect(1_320, .81, .94), Recovered: 1.08},
			{Kind: whatif.Review, When: whatif.Now, Finding: whatif.Open, Do: "send line=L2 to a person", Where: slice, Reviewed: .35, Answered: sum(1_320, 1_320, .81),
				Overall: effect(2_020, .67, .88), Slice: effect(700, .41, 1), Elsewhere: effect(1_320, .81, .81), Recovered: .81},
			{Kind: whatif.Teach, When: whatif.Retrain, Finding: whatif.Helps, Do: "retrain on labelled rows in line=L2", Where: slice,
				Overall: effect(2_020, .67, .85), Slice: effect(700, .41, .93), Elsewhere: effect(1_320, .81, .81), Recovered: 1, Warnings: []string{"an upper bound"}},
		}}
}

func held(r reader) *reader { return &r }

func play(t testing.TB, r *reader, state screen.State, sheet style.Sheet, w, h int) *uitest.Player {
	t.Helper()
	return uitest.Play(t, New(r, sheet, time.UTC), state, w, h)
}

func TestGoldens(t *testing.T) {
	still := screentest.Gloves()
	still.Windows = analysis.Windows{}
	alone := full()
	alone.members.Members, alone.members.Agreement, alone.members.Standings, alone.members.Warnings = nil, nil, nil, []string{"no column is a vote"}
	nobody := reader{members: ensemble.Report{Ensemble: analysis.Ensemble{Warnings: []string{"no column is a vote", "no column is a model version"}}}}
	for _, test := range []struct {
		name   string
		reader reader
		state  screen.State
		keys   []string
	}{
		{"members", full(), screentest.Gloves(), []string{"end"}},
		{"versions", full(), screentest.Gloves(), []string{"tab", "down"}},
		{"what-if", full(), screentest.Gloves(), []string{"tab", "tab"}},
		{"abstain", full(), screentest.Gloves(), []string{"tab", "tab", "down"}},
		{"units", full(), screentest.Gloves(), []string{"tab", "tab", "tab"}},
		{"pair", full(), screentest.Gloves(), []string{"tab", "tab", "tab", "space", "down", "c"}},
		{"stages", full(), screentest.Gloves(), []string{"shift+tab"}},
		{"no-votes", alone, screentest.Gloves(), nil},
		{"nobody", nobody, screentest.Gloves(), nil},
		{"broken", reader{err: errors.New("compare members: column vote_a is damaged")}, screentest.Gloves(), nil},
		{"still", reader{}, still, nil}, {"loading", reader{}, screentest.Loading(), nil}, {"failed", reader{}, screentest.Failed(), nil},
	} {
		uitest.Goldens(t, test.name, uitest.Boxes[:3], func(sheet style.Sheet, w, h int) *uitest.Player {
			return play(t, &test.reader, test.state, sheet, w, h).Press(test.keys...)
		}, uitest.Text, uitest.ASCII)
	}
}

func TestOpensTheVersion(t *testing.T) {
	state := screentest.Gloves()
	state.Where = analysis.Where{analysis.Is("line", "L2"), analysis.Is("model_version", "4.2.0")}
	p := play(t, held(full()), state, uitest.Mono(t), 80, 21)
	if got := p.Press("enter").Actions; len(got) != 1 || got[0] != (screen.Notify{Text: "members answer the same rows: tab to versions or units"}) {
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
	r, state := held(full()), screentest.Gloves()
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
	s, first := New(held(full()), uitest.Mono(t), time.UTC).Enter(screentest.Gloves())
	narrowed := screentest.Gloves()
	narrowed.Where = analysis.Where{analysis.Is("line", "L2")}
	s, _ = s.Enter(narrowed)
	for _, part := range first().(tea.BatchMsg) {
		s, _ = s.Update(part())
	}
	if view := s.View(80, 21); !strings.Contains(view, "comparing members") {
		t.Errorf("the answer to a question left behind shows:\n%s", view)
	}
}

func TestUnderSaysTheNumbers(t *testing.T) {
	p := play(t, held(full()), screentest.Gloves(), uitest.Mono(t), 80, 21).Press("end")
	want := "c: 93.0 % of 3,740 before, 41.0 % of 2,020 after, -52.0 pt (-54.3 .. -49.7)."
	if saw := p.Screen.Under().Saw; !strings.HasPrefix(saw, want) {
		t.Errorf("under the cursor is %q, want it to begin with %q", saw, want)
	}
}

func TestHostileText(t *testing.T) {
	const evil = "\x1b[31mred\x1b]52;c;aGk=\a\rOK \u202etxt\u009b2J\x9b"
	hostile := full()
	for i := range hostile.members.Members {
		hostile.members.Members[i].Name, hostile.members.Members[i].Apart[0].Name = evil, evil
	}
	hostile.members.Versions[0].Where.Value, hostile.members.Warnings = evil, []string{evil}
	hostile.versions.Lineage[0].Value, hostile.versions.Lineage[0].Event = evil, &analysis.Event{Title: evil}
	hostile.versions.Comparisons[0].A, hostile.versions.Comparisons[0].B = evil, evil
	hostile.plan.Remedies[0].Do, hostile.plan.Remedies[0].Setting, hostile.plan.Untold = evil, evil, []string{evil}
	hostile.units[0].Where[1].Value, hostile.stages[0].Name = evil, evil
	for _, r := range []*reader{&hostile, {err: errors.New(evil)}} {
		for _, keys := range [][]string{nil, {"tab"}, {"tab", "tab"}, {"shift+tab"}, {"shift+tab", "shift+tab", "space"}} {
			view := play(t, r, screentest.Hostile(), uitest.Mono(t), 80, 21).Press(keys...).Screen.View(80, 21)
			uitest.Exact(t, view, 80, 21)
		}
	}
}

func TestViewFillsAnyBox(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 210).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"tab", "shift+tab", "down", "end", "s", "S", "space", "c"}), 0, 6).Draw(r, "keys")
		p := play(t, held(full()), screentest.Gloves(), rapid.SampledFrom(sheets).Draw(r, "sheet"), w, h).Press(keys...)
		uitest.Exact(t, p.Screen.View(w, h), w, h)
	})
}

// Two plants are compared on the same traffic; two that differ in more than one
// column are not.
func TestComparesTwo(t *testing.T) {
	r := held(full())
	r.units = append(r.units, fleet.Unit{Where: analysis.Where{analysis.Is("model", "welds"), analysis.Is("plant", "Wels")}})
	p := play(t, r, screentest.Gloves(), uitest.Mono(t), 80, 21).Press("shift+tab", "shift+tab", "c")
	if got := p.Actions; len(got) != 1 || got[0] != (screen.Notify{Text: "mark another one first: space"}) {
		t.Errorf("c without a mark asked for %v", got)
	}
	p.Press("space", "down", "c")
	if len(r.pairs) != 1 || r.pairs[0] != "plant Graz Linz where model=seating" {
		t.Fatalf("compared %v", r.pairs)
	}
	if saw := p.Screen.Under().Saw; !strings.Contains(saw, "Linz against Graz on the same traffic: -12.0 pt") {
		t.Errorf("under the cursor is %q", saw)
	}
	p.Press("down", "c")
	if got := p.Actions; len(r.pairs) != 1 || len(got) != 1 || !strings.Contains(got[0].(screen.Notify).Text, "differ in one column") {
		t.Errorf("compared %v, asked for %v", r.pairs, got)
	}
}

// A unit is picked: it becomes the filter everywhere, in place of another one.
func TestPicksAUnit(t *testing.T) {
	state := screentest.Gloves()
	state.Where = analysis.Where{analysis.Is("plant", "Wels"), analysis.Is("line", "L2")}
	got := play(t, held(full()), state, uitest.Mono(t), 80, 21).Press("shift+tab", "shift+tab", "f").Actions
	if f, ok := got[0].(screen.Filter); !ok || f.Where.String() != "line=L2 model=seating plant=Graz" {
		t.Errorf("f asked for %v", got)
	}
}
