package rootcause

import (
	"strings"
	"testing"

	"andon/analysis"
	"andon/analysis/hypothesis"
	"andon/analysis/playbook"
)

func gloves() analysis.Triage {
	return analysis.Triage{
		Quality: &analysis.Quality{Metric: "accuracy"},
		Verdict: analysis.Verdict{Cause: analysis.Floor},
		Causes:  []analysis.CauseScore{{Cause: analysis.Floor, Probability: .9, For: []string{"94 % unseen"}}},
		Slices:  []analysis.SliceScore{{Where: analysis.Where{analysis.Is("line", "L2")}, Contribution: .98, Accepted: true}},
		Ledger: []analysis.Evidence{
			{ID: "slice.camera", Saw: "no camera stands out", Tested: true, Weight: map[analysis.Cause]float64{analysis.Floor: .4, analysis.Sensor: -.1}},
			{ID: "version.moved", Saw: "the same model", Tested: true, Weight: map[analysis.Cause]float64{analysis.Floor: .4, analysis.Model: -2}},
			{ID: "data.missing", Saw: "not asked"},
		},
	}
}

var supported = []hypothesis.Hypothesis{{Text: "new gloves at L2", Status: hypothesis.Supported,
	Moves: []hypothesis.Move{{To: hypothesis.Supported, Reason: "purchasing says so"}}}}

func TestWhysStopWhereTheEvidenceStops(t *testing.T) {
	told := func(whys []Why) int {
		n := 0
		for _, w := range whys {
			if w.Told() {
				n++
			}
		}
		return n
	}
	open := Whys(gloves(), nil, nil)
	if len(open) != 3 || told(open) != 2 || !strings.Contains(open[2].Evidence, "next test") {
		t.Errorf("without a hypothesis the chain is %+v", open)
	}
	likely := []hypothesis.Hypothesis{{Text: "new gloves", Status: hypothesis.Testing, Probability: .8}}
	if chain := Whys(gloves(), nil, likely); chain[2].Answer != "new gloves" || !strings.Contains(chain[2].Evidence, "80 %") || chain[3].Told() {
		t.Errorf("with a likely hypothesis the chain is %+v", chain)
	}
	unlikely := []hypothesis.Hypothesis{{Text: "new gloves", Probability: .4}}
	if chain := Whys(gloves(), nil, unlikely); told(chain) != 2 {
		t.Errorf("what is unlikely stands in the chain: %+v", chain)
	}
	findings := []analysis.Finding{{ID: 1, Step: allowed, Outcome: analysis.Yes, Claim: "no rule asks purchasing to"},
		{ID: 2, Step: unnoticed, Outcome: analysis.Unclear, Claim: "nobody knows"}}
	chain := Whys(gloves(), findings, supported)
	if len(chain) != 5 || told(chain) != 4 || chain[3].Answer != "yes: no rule asks purchasing to" || chain[3].Evidence != "finding 1" {
		t.Errorf("the chain is %+v", chain)
	}
	plain, _ := analysis.FindStep(allowed)
	said := []analysis.Finding{{ID: 1, Step: allowed, Outcome: analysis.No, Claim: analysis.Said(plain, "a mail went to nobody")}}
	if chain := Whys(gloves(), said, supported); chain[3].Answer != "no: a mail went to nobody" {
		t.Errorf("the question stands in its answer: %q", chain[3].Answer)
	}
	if !strings.Contains(chain[2].Evidence, "purchasing says so") || !strings.Contains(chain[4].Evidence, "nobody knows") {
		t.Errorf("the evidence is %q and %q", chain[2].Evidence, chain[4].Evidence)
	}
	if Whys(analysis.Triage{Verdict: analysis.Verdict{Cause: analysis.None}}, findings, supported) != nil {
		t.Error("nothing changed, yet there is a why")
	}
}

func TestFishbone(t *testing.T) {
	findings := []analysis.Finding{
		{Step: "floor.frames", Outcome: analysis.No, Claim: "at first nothing"},
		{Step: "floor.frames", Outcome: analysis.Yes, Claim: "black gloves"},
		{Step: "sensor.lens", Outcome: analysis.Yes, Claim: "dirty"},
		{Step: "why.allowed", Outcome: analysis.Yes, Claim: "nobody asks purchasing"},
		{Step: "service.load", Outcome: analysis.Skipped, Claim: "nobody there"},
	}
	steps := analysis.Checklist()
	bones := Fishbone(gloves(), steps, findings)
	if len(bones) != len(playbook.Categories) {
		t.Fatalf("%d bones", len(bones))
	}
	items, asked := map[string]Item{}, 0
	for i, b := range bones {
		if b.Category != playbook.Categories[i] {
			t.Errorf("bone %d is %s", i, b.Category)
		}
		asked += len(b.Items) + b.Open
		for _, item := range b.Items {
			items[b.Category+"/"+item.Text] = item
		}
	}
	if asked != len(steps) {
		t.Errorf("%d of %d steps hang on a bone", asked, len(steps))
	}
	for key, state := range map[string]State{
		"material/yes: black gloves": Found, "machine/yes: dirty": Found, "machine/no camera stands out": Neither, "machine/the same model": Cleared,
		"method/yes: nobody asks purchasing": Found,
	} {
		if item, there := items[key]; !there || item.State != state {
			t.Errorf("%s is %q, want %s", key, item.State, state)
		}
	}
	if len(items) != 5 {
		t.Errorf("answers on the bones: %v", items)
	}
}
