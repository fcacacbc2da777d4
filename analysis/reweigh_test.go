package analysis

import (
	"math"
	"slices"
	"testing"
	"time"

	"andon/analysis/analysistest"

	"pgregory.net/rapid"
)

// torn is a triage between floor and model, with a release confounded.
func torn() Triage {
	ledger := []Evidence{
		{ID: "inputs.unseen", Saw: "unseen", Tested: true, Weight: weigh(only(Floor, .9, .1), 1)},
		{ID: "version.moved", Saw: "moved", Tested: true, Weight: weigh(only(Model, .8, .1), 1)},
	}
	t := Triage{Ledger: ledger, Onset: &Change{Onset: time.Unix(0, 0), Earliest: time.Unix(0, 0), Latest: time.Unix(0, 0)}}
	t.Verdict, t.Causes = Judge(Posterior(Prior(), ledger), ledger, None, "")
	return t
}

func probability(t Triage, c Cause) float64 { return posteriorOf(t.Causes)[c] }

func TestASwapTestDecidesModelOrWorld(t *testing.T) {
	for _, tt := range []struct {
		outcome Outcome
		want    float64
		cause   Cause
	}{{Yes, .97, Model}, {No, .03, Floor}} {
		swap := Finding{Step: SwapStep, Query: SwapQuery + "1", Outcome: tt.outcome}
		after := torn().Weighed(nil, []Finding{swap})
		analysistest.Near(t, "P(model)", probability(after, Model), tt.want, 1e-9)
		if after.Verdict.Cause != tt.cause {
			t.Errorf("%s: blames %s", tt.outcome, after.Verdict.Cause)
		}
		plain := torn()
		analysistest.Near(t, "floor against sensor", probability(after, Floor)/probability(after, Sensor),
			probability(plain, Floor)/probability(plain, Sensor), 1e-6)
		if tt.outcome == Yes && after.Verdict.Outcome != Confirmed {
			t.Errorf("a swap test that names the leader leaves %s", after.Verdict.Outcome)
		}
	}
	sure := torn()
	sure.Ledger = append(sure.Ledger, Evidence{ID: "more", Tested: true, Weight: weigh(only(Model, .03, .97), 1)})
	sure = sure.Weighed(nil, []Finding{{Step: SwapStep, Query: SwapQuery + "1", Outcome: No}})
	if p := probability(sure, Model); p > .03 {
		t.Errorf("a swap test that clears the model leaves it %v, more than it had", p)
	}
	// A person's word about a replay nobody imported is an answer like others.
	said := torn().Weighed(nil, []Finding{{Step: SwapStep, Outcome: No}})
	if p := probability(said, Model); math.Abs(p-.03) < 1e-3 || p >= probability(torn(), Model) {
		t.Errorf("an answer without a measured swap test leaves the model %v", p)
	}
}

// A swap test says what it says whatever the ledger held before.
func TestASwapTestOverridesAnyLedger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ledger []Evidence
		for i := range rapid.IntRange(0, 8).Draw(t, "lines") {
			var yes Chances
			for k := range yes {
				yes[k] = rapid.Float64Range(.05, .95).Draw(t, "chance")
			}
			ledger = append(ledger, Evidence{ID: string(rune('a' + i)), Tested: true, Weight: weigh(yes, rapid.Float64Range(0, 1).Draw(t, "answer"))})
		}
		swap := Finding{Step: SwapStep, Query: SwapQuery + "1", Outcome: Yes}
		triage := Triage{Ledger: ledger}
		triage.Verdict, triage.Causes = Judge(Posterior(Prior(), ledger), ledger, None, "")
		triage = triage.Weighed(nil, []Finding{swap})
		sum := 0.0
		for _, c := range triage.Causes {
			sum += c.Probability
		}
		if p := probability(triage, Model); p < .97-1e-6 || math.Abs(sum-1) > 1e-9 {
			t.Fatalf("P(model) = %v of %v", p, sum)
		}
	})
}

func TestOwnStepsAreWeighed(t *testing.T) {
	own := []Step{{ID: "own.booth", Question: "dust?", Minutes: 1, Yes: only(Sensor, .97, .03), Settles: []Cause{Sensor}, Decisive: true}}
	plain := torn().Weighed(own, nil)
	if !slices.ContainsFunc(plain.Next, func(n Test) bool { return n.Step == "own.booth" }) {
		t.Error("the own step is not among the next tests")
	}
	analysistest.Near(t, "nothing answered", probability(plain, Sensor), probability(torn(), Sensor), 1e-12)
	yes := torn().Weighed(own, []Finding{{Step: "own.booth", Outcome: Yes, Claim: "thick"}})
	if probability(yes, Sensor) <= 3*probability(torn(), Sensor) {
		t.Errorf("a yes moves sensor from %v to %v", probability(torn(), Sensor), probability(yes, Sensor))
	}
	if last := yes.Ledger[len(yes.Ledger)-1]; last.Saw != "thick (yes)" || !last.Tested {
		t.Errorf("the ledger ends with %+v", last)
	}
	for _, test := range yes.Next {
		if test.Step == "own.booth" {
			t.Error("what was answered is asked again")
		}
	}
	if same := (Triage{Verdict: Verdict{Cause: None}}).Weighed(own, nil); same.Next != nil {
		t.Error("nothing changed, yet there is something to ask")
	}
	if again := torn().Weighed(own, []Finding{{Step: "own.booth", Outcome: Skipped}}); math.Abs(probability(again, Sensor)-probability(torn(), Sensor)) > 1e-12 {
		t.Error("a skipped step moved a cause")
	}
}

func TestBroughtBySumsToOne(t *testing.T) {
	for _, kind := range append([]string{"", "witchcraft"}, EventKinds...) {
		sum := 0.0
		for _, c := range Causes {
			sum += BroughtBy(kind, c)
		}
		analysistest.Near(t, kind, sum, 1, 1e-9)
	}
	if BroughtBy("material", Floor) <= BroughtBy("material", Model) {
		t.Error("a new material fits the model better than the floor")
	}
}

// Weighing answers afterwards gives what asking the log again with them would.
func TestWeighedIsWhatInvestigateWouldSay(t *testing.T) {
	ctx, findings := t.Context(), []Finding{{Step: "floor.material", Outcome: Yes}, {Step: "sensor.lens", Outcome: No}, {Step: "model.version", Outcome: Skipped}}
	log, windows := gloves(t)
	alone, err := Investigate(ctx, Inquiry{Log: log, Windows: windows})
	if err != nil {
		t.Fatal(err)
	}
	with, err := Investigate(ctx, Inquiry{Log: log, Windows: windows, Findings: findings})
	if err != nil {
		t.Fatal(err)
	}
	if len(alone.Causes) == 0 {
		t.Fatal("no cause was weighed")
	}
	after := alone.Weighed(nil, findings)
	if after.Verdict != with.Verdict || !slices.EqualFunc(after.Next, with.Next, func(a, b Test) bool { return a.Step == b.Step }) {
		t.Errorf("weighed afterwards: %+v, at once: %+v", after.Verdict, with.Verdict)
	}
}
