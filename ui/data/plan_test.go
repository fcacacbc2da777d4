package data

import (
	"errors"
	"strings"
	"testing"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/uitest"
)

// planned is three sources before they are loaded: one sure, one guessed, and
// one that is no log.
func planned() screen.State {
	return screen.State{Path: "plant.andon", Pending: []screen.Pending{
		{Path: "logs/press.csv", Format: "csv", Kind: analysis.InferenceKind, Confidence: 0.94, Warnings: []string{"ts: the times carry no zone; taken as UTC"},
			Fields: []analysis.Field{
				{Name: "time", Path: "ts", Role: analysis.RoleTime, Type: analysis.Time},
				{Name: "klass", Path: "result.klass", Role: analysis.RoleDimension},
				{Name: "prediction", Path: "verdict", Role: analysis.RolePrediction},
				{Path: "debug", Role: screen.Dropped},
			}},
		{Path: "logs/rework.csv", Format: "csv", Kind: analysis.LabelKind, Confidence: 0.58, Fields: []analysis.Field{{Name: "id", Path: "serial", Role: analysis.RoleID}}},
		{Path: "logs/manual.pdf", Why: "not recognised: this is a PDF; export it as CSV or JSON lines"},
	}}
}

// Before loading, a field's role and a source's kind are changed in three keys
// each, and L loads what is shown.
func TestPlan(t *testing.T) {
	r := plant()
	p := play(t, r, planned(), uitest.Mono(t), 80, 21).Press("tab", "down", "r", "home", "enter")
	p.Press("tab", "down", "enter", "home", "enter", "L")
	if got, want := strings.Join(r.asked, ", "), "0 result.klass is prediction, 1 is inference, begin"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	for _, action := range p.Actions {
		if action != (screen.Refresh{}) {
			t.Errorf("it asks the root for %v", action)
		}
	}
}

// What cannot be understood so is told, and stays as it was.
func TestPlanRefused(t *testing.T) {
	r := plant()
	p := play(t, r, planned(), uitest.Mono(t), 80, 21).Press("tab", "r")
	r.err = errors.New(`column "klass" cannot be the time`)
	p.Press("enter")
	if len(p.Actions) != 1 || p.Actions[0] != (screen.Notify{Text: `column "klass" cannot be the time`}) {
		t.Errorf("it asks the root for %v", p.Actions)
	}
	if p.Press("r"); !p.Screen.Typing() {
		t.Error("after a refusal no role can be chosen any more")
	}
}
