package triage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/analysis/claim"
	"andon/analysis/hypothesis"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/style"
	"andon/ui/uitest"
)

// incident runs a check by quoting it and keeps what is saved.
type incident struct {
	ran   []string
	kept  []analysis.Finding
	wrong error

	decided []string // about hypotheses and controls
}

func (i *incident) Run(_ context.Context, step string) (analysis.Finding, error) {
	i.ran = append(i.ran, step)
	return analysis.Finding{ID: 7, Claim: "no row went missing", Query: "check " + step, Result: "0.2 %", Hash: "ab12"}, i.wrong
}

func (i *incident) Save(_ context.Context, f analysis.Finding) error {
	i.kept = append(i.kept, f)
	return i.wrong
}

func (i *incident) Move(_ context.Context, h hypothesis.Hypothesis, to hypothesis.Status, reason string) (hypothesis.Hypothesis, error) {
	i.decided = append(i.decided, fmt.Sprintf("%s: %s, %s", h.Text, to, reason))
	return h, i.wrong
}

func (i *incident) Propose(_ context.Context, h hypothesis.Hypothesis) (hypothesis.Hypothesis, error) {
	i.decided = append(i.decided, fmt.Sprintf("own %s at %q: %s", h.Cause, h.Where, h.Text))
	return h, i.wrong
}

func (i *incident) KeepControl(_ context.Context, c claim.Controlled, _ analysis.Triage) error {
	i.decided = append(i.decided, "control "+c.Where.String())
	return i.wrong
}

// pulls are the weights of a piece of evidence in the order of the causes.
func pulls(w ...float64) map[analysis.Cause]float64 {
	weight := map[analysis.Cause]float64{}
	for i, v := range w {
		weight[analysis.Causes[i]] = v
	}
	return weight
}

// gloves is the incident with a ledger, judged as Andon judges it.
func gloves(findings ...analysis.Finding) screen.State {
	s := screentest.Gloves()
	s.Findings = findings
	ledger := []analysis.Evidence{
		{ID: "inputs.unseen", Saw: "94 % of the wrong answers fall on inputs never seen before", Number: "0.94", Tested: true, Weight: pulls(1.4, 1.2, 1, -1.3, -1.3, -.6, -.6)},
		{ID: "slice.place", Saw: "line=L2 carries 94 % of the drop", Number: "0.94", Tested: true, Weight: pulls(1.3, .3, -.4, -.4, -.8, .1, -.4)},
		{ID: "event.floor", Saw: "material: gloves from new vendor, 8 min before the onset", Number: "0.83", Tested: true, Weight: pulls(1.6, -.1, -.5, -.5, -.3, .4, -.5)},
		{ID: "data.missing", Saw: "no row went missing", Number: "0.2 %", Tested: true, Weight: pulls(.1, .1, -.1, .1, .1, .1, -.9)},
		{ID: "labels.moved", Saw: "Did reviewers, label coverage or label delay change at the onset?"},
	}
	s.Triage.Ledger, _ = analysis.Answered(ledger, findings)
	posterior := analysis.Posterior(analysis.Prior(), s.Triage.Ledger)
	s.Triage.Verdict, s.Triage.Causes = analysis.Judge(posterior, s.Triage.Ledger, analysis.None, "")
	tested := map[string]bool{}
	for _, e := range s.Triage.Ledger {
		tested[e.ID] = e.Tested
	}
	s.Triage.Next = analysis.NextTests(analysis.Checklist(), posterior, analysis.Outcomes(findings), tested)
	s.Problem.Hypotheses = hypothesis.Weighed(s.Triage, []hypothesis.Hypothesis{{ID: 1, Cause: analysis.Floor, Where: "shift=night", Text: "the night shift wears winter gloves",
		Own: true, Status: hypothesis.Testing, Moves: []hypothesis.Move{{Hypothesis: 1, Time: screentest.Onset, Author: "ines", From: hypothesis.Proposed, To: hypothesis.Testing, After: .2, Reason: "Tom saw a pair"}}}})
	s.Problem.Controls = []claim.Controlled{{Where: analysis.Where{analysis.Is("line", "L1")}, Held: claim.Stayed,
		Quality: analysis.CompareQuality(s.Triage.Measure, analysis.Sum{Rows: 900, Known: 900, Good: 830}, analysis.Sum{Rows: 500, Known: 500, Good: 462})}}
	return s
}

