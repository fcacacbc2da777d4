package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"andon/analysis/analysistest"
)

// TestScoreEvents plays methods 6: changes found in changes_synthetic, the true
// event an exponential lag of two hours before each, eight decoys within two
// days; scopes right for four of five true events and one of five decoys.
func TestScoreEvents(t *testing.T) {
	type label struct {
		Cuts []int `json:"cps"`
	}
	labels := analysistest.Decode[map[string]label](t, "changes_synthetic", "labels.json")
	names := make([]string, 0, len(labels))
	for name := range labels {
		names = append(names, name)
	}
	slices.Sort(names)
	guilty := []SliceScore{{Where: Where{Is("line", "L2")}, Accepted: true}}
	random := rand.New(rand.NewPCG(7, 7))
	var plays, time1, scope1 int
	var said float64
	for _, name := range names {
		s := errorSeries(t, analysistest.Shared(t, "changes_synthetic", "series", name+".csv"))
		changes, _ := Changes(s)
		for _, cut := range labels[name].Cuts {
			onset := nearestChange(changes, s.At(cut))
			if onset == nil {
				continue
			}
			events := logged(random, s.At(cut))
			plays++
			first, stated := firstEvent(MatchEvents(events, *onset, nil, nil))
			said += stated
			time1 += side(first.ID == 1)
			first, _ = firstEvent(MatchEvents(events, *onset, guilty, nil))
			scope1 += side(first.ID == 1)
		}
	}
	n := float64(plays)
	top1, scope, stated := float64(time1)/n, float64(scope1)/n, said/n
	fmt.Printf("score: events top1=%.3f scope=%.3f stated=%.3f n=%d\n", top1, scope, stated, plays)
	if top1 < .75 || scope < .80 || math.Abs(stated-top1) > .06 {
		t.Error("below what was reached: top1 ≥ 0.75, scope ≥ 0.80, stated within 0.06 of top1")
	}
}

// firstEvent is the likeliest event and its probability given that one of the
// logged events did it, as the simulation has it.
func firstEvent(matches []EventMatch) (Event, float64) {
	var first *EventMatch
	some := 0.0
	for i, m := range matches {
		if m.Event == nil {
			continue
		}
		some += m.Probability
		if first == nil {
			first = &matches[i]
		}
	}
	return *first.Event, first.Probability / some
}

func nearestChange(changes []Change, truth time.Time) *Change {
	var best *Change
	for i, c := range changes {
		far := c.Onset.Sub(truth).Abs()
		if far <= 24*time.Hour && (best == nil || far < best.Onset.Sub(truth).Abs()) {
			best = &changes[i]
		}
	}
	return best
}

// logged is the true event, ID 1, among eight decoys.
func logged(random *rand.Rand, onset time.Time) []Event {
	scope := func(right float64) map[string]string {
		if random.Float64() < right {
			return map[string]string{"line": "L2"}
		}
		return map[string]string{"line": "L1"}
	}
	lag := time.Duration(random.ExpFloat64() * 2)
	events := []Event{{ID: 1, Time: onset.Add(-lag * time.Hour), Kind: "other", Scope: scope(.8)}}
	for i := range 8 {
		at := onset.Add(time.Duration(random.IntN(97)-48) * time.Hour)
		events = append(events, Event{ID: int64(i + 2), Time: at, Kind: "other", Scope: scope(.2)})
	}
	return events
}
