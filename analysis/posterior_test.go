package analysis

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// flat is a prior that favours nobody.
func flat() Chances {
	var c Chances
	for k := range c {
		c[k] = 1 / float64(len(c))
	}
	return c
}

// only is a table row that is likely under one cause and not under the rest.
func only(cause Cause, yes, otherwise float64) Chances {
	var c Chances
	for k := range c {
		c[k] = otherwise
		if Causes[k] == cause {
			c[k] = yes
		}
	}
	return c
}

func TestPosteriorIsBayes(t *testing.T) {
	ledger := []Evidence{
		{ID: "a", Tested: true, Weight: weigh(only(Model, .8, .2), 1)},
		{ID: "b", Tested: true, Weight: weigh(only(Floor, .6, .3), 0)},
		{ID: "c", Tested: false, Weight: weigh(only(Labels, .97, .03), 1)},
	}
	// By hand: model .8·.7, floor .2·.4, the other five .2·.7 each.
	sum := .8*.7 + .2*.4 + 5*.2*.7
	want := map[Cause]float64{Model: .8 * .7 / sum, Floor: .2 * .4 / sum, Labels: .2 * .7 / sum}
	got := Posterior(flat(), ledger)
	for cause, p := range want {
		if math.Abs(got[cause]-p) > 1e-12 {
			t.Errorf("%s: %v, by hand %v", cause, got[cause], p)
		}
	}
}

func TestPosteriorProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ledger := make([]Evidence, rapid.IntRange(0, 12).Draw(t, "n"))
		for i := range ledger {
			var yes Chances
			for k := range yes {
				yes[k] = rapid.Float64Range(0, 1).Draw(t, "p")
			}
			ledger[i] = Evidence{ID: rapid.SampledFrom([]string{"a", "slice.camera", "slice.place"}).Draw(t, "id"),
				Tested: rapid.Bool().Draw(t, "tested"), Weight: weigh(yes, rapid.Float64Range(-1, 2).Draw(t, "s"))}
		}
		total := 0.0
		for cause, p := range Posterior(Prior(), ledger) {
			if math.IsNaN(p) || p <= 0 || p > 1 {
				t.Fatalf("%s has probability %v", cause, p)
			}
			total += p
		}
		if math.Abs(total-1) > 1e-9 {
			t.Fatalf("probabilities sum to %v", total)
		}
	})
}

// mostWeight is odds of fifty to one.
const mostWeight = 3.9

func TestTables(t *testing.T) {
	total := 0.0
	for _, p := range Prior() {
		total += p
	}
	if math.Abs(total-1) > 1e-9 {
		t.Errorf("the prior sums to %v", total)
	}
	checks := map[string]bool{}
	for _, c := range Checks() {
		checks[c.ID] = true
		if clues[c.ID] == nil {
			t.Errorf("check %s has no clue that answers it", c.ID)
		}
		for k := range c.Yes {
			if w := max(math.Abs(c.Yes[k]), math.Abs(c.No[k])); w > mostWeight {
				t.Errorf("check %s, %s: weight %v, and no single answer may decide alone", c.ID, Causes[k], w)
			}
		}
	}
	for k, cause := range Causes {
		total := 0.0
		for _, f := range Families() {
			total += f.Given[k]
		}
		if math.Abs(total-1) > .03 {
			t.Errorf("the families under %s sum to %v", cause, total)
		}
	}
	rooms := map[string]int{}
	for _, s := range Checklist() {
		rooms[s.Room]++
		if s.Check != "" && !checks[s.Check] {
			t.Errorf("step %s runs check %q, which does not exist", s.ID, s.Check)
		}
		if s.Question == "" || s.Why == "" || s.IfYes == "" || s.IfNo == "" || s.Minutes <= 0 {
			t.Errorf("step %s does not say all it must", s.ID)
		}
	}
	for _, room := range Rooms {
		if rooms[room] == 0 {
			t.Errorf("no step looks into the room %q", room)
		}
	}
	if len(Checklist()) < 12 {
		t.Errorf("the checklist has %d steps, at least 12 are needed", len(Checklist()))
	}
}

