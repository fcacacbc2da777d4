package ui

import (
	"context"
	"errors"
	"testing"

	"andon/analysis"
	"andon/analysis/slo"
	"andon/ui/screen"
	"andon/ui/uitest"
)

// What the verdict does not wait for comes after it: to a new question nothing
// stands in its place, to the same one again what stood there.
func TestFurnish(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.plant.state.Business, p.plant.state.Expected = screen.Business{}, screen.Expectation{}
	var asked []screen.State
	var fails error
	p.model.config.Furnish = func(_ context.Context, s screen.State) (screen.State, error) {
		asked = append(asked, s)
		s.Business.Objectives = []slo.Standing{{Objective: slo.Objective{Metric: analysis.Accuracy, Target: .97}, Level: .5}}
		return s, fails
	}
	p.press("4", "enter")
	if len(asked) != 1 || !asked[0].Bare || !asked[0].Ready || asked[0].Business.Objectives != nil {
		t.Fatalf("a new filter asks for it %d times: %+v", len(asked), asked)
	}
	p.press("1").sees("SLO 97.0 %")
	p.send(Loaded{})
	if len(asked) != 2 || asked[1].Bare || len(asked[1].Business.Objectives) != 1 {
		t.Fatalf("asked again, what stood there went: %+v", asked[1:])
	}
	p.send(Progress{Loading: screen.Loading{Active: true}})
	p.send(Loaded{})
	if len(asked) != 3 || asked[2].Bare {
		t.Fatalf("while sources load, what stood there went: %+v", asked[2:])
	}
	p.send(Progress{})
	p.send(Loaded{})
	if len(asked) != 4 || !asked[3].Bare {
		t.Fatalf("all sources in, what a part of them told stays: %+v", asked[3:])
	}
	p.send(furnished{number: p.model.asking.number - 1})
	p.sees("SLO 97.0 %")
	fails = errors.New("the rates of rates.toml: no currency")
	p.send(Loaded{})
	if p.sees("the rates of rates.toml: no currency", "SLO 97.0 %"); p.model.state.Bare {
		t.Error("it is asked for still")
	}
}
