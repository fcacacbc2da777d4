package analysis

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func onsetAt(hour float64, half time.Duration) Change {
	at := monday.Add(time.Duration(hour * float64(time.Hour)))
	return Change{Onset: at, Earliest: at.Add(-half), Latest: at.Add(half)}
}

func eventAt(hour float64, kind string, scope ...string) Event {
	e := Event{Time: monday.Add(time.Duration(hour * float64(time.Hour))), Kind: kind, Title: kind}
	if len(scope) == 2 {
		e.Scope = map[string]string{scope[0]: scope[1]}
	}
	return e
}

func TestMatchEvents(t *testing.T) {
	line2 := []SliceScore{{Where: Where{Is("line", "L2")}, Accepted: true}}
	for name, c := range map[string]struct {
		events []Event
		found  []SliceScore
		causes map[Cause]float64
		first  string // title, "" for none of them
	}{
		"no events":        {nil, nil, nil, ""},
		"just before":      {[]Event{eventAt(47.5, "deploy"), eventAt(20, "deploy")}, nil, nil, "deploy"},
		"long after":       {[]Event{eventAt(60, "deploy")}, nil, nil, ""},
		"out of reach":     {[]Event{eventAt(-20, "deploy")}, nil, nil, ""},
		"scope decides":    {[]Event{eventAt(47.9, "deploy", "line", "L1"), eventAt(47, "material", "line", "L2")}, line2, nil, "material"},
		"kind decides":     {[]Event{eventAt(47.5, "deploy"), eventAt(47.4, "material")}, nil, map[Cause]float64{Floor: .9, Model: .1}, "material"},
		"a deploy an hour": {append(hourly(40, 56, "deploy"), eventAt(47.2, "sensor")), nil, nil, "sensor"},
	} {
		t.Run(name, func(t *testing.T) {
			got := MatchEvents(c.events, onsetAt(48, 30*time.Minute), c.found, c.causes)
			title := ""
			if got[0].Event != nil {
				title = got[0].Event.Title
			}
			if title != c.first {
				t.Errorf("first is %q (%.2f, %s), want %q", title, got[0].Probability, got[0].Why, c.first)
			}
			if got[0].Why == "" {
				t.Error("no reason given")
			}
		})
	}
}

func hourly(from, to int, kind string) []Event {
	var out []Event
	for h := from; h < to; h++ {
		out = append(out, eventAt(float64(h)+.6, kind))
	}
	return out
}

func TestMatchEventsSumToOne(t *testing.T) {
	kinds := rapid.SampledFrom(append([]string{"", "unheard of"}, EventKinds...))
	rapid.Check(t, func(t *rapid.T) {
		var events []Event
		for range rapid.IntRange(0, 20).Draw(t, "events") {
			events = append(events, eventAt(rapid.Float64Range(-100, 200).Draw(t, "hour"), kinds.Draw(t, "kind")))
		}
		width := time.Duration(rapid.IntRange(0, 48).Draw(t, "width")) * time.Hour
		total, none := 0.0, 0
		for _, m := range MatchEvents(events, onsetAt(48, width), nil, map[Cause]float64{Floor: 1}) {
			total += m.Probability
			none += side(m.Event == nil)
			if m.Probability < 0 || math.IsNaN(m.Probability) {
				t.Fatalf("probability %v", m.Probability)
			}
		}
		if math.Abs(total-1) > 1e-9 || none != 1 {
			t.Fatalf("sum %v, %d answers without an event", total, none)
		}
	})
}