func play(t testing.TB, i *incident, state screen.State, sheet style.Sheet, w, h int) *uitest.Player {
	t.Helper()
	return uitest.Play(t, New(i, sheet, time.UTC), state, w, h)
}

func TestGoldens(t *testing.T) {
	answeredOne := gloves(analysis.Finding{Step: "floor.frames", Outcome: analysis.Yes, Claim: "Do the after frames show something that no before frame shows?"},
		analysis.Finding{Step: "model.swap", Outcome: analysis.Skipped, Claim: "Replay: does the old model do well on the after frames? (no old model left)"})
	stale := gloves()
	stale.Stale = true
	for _, test := range []struct {
		name  string
		state screen.State
		keys  []string
	}{
		{"gloves", gloves(), nil}, {"answered", answeredOne, []string{"end"}}, {"stale", stale, nil},
		{"told", gloves(), strings.Fields(strings.Repeat("down ", 14))},
		{"ledger", gloves(), []string{"tab", "down", "tab", "down"}},
		{"asking", gloves(), []string{"a"}}, {"reason", gloves(), []string{"a", "u", "the frames are too dark"}},
		{"fast", gloves(), []string{"f"}}, {"because", gloves(), []string{"a", "Y", "black, all of them"}},
		{"hypotheses", gloves(), []string{"h"}}, {"own", gloves(), []string{"h", "down", "down"}},
		{"status", gloves(), []string{"h", "s"}}, {"proposing", gloves(), []string{"h", "o", "floor line=L2 winter gloves", "enter"}},
		{"loading", screentest.Loading(), nil}, {"failed", screentest.Failed(), nil}, {"empty", screentest.Empty(), nil},
	} {
		uitest.Goldens(t, test.name, uitest.Boxes[:3], func(sheet style.Sheet, w, h int) *uitest.Player {
			return play(t, &incident{}, test.state, sheet, w, h).Press(test.keys...)
		}, uitest.Text, uitest.ASCII)
	}
}

func TestAnsweringSavesAFindingAndRefreshes(t *testing.T) {
	for _, test := range []struct {
		keys    []string
		outcome analysis.Outcome
		claim   string
	}{
		{[]string{"a", "y"}, analysis.Yes, ""},
		{[]string{"a", "n"}, analysis.No, ""},
		{[]string{"a", "Y", "enter", "all black", "enter"}, analysis.Yes, "(all black)"},
		{[]string{"a", "N", "gray as ever", "enter"}, analysis.No, "(gray as ever)"},
		{[]string{"a", "u", "too dark", "enter"}, analysis.Unclear, "(too dark)"},
		{[]string{"a", "s", "enter", "nobody there", "enter"}, analysis.Skipped, "(nobody there)"},
	} {
		i := &incident{}
		p := play(t, i, gloves(), uitest.Mono(t), 80, 21)
		first := p.Screen.(Screen).step
		p.Press(test.keys...)
		if len(i.kept) != 1 {
			t.Fatalf("%v saved %d findings, want 1", test.keys, len(i.kept))
		}
		f := i.kept[0]
		if f.Step != first || f.Outcome != test.outcome || !strings.HasSuffix(f.Claim, test.claim) {
			t.Errorf("%v saved %+v", test.keys, f)
		}
		if f.Windows != screentest.Windows {
			t.Errorf("%v lost the windows it was seen through", test.keys)
		}
		if len(p.Actions) != 2 || p.Actions[0] != (screen.Refresh{}) {
			t.Errorf("%v asked the console for %v, want a refresh first", test.keys, p.Actions)
		}
		if p.Screen.(Screen).step == first {
			t.Errorf("%v left the cursor on the answered step", test.keys)
		}
	}
}

