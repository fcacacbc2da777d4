package hypothesis

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

var onset = time.Date(2026, 3, 6, 6, 20, 0, 0, time.UTC)

// gloves is a triage torn between the floor and the model, with a material
// event, a deploy, and line=L2 to blame.
func gloves() analysis.Triage {
	material := analysis.Event{Time: onset.Add(-time.Hour), Kind: "material", Title: "gloves of another vendor"}
	deploy := analysis.Event{Time: onset.Add(-2 * time.Hour), Kind: "deploy", Title: "vision 4.2.1"}
	return analysis.Triage{
		Verdict: analysis.Verdict{Cause: analysis.Floor, Outcome: analysis.Inconclusive},
		Onset:   &analysis.Change{Onset: onset},
		Causes: []analysis.CauseScore{
			{Cause: analysis.Floor, Probability: .7, For: []string{"never seen before"}, Against: []string{"all lines fell"}, Untested: []string{"frames?"}},
			{Cause: analysis.Model, Probability: .25},
			{Cause: analysis.Labels, Probability: .01},
		},
		Slices: []analysis.SliceScore{{Where: analysis.Where{analysis.Is("line", "L2")}, Contribution: .9, Accepted: true}},
		Events: []analysis.EventMatch{
			{Event: &material, Probability: .6, Why: "an hour before"},
			{Event: &deploy, Probability: .3, Why: "two hours before"},
			{Probability: .1, Why: "none explains it"},
		},
	}
}

func TestPropose(t *testing.T) {
	all := Weighed(gloves(), nil)
	first := all[0]
	if first.Cause != analysis.Floor || first.Where != "line=L2" || first.Event != "gloves of another vendor" || first.Status != Proposed {
		t.Errorf("first is %+v", first)
	}
	for _, want := range []string{"material event", `"gloves of another vendor"`, "at line=L2", "since 2026-03-06 06:20Z"} {
		if !strings.Contains(first.Text, want) {
			t.Errorf("%q does not say %q", first.Text, want)
		}
	}
	causes := map[analysis.Cause]float64{}
	for _, h := range all {
		causes[h.Cause] += h.Probability
		if h.Cause == analysis.Labels {
			t.Errorf("a cause of 1 %% is worth %q", h.Text)
		}
	}
	// What a cause has is what its hypotheses share, less the events too
	// unlikely for a line.
	if f := causes[analysis.Floor]; f > .7+1e-9 || f < .65 {
		t.Errorf("the floor's hypotheses share %v of .7", f)
	}
	if !slices.Contains(first.For, "line=L2 carries 90 % of the drop") || !slices.Contains(first.For, "an hour before") {
		t.Errorf("for it speaks %q", first.For)
	}
	if len(first.Against) != 1 || len(first.Untested) != 1 {
		t.Errorf("against %q, untested %q", first.Against, first.Untested)
	}
	if Weighed(analysis.Triage{Verdict: analysis.Verdict{Cause: analysis.None}}, nil) != nil {
		t.Error("nothing changed, yet something may have happened")
	}
}

// The ledger's line about the material event speaks for the hypothesis that
// names it and against those that do not.
func TestTheEventSpeaksForItsOwn(t *testing.T) {
	triage := gloves()
	const line = `material event "gloves of another vendor": an hour before`
	triage.Ledger = []analysis.Evidence{{ID: "event.family", Saw: line, Tested: true}}
	triage.Causes[0].For = []string{line}
	for _, h := range Weighed(triage, nil) {
		if h.Cause != analysis.Floor {
			continue
		}
		own := h.Event == "gloves of another vendor"
		if slices.Contains(h.For, line) != own || slices.Contains(h.Against, line) == own {
			t.Errorf("%q: for %q, against %q", h.Text, h.For, h.Against)
		}
	}
}

func TestHerOwnStandsBesideTheOthers(t *testing.T) {
	own := Hypothesis{ID: 3, Cause: analysis.Floor, Where: "line=L2 shift=night", Text: "the night shift wears winter gloves", Own: true}
	all := Weighed(gloves(), []Hypothesis{own})
	i := find(all, own)
	if i < 0 || all[i].Status != Proposed || all[i].ID != 3 || all[i].Probability <= 0 {
		t.Fatalf("her own is at %d of %+v", i, all)
	}
	alone := Weighed(gloves(), nil)
	unlogged := Hypothesis{Cause: analysis.Floor, Where: "line=L2"}
	if got, want := all[find(all, unlogged)].Probability+all[i].Probability, alone[find(alone, unlogged)].Probability; math.Abs(got-want) > 1e-12 {
		t.Errorf("the two share %v, want what one had: %v", got, want)
	}
	if !slices.ContainsFunc(all[i].Untested, func(s string) bool { return strings.Contains(s, "shift=night") }) {
		t.Errorf("nothing says that its slice was not looked at: %q", all[i].Untested)
	}
}

func TestAKeptOneTakesItsPlace(t *testing.T) {
	kept := Hypothesis{ID: 9, Cause: analysis.Floor, Where: "line=L2", Event: "gloves of another vendor", Status: Testing}
	all := Weighed(gloves(), []Hypothesis{kept})
	if len(all) != len(Weighed(gloves(), nil)) || all[0].ID != 9 || all[0].Status != Testing || all[0].Text == "" {
		t.Errorf("the kept one is %+v", all[0])
	}
	gone := Hypothesis{ID: 8, Cause: analysis.Sensor, Where: "camera=9", Event: "gone since", Status: Refuted}
	all = Weighed(gloves(), []Hypothesis{gone})
	if i := find(all, gone); i < 0 || all[i].Probability != 0 || all[i].Status != Refuted {
		t.Error("a hypothesis that nothing in the log names any more was dropped")
	}
}

