package analysis

import (
	"strings"
	"testing"
)

// The model is named where something is about it, and not where it only leads
// because nothing else was logged.
func TestByElimination(t *testing.T) {
	lead := map[Cause]float64{Floor: .05, Sensor: .02, Pipeline: .02, Model: .9, Labels: .01}
	point := map[Cause]float64{Model: 1.2}
	family := func(p float64) Evidence {
		return Evidence{ID: "event.family", Tested: true, Weight: point, Families: map[string]float64{string(Model): p}}
	}
	for _, test := range []struct {
		name      string
		posterior map[Cause]float64
		ledger    []Evidence
		decisive  Cause
		named     bool
	}{
		{"confidence fell", lead, []Evidence{{ID: "answers.moved", Tested: true, Yes: 1, Weight: point}}, None, false},
		{"a version took over", lead, []Evidence{{ID: "version.moved", Tested: true, Yes: 1, Weight: point}}, None, true},
		{"no version took over", lead, []Evidence{{ID: "version.moved", Tested: true, Yes: 0, Weight: point}}, None, false},
		{"versions are not logged", lead, []Evidence{{ID: "version.moved", Yes: 1, Weight: point}}, None, false},
		{"somebody says so of a check", lead, []Evidence{{ID: "version.moved", Tested: true, Number: string(Yes), Weight: point}}, None, true},
		{"somebody says so", lead, []Evidence{{ID: "model.shadow", Tested: true, Weight: point}}, None, true},
		{"a release is on record", lead, []Evidence{family(.6)}, None, true},
		{"another event is on record", lead, []Evidence{family(.1)}, None, false},
		{"the swap test says so", lead, nil, Model, true},
		{"the floor leads", map[Cause]float64{Floor: .9, Model: .1}, nil, None, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			why := reservation(test.posterior, test.ledger, nil, test.decisive)
			if (why == "") != test.named {
				t.Errorf("reservation %q", why)
			}
			if !test.named && !strings.Contains(why, "by elimination") {
				t.Errorf("reservation %q does not say why", why)
			}
		})
	}
}
