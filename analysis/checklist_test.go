package analysis

import (
	"slices"
	"testing"

	"andon/analysis/playbook"
)

// A playbook's words are the analysis' own: it stands below the analysis and
// cannot ask.
func TestPlaybookSpeaksOfTheSameCauses(t *testing.T) {
	var causes []string
	for _, c := range Causes {
		causes = append(causes, string(c))
	}
	if !slices.Equal(causes, playbook.Causes) {
		t.Errorf("playbooks know %v, a verdict %v", playbook.Causes, causes)
	}
}

func TestStepsOf(t *testing.T) {
	steps := Checklist()
	if len(steps) < 40 {
		t.Fatalf("%d steps, want those of eight playbooks", len(steps))
	}
	lens, ok := FindStep("sensor.lens")
	if !ok || !lens.Decisive || lens.Settles[0] != Sensor || lens.Yes[slices.Index(Causes, Sensor)] != .93 || lens.Playbook != "vision" {
		t.Errorf("the lens is %+v, %v", lens, ok)
	}
	own := Step{ID: "own"}
	if _, ok := FindStep("own"); ok {
		t.Error("a step nobody has is found")
	}
	if s, ok := FindStep("own", own); !ok || s.ID != "own" {
		t.Error("a user's own step is not found")
	}
	steps[0].ID = "spoilt"
	if Checklist()[0].ID == "spoilt" {
		t.Error("a caller can change the checklist")
	}
}

// The likelier step of a group is worth less once another is answered.
func TestAnAnswerDrawsInItsGroup(t *testing.T) {
	steps := []Step{
		{ID: "first", Group: "same", Minutes: 1, Yes: only(Sensor, .9, .1)},
		{ID: "second", Group: "same", Minutes: 1, Yes: only(Sensor, .9, .1)},
	}
	p := Posterior(Prior(), nil)
	alone := NextTests(steps, p, nil, nil)[0].Information
	after := NextTests(steps, p, map[string]Outcome{"first": No}, nil)[0].Information
	skipped := NextTests(steps, p, map[string]Outcome{"first": Skipped}, nil)[0].Information
	if after >= alone || skipped != alone {
		t.Errorf("information %v alone, %v after an answer, %v after none", alone, after, skipped)
	}
}