// Oracle: the table of statuses in the doc comment of Moved.
func TestMoved(t *testing.T) {
	step := func(decisive bool, settles ...analysis.Cause) analysis.Step {
		return analysis.Step{ID: "s", Decisive: decisive, Settles: settles, Yes: analysis.Chances{.95}}
	}
	for _, tt := range []struct {
		name    string
		status  Status
		step    analysis.Step
		outcome analysis.Outcome
		want    Status
	}{
		{"first answer", Proposed, step(false, analysis.Sensor, analysis.Floor), analysis.No, Testing},
		{"about another cause", Proposed, step(false, analysis.Sensor), analysis.Yes, Proposed},
		{"decisive yes", Testing, step(true, analysis.Floor), analysis.Yes, Supported},
		{"decisive no", Testing, step(true, analysis.Floor), analysis.No, Refuted},
		{"decisive no that floors often give", Testing, analysis.Step{Decisive: true, Settles: []analysis.Cause{analysis.Floor}, Yes: analysis.Chances{.6}}, analysis.No, Testing},
		{"decisive for another", Proposed, step(true, analysis.Sensor, analysis.Floor), analysis.Yes, Testing},
		{"unclear", Proposed, step(true, analysis.Floor), analysis.Unclear, Proposed},
		{"a person decided", Refuted, step(true, analysis.Floor), analysis.Yes, Refuted},
	} {
		h := Hypothesis{Cause: analysis.Floor, Status: tt.status, Probability: .5}
		changes := Moved([]Hypothesis{h}, []Hypothesis{h}, tt.step, tt.outcome, "because")
		got := tt.status
		if len(changes) > 0 {
			got = changes[0].Move.To
			if changes[0].Move.Reason != "because" || changes[0].Move.From != tt.status {
				t.Errorf("%s: moved %+v", tt.name, changes[0].Move)
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	two := []Hypothesis{{ID: 1, Cause: analysis.Floor, Status: Testing, Event: "gloves", Probability: .6}, {ID: 2, Cause: analysis.Floor, Status: Testing, Probability: .3}}
	if changes := Moved(two, two, step(true, analysis.Floor), analysis.Yes, ""); len(changes) != 1 || changes[0].Move.Hypothesis != 1 {
		t.Errorf("a yes to the cause moved %+v, want the likeliest alone", changes)
	}
	before, after := []Hypothesis{{Cause: analysis.Floor, Probability: .5}}, []Hypothesis{{Cause: analysis.Floor, Probability: .8}}
	if changes := Moved(before, after, analysis.Step{}, analysis.Unclear, ""); len(changes) != 1 || changes[0].Move.Before != .5 || changes[0].Move.After != .8 {
		t.Errorf("a probability that moved by 30 points left %+v", changes)
	}
}

func TestWithItsMoves(t *testing.T) {
	h := Hypothesis{ID: 2}.With([]Move{{Hypothesis: 1, To: Refuted}, {Hypothesis: 2, To: Testing}, {Hypothesis: 2, To: Supported}})
	if h.Status != Supported || len(h.Moves) != 2 || h.Open() {
		t.Errorf("after its moves: %+v", h)
	}
	if h := (Hypothesis{}).With([]Move{{To: Refuted}}); h.Status != Proposed || len(h.Moves) != 0 {
		t.Errorf("one that was never kept has moves: %+v", h)
	}
}

// Whatever the triage and whoever added what, probabilities stay a share of
// their cause's.
func TestShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		triage := gloves()
		for i := range triage.Events {
			triage.Events[i].Probability = rapid.Float64Range(0, 1).Draw(t, "event")
		}
		var kept []Hypothesis
		for i := range rapid.IntRange(0, 5).Draw(t, "own") {
			kept = append(kept, Hypothesis{ID: int64(i + 1), Own: true, Text: rapid.String().Draw(t, "text"),
				Cause: rapid.SampledFrom(analysis.Causes).Draw(t, "cause"),
				Event: rapid.SampledFrom([]string{"", "vision 4.2.1", "unknown"}).Draw(t, "event")})
		}
		sums := map[analysis.Cause]float64{}
		for _, h := range Weighed(triage, kept) {
			if h.Probability < 0 || math.IsNaN(h.Probability) {
				t.Fatalf("probability %v", h.Probability)
			}
			sums[h.Cause] += h.Probability
		}
		for _, c := range triage.Causes {
			if sums[c.Cause] > c.Probability+1e-9 {
				t.Fatalf("%s has %v and its hypotheses share %v", c.Cause, c.Probability, sums[c.Cause])
			}
		}
	})
}

// An event of a kind that hardly ever brings a cause about has no share of it,
// and what nobody logged always keeps one.
func TestEventShares(t *testing.T) {
	triage := gloves()
	triage.Events[2].Probability = 0
	for _, c := range analysis.Causes {
		shares, sum := eventShares(triage, c), 0.0
		for title, share := range shares {
			sum += share
			if kind := map[string]string{"vision 4.2.1": "deploy", "gloves of another vendor": "material"}[title]; kind != "" && analysis.BroughtBy(kind, c) < leastBrought {
				t.Errorf("%s: %q has a share of %v", c, title, share)
			}
		}
		if math.Abs(sum-1) > 1e-9 || shares[""] < leastUnlogged {
			t.Errorf("%s: %v sum to %v", c, shares, sum)
		}
	}
}
