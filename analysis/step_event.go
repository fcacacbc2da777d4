package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// A state that a metric shows is a change when it changes: the recipe goes
// from 7 to 9, a lamp is switched off, another tool is mounted.
//
//	value  7 7 7 7 7 7 7 7 9 9 9 9 9 9 9 9
//	                       └ event "recipe 7 → 9"
//
// A series is a state if it takes few values and holds each for long; a
// counter takes many, a lamp that blinks with every part holds none.
const (
	stateValues  = 12 // distinct values at most
	stateHeld    = 5  // samples that each value is held, on average
	stateChanges = 20 // changes at most
)

// stateKinds are the words of a metric's name that tell what kind of change
// its steps are.
var stateKinds = []struct {
	kind  string
	words []string
}{
	{"material", []string{"recipe", "material", "sku", "product", "article", "lot", "batch", "vendor", "supplier"}},
	{"sensor", []string{"lamp", "light", "led", "camera", "lens", "exposure", "gain", "focus"}},
	{"staffing", []string{"shift", "crew", "operator", "team"}},
	{"maintenance", []string{"tool", "maintenance", "cleaning", "calibration"}},
	{"deploy", []string{"version", "firmware", "release", "revision", "build"}},
	{"config", []string{"mode", "setting", "threshold", "config", "program", "setpoint", "enabled"}},
}

// StepEvents are the steps of the metrics that are states, as change events in
// the order of their times: kind by the metric's name ("infra" where no word of
// it is known), title "recipe 7 → 9", scope its labels, Time the first sample
// of the new value. ID is 0, as nothing keeps them. Samples may be in any
// order; NaN is passed over. Cost: a sort of each series.
func StepEvents(metrics []MetricSeries) []Event {
	var events []Event
	for _, m := range metrics {
		events = append(events, m.steps()...)
	}
	slices.SortStableFunc(events, func(a, b Event) int { return a.Time.Compare(b.Time) })
	return events
}

// steps are the events of one series; none where it is no state.
func (m MetricSeries) steps() []Event {
	order := make([]int, 0, len(m.Times))
	for i, v := range m.Values {
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(m.Times[a], m.Times[b]) })
	values := map[float64]bool{}
	var changes []int // places in order
	for k, i := range order {
		values[m.Values[i]] = true
		if k > 0 && m.Values[i] != m.Values[order[k-1]] {
			changes = append(changes, k)
		}
		if len(values) > stateValues || len(changes) > stateChanges {
			return nil
		}
	}
	if len(changes) == 0 || len(order) < stateHeld*(len(changes)+1) {
		return nil
	}
	events := make([]Event, 0, len(changes))
	for _, k := range changes {
		from, to := m.Values[order[k-1]], m.Values[order[k]]
		events = append(events, Event{Time: time.Unix(0, m.Times[order[k]]).UTC(), Kind: stateKind(m.Name), Scope: m.Labels,
			Title:  fmt.Sprintf("%s %s → %s", m.Name, FormatNumber(from), FormatNumber(to)),
			Detail: "a step of this metric"})
	}
	return events
}

// stateKind is the kind of change that a step of the metric is.
func stateKind(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r < 'a' || r > 'z' })
	for _, k := range stateKinds {
		for _, w := range words {
			if slices.Contains(k.words, w) {
				return k.kind
			}
		}
	}
	return "infra"
}