// Who cannot tell is asked what would.
func TestUnclearAsksWhatWouldMakeItClear(t *testing.T) {
	for key, want := range map[string]string{"u": "what would make it clear?", "s": "one line for the record"} {
		if view := play(t, &incident{}, gloves(), uitest.Mono(t), 80, 21).Press("a", key).Screen.View(80, 21); !strings.Contains(view, want) {
			t.Errorf("%s does not ask %q:\n%s", key, want, view)
		}
	}
}

// The finding of a step with a check carries the evidence of that run.
func TestAnswerKeepsTheEvidence(t *testing.T) {
	i := &incident{}
	p := play(t, i, gloves(), uitest.Mono(t), 80, 21)
	for p.Screen.(Screen).step != "data.complete" {
		p.Press("down")
	}
	p.Press("a", "n")
	f := i.kept[0]
	if f.Query != "check data.complete" || f.Hash != "ab12" || f.Result != "0.2 %" || f.ID != 0 {
		t.Errorf("saved %+v, want the run's query, result and hash under a new id", f)
	}
}

func TestNothingIsSavedByAccident(t *testing.T) {
	for _, keys := range [][]string{{"y"}, {"a", "esc"}, {"a", "x"}, {"a", "u", "enter"}, {"a", "u", "why", "esc"}} {
		i := &incident{}
		play(t, i, gloves(), uitest.Mono(t), 80, 21).Press(keys...)
		if len(i.kept) != 0 {
			t.Errorf("%v saved %+v", keys, i.kept)
		}
	}
}

func TestDeciding(t *testing.T) {
	for _, test := range []struct {
		keys []string
		want string
	}{
		{[]string{"h", "s", "y", "enter", "purchasing says so", "enter"}, `material event "gloves from new vendor", at line=L2 since 2026-03-06 06:28Z: supported, purchasing says so`},
		{[]string{"h", "down", "s", "n", "no", "enter"}, `refuted, no`},
		{[]string{"h", "o", "floor line=L2: winter gloves", "enter"}, `own floor at "line=L2": winter gloves`},
		{[]string{"h", "o", "sensor: the lamp flickers", "enter"}, `own sensor at "": the lamp flickers`},
		{[]string{"h", "c"}, "control line=L1"},
	} {
		i := &incident{}
		p := play(t, i, gloves(), uitest.Mono(t), 80, 21).Press(test.keys...)
		if len(i.decided) != 1 || !strings.HasSuffix(i.decided[0], test.want) {
			t.Errorf("%v decided %q, want %q", test.keys, i.decided, test.want)
		}
		if len(p.Actions) != 2 || p.Actions[0] != (screen.Refresh{}) || p.Screen.Typing() {
			t.Errorf("%v asked for %v", test.keys, p.Actions)
		}
	}
	for _, keys := range [][]string{{"h", "s", "esc"}, {"h", "s", "x"}, {"h", "s", "y", "enter"}, {"h", "o", "no cause", "enter"}, {"h", "o", "floor: x", "esc"}} {
		i := &incident{}
		play(t, i, gloves(), uitest.Mono(t), 80, 21).Press(keys...)
		if len(i.decided) != 0 {
			t.Errorf("%v decided %q", keys, i.decided)
		}
	}
	p := play(t, &incident{wrong: errors.New("disk full")}, gloves(), uitest.Mono(t), 80, 21).Press("h", "s", "y", "so", "enter")
	if view := p.Screen.View(80, 21); !strings.Contains(view, "not kept: disk full") || len(p.Actions) != 0 {
		t.Errorf("nothing says that the decision was lost:\n%s", view)
	}
	none := gloves()
	none.Triage.Causes = nil
	if got := play(t, &incident{}, none, uitest.Mono(t), 80, 21).Press("h").Actions; len(got) != 1 {
		t.Errorf("without a cause h does %v", got)
	}
}