func TestJudge(t *testing.T) {
	posterior := func(first, second float64) map[Cause]float64 {
		p := map[Cause]float64{Floor: first, Model: second}
		for _, c := range []Cause{Sensor, Pipeline, Labels, Traffic, Service} {
			p[c] = (1 - first - second) / 5
		}
		return p
	}
	for _, tt := range []struct {
		name       string
		p          map[Cause]float64
		decisive   Cause
		confounded string
		want       Confidence
	}{
		{"clear", posterior(.9, .05), None, "", Likely},
		{"clear and settled by a decisive test", posterior(.9, .05), Floor, "", Confirmed},
		{"clear, but the decisive test named another", posterior(.9, .05), Model, "", Likely},
		{"a rival at 0.15", posterior(.82, .15), None, "", Inconclusive},
		{"a leader below 0.8", posterior(.7, .05), None, "", Inconclusive},
		{"confounded however clear", posterior(.95, .01), None, "the same hour", Inconclusive},
	} {
		v, scores := Judge(tt.p, nil, tt.decisive, tt.confounded)
		if v.Outcome != tt.want || v.Cause != Floor || scores[0].Cause != Floor {
			t.Errorf("%s: %s %s, want %s floor", tt.name, v.Outcome, v.Cause, tt.want)
		}
		if tt.confounded != "" && v.Why != tt.confounded {
			t.Errorf("%s: says %q", tt.name, v.Why)
		}
	}
}

func TestAnsweredReplacesTheCheck(t *testing.T) {
	ledger := []Evidence{{ID: "version.moved", Saw: "stayed", Tested: true, Weight: weigh(only(Model, .9, .1), 0)}}
	findings := []Finding{
		{Step: "model.version", Outcome: No},
		{Step: "model.version", Outcome: Yes, Claim: "the log names the wrong version"},
		{Step: "floor.people", Outcome: Unclear},
		{Step: "sensor.lens", Outcome: Yes},
		{Step: "gone since", Outcome: Yes},
	}
	got, decisive := Answered(ledger, findings)
	if len(got) != 2 {
		t.Fatalf("ledger has %d lines, want the replaced check and the lens: %v", len(got), got)
	}
	if got[0].ID != "version.moved" || !strings.Contains(got[0].Saw, "wrong version") || got[0].Weight[Model] <= 0 {
		t.Errorf("the later answer does not stand in the check's place: %+v", got[0])
	}
	if decisive != Sensor {
		t.Errorf("decisive is %q, want sensor", decisive)
	}
	if ledger[0].Saw != "stayed" {
		t.Error("Answered changed the ledger it was given")
	}
}

func TestNextTests(t *testing.T) {
	steps := []Step{
		{ID: "sure", Minutes: 1, Yes: only(Floor, .97, .03)},
		{ID: "dear", Minutes: 100, Yes: only(Floor, .97, .03)},
		{ID: "empty", Minutes: 1, Yes: flat()},
		{ID: "done", Minutes: 1, Yes: only(Model, .97, .03)},
		{ID: "known", Minutes: 1, Check: "c", Yes: only(Model, .97, .03)},
	}
	posterior := Posterior(Chances{.5, .5 / 6, .5 / 6, .5 / 6, .5 / 6, .5 / 6, .5 / 6}, nil)
	tests := NextTests(steps, posterior, map[string]Outcome{"done": Yes}, map[string]bool{"c": true})
	if len(tests) != 2 || tests[0].Step != "sure" || tests[1].Step != "dear" {
		t.Fatalf("order is %v", tests)
	}
	// By hand: floor against the rest is one bit of a fair coin through a
	// channel that lies 3 % of the time: 1 - H(.03) of that bit; the six others
	// are not told apart.
	h := -(.03*math.Log2(.03) + .97*math.Log2(.97))
	if got, want := tests[0].Information, 1-h; math.Abs(got-want) > 1e-9 {
		t.Errorf("information %v, by hand %v", got, want)
	}
}