// To act fast the list begins with what saves most repair.
func TestActFast(t *testing.T) {
	torn := gloves()
	torn.Triage.Causes = []analysis.CauseScore{{Cause: analysis.Floor, Probability: .5}, {Cause: analysis.Labels, Probability: .5}}
	p := play(t, &incident{}, torn, uitest.Mono(t), 80, 21).Press("f")
	first := p.Screen.(Screen).rows[0]
	if want := torn.Triage.Plan().Tests[0].Step; first.step.ID != want || p.Screen.(Screen).step != want {
		t.Errorf("first is %s, want %s", first.step.ID, want)
	}
	if view := p.Screen.View(80, 21); !strings.Contains(view, "to act fast") || !strings.Contains(view, "then repair floor") {
		t.Errorf("the list does not say what for:\n%s", view)
	}
	if again := p.Press("f").Screen.(Screen); again.fast || again.rows[0].test.Saves != 0 {
		t.Error("a second f does not go back")
	}
}

func TestAFailedSaveSaysSo(t *testing.T) {
	i := &incident{wrong: errors.New("save finding: disk full")}
	p := play(t, i, gloves(), uitest.Mono(t), 80, 21).Press("a", "y")
	if view := p.Screen.View(80, 21); !strings.Contains(view, "not saved: save finding: disk full") {
		t.Errorf("nothing says that the outcome was lost:\n%s", view)
	}
	if len(p.Actions) != 0 {
		t.Errorf("a failed save asked for %v", p.Actions)
	}
}

func TestEachCheckRunsOnce(t *testing.T) {
	i := &incident{}
	p := play(t, i, gloves(), uitest.Mono(t), 80, 21)
	p.Press("end", "home", "end")
	for range 2 {
		for range analysis.Checklist() {
			p.Press("up")
		}
		p.Press("end")
	}
	seen := map[string]bool{}
	for _, step := range i.ran {
		if seen[step] {
			t.Errorf("%s ran twice over the same windows", step)
		}
		seen[step] = true
	}
	for _, step := range analysis.Checklist() {
		if (step.Check != "") != seen[step.ID] {
			t.Errorf("%s: has a check %v, ran %v", step.ID, step.Check != "", seen[step.ID])
		}
	}
	moved := gloves()
	moved.Windows.After.To = moved.Windows.After.To.Add(-time.Hour)
	ran := len(i.ran)
	p.Enter(moved)
	for range analysis.Checklist() {
		p.Press("up")
	}
	if len(i.ran) == ran {
		t.Error("other windows run no check again")
	}
}

func TestLateRunsAreDropped(t *testing.T) {
	s, _ := New(&incident{}, uitest.Mono(t), time.UTC).Enter(gloves())
	one := s.(Screen)
	for one.step != "data.complete" {
		next, _ := one.move(1)
		one = next.(Screen)
	}
	stray, _ := one.Update(ran{step: "data.complete", number: 99, finding: analysis.Finding{Claim: "stray"}})
	if strings.Contains(stray.View(80, 21), "stray") {
		t.Error("the answer to a question nobody waits for shows")
	}
}

func TestGoAndLook(t *testing.T) {
	for step, want := range map[string]screen.Action{
		"floor.frames":  screen.Open{Screen: screen.Frames, Where: screentest.Gloves().Triage.Slices[0].Where},
		"data.complete": screen.Open{Screen: screen.Data},
		"sensor.lens":   screen.Notify{Text: "done on the floor, not here: press a with what you found"},
	} {
		p := play(t, &incident{}, gloves(), uitest.Mono(t), 80, 21)
		for p.Screen.(Screen).step != step {
			p.Press("down")
		}
		if got := p.Press("enter").Actions; len(got) != 1 || fmt.Sprint(got[0]) != fmt.Sprint(want) {
			t.Errorf("%s: enter asked for %v, want %v", step, got, want)
		}
	}
}

// The cursor stays on its step when an answer reorders the list.
func TestTheCursorStaysOnItsStep(t *testing.T) {
	p := play(t, &incident{}, gloves(), uitest.Mono(t), 80, 21).Press("down", "down")
	step := p.Screen.(Screen).step
	p.Enter(gloves(analysis.Finding{Step: "floor.frames", Outcome: analysis.Yes}))
	if got := p.Screen.(Screen).step; got != step {
		t.Errorf("the cursor jumped from %s to %s", step, got)
	}
}

func TestRowsHoldEveryStepOnce(t *testing.T) {
	steps := analysis.Checklist()
	rapid.Check(t, func(t *rapid.T) {
		var findings []analysis.Finding
		for _, step := range steps {
			if rapid.Bool().Draw(t, step.ID) {
				findings = append(findings, analysis.Finding{Step: step.ID, Outcome: analysis.No})
			}
		}
		state := gloves(findings...)
		all := rows(steps, state.Triage.Next, state.Triage.Ledger, state.Findings)
		seen := map[string]bool{}
		for i, r := range all {
			if seen[r.step.ID] || i > 0 && all[i-1].standing() > r.standing() {
				t.Fatalf("%s twice or out of order", r.step.ID)
			}
			seen[r.step.ID] = true
		}
		if len(all) != len(steps) {
			t.Fatalf("%d rows of %d steps", len(all), len(steps))
		}
	})
}

func TestUnderSaysWhatTheLogSaw(t *testing.T) {
	p := play(t, &incident{}, gloves(), uitest.Mono(t), 80, 21)
	if saw := p.Press("tab").Screen.Under().Saw; !strings.Contains(saw, "floor has") || !strings.Contains(saw, "line=L2 carries 94 %") {
		t.Errorf("under the cause: %q", saw)
	}
}

// No text of a log or a file may reach the terminal as a control.
func TestHostileText(t *testing.T) {
	const evil = "\x1b[31mred\x1b]52;c;aGk=\a\rOK \u202etxt\u009b2J"
	state := gloves(analysis.Finding{Step: "floor.frames", Outcome: analysis.Unclear, Claim: evil})
	state.Triage.Verdict.Why = evil
	for i := range state.Triage.Ledger {
		state.Triage.Ledger[i].Saw, state.Triage.Ledger[i].Number = evil, evil
	}
	for i := range state.Triage.Causes {
		state.Triage.Causes[i].For, state.Triage.Causes[i].Untested = []string{evil}, []string{evil}
	}
	for i := range state.Problem.Hypotheses {
		h := &state.Problem.Hypotheses[i]
		h.Text, h.For, h.Against, h.Moves = evil, []string{evil}, []string{evil}, []hypothesis.Move{{Author: evil, Reason: evil}}
	}
	for _, keys := range [][]string{nil, {"end"}, {"tab"}, {"a", "u", evil}, {"h"}, {"h", "o", evil, "enter"}, {"h", "s", "y", evil, "enter"}} {
		view := play(t, &incident{wrong: errors.New(evil)}, state, uitest.Mono(t), 80, 21).Press(keys...).Screen.View(80, 21)
		uitest.Exact(t, view, 80, 21)
	}
}

func TestViewFillsAnyBox(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	state := gloves(analysis.Finding{Step: "floor.frames", Outcome: analysis.Unclear, Claim: "?"})
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 210).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "u", "down", "end", "tab", "pgdown", "esc", "h", "f", "s", "o"}), 0, 6).Draw(r, "keys")
		p := play(t, &incident{}, state, rapid.SampledFrom(sheets).Draw(r, "sheet"), w, h).Press(keys...)
		uitest.Exact(t, p.Screen.View(w, h), w, h)
	})
}

func BenchmarkView(b *testing.B) {
	p := play(b, &incident{}, gloves(), uitest.Truecolour(b), 200, 50)
	for b.Loop() {
		p.Screen.View(200, 50)
	}
}
