package report

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"andon/analysis"
)

var noon = time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)

// found is a triage of a drop on line L2, with an unknown on purpose.
func found() analysis.Triage {
	before, after := analysis.Sum{Rows: 1000, Known: 400, Good: 370}, analysis.Sum{Rows: 500, Known: 200, Good: 120}
	quality := analysis.CompareQuality(analysis.Measure{Metric: "accuracy", Labelled: 600}, before, after)
	onset := analysis.Change{Onset: noon, Earliest: noon.Add(-time.Hour), Latest: noon.Add(time.Hour), Before: .925, After: .6, Z: -9}
	material := analysis.Event{Time: noon.Add(-5 * time.Minute), Kind: "material", Title: "new <gloves> | lot *7*", Scope: map[string]string{"line": "L2"}}
	return analysis.Triage{
		Measure: analysis.Measure{Metric: "accuracy", Known: 600, Labelled: 600},
		Quality: &quality, Series: dropped(), Onset: &onset, Changes: []analysis.Change{onset},
		Windows: analysis.Windows{Before: analysis.Window{From: noon.Add(-48 * time.Hour), To: noon}, After: analysis.Window{From: noon, To: noon.Add(24 * time.Hour)}},
		Account: &analysis.Account{Delta: quality.Delta, New: quality.Delta, By: []string{"line"}},
		Verdict: analysis.Verdict{Cause: analysis.Floor, Outcome: analysis.Likely, Probability: .9, Why: "line=L2 carries the drop"},
		Causes:  []analysis.CauseScore{{Cause: analysis.Floor, Probability: .9, For: []string{"line=L2 carries the drop"}}},
		Ledger:  []analysis.Evidence{{ID: "slice.place", Saw: "line=L2 carries the drop", Tested: true, Weight: map[analysis.Cause]float64{analysis.Floor: 1}}},
		Slices: []analysis.SliceScore{{Where: analysis.Where{analysis.Is("line", "L2")}, Before: before, After: after, Contribution: 1,
			Interval: analysis.Interval{Lo: math.Inf(-1), Hi: math.NaN()}, Accepted: true}},
		Signals: []analysis.Signal{{Column: "brightness", Effect: 1.2, Changed: true, Direction: "down", Why: "its mean went down"}},
		Events:  []analysis.EventMatch{{Event: &material, Probability: .8, Why: "5 min before"}, {Probability: .2, Why: "none fits"}},
		Next:    []analysis.Test{{Step: "floor.frames", Title: "Look", Settles: []analysis.Cause{analysis.Floor}, Minutes: 3, Information: .1}},
	}
}

// dropped falls from 90 % to 60 % at noon, with one hour missing.
func dropped() analysis.Series {
	s := analysis.Series{Name: "accuracy", Start: noon.Add(-48 * time.Hour), Step: time.Hour, Buckets: make([]analysis.Sum, 72)}
	for i := range s.Buckets {
		s.Buckets[i] = analysis.Sum{Rows: 20, Known: 10, Good: 9}
		if i >= 48 {
			s.Buckets[i].Good = 6
		}
	}
	s.Buckets[30] = analysis.Sum{}
	return s
}

// contract are the keys that every triage must have, whatever was found.
var contract = []string{"schema", "quality", "onset", "windows", "account", "verdict", "causes", "slices", "signals", "events", "next", "warnings"}

func decode(t *testing.T, triage analysis.Triage) map[string]any {
	t.Helper()
	raw, err := json.Marshal(NewTriage(triage))
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(raw, &keys); err != nil {
		t.Fatal(err)
	}
	for _, key := range contract {
		if _, ok := keys[key]; !ok {
			t.Errorf("key %q is missing", key)
		}
	}
	return keys
}

func TestContractOfADrop(t *testing.T) {
	got := decode(t, found())
	verdict := got["verdict"].(map[string]any)
	if verdict["cause"] != "floor" || verdict["outcome"] != "likely" {
		t.Errorf("verdict is %v", verdict)
	}
	slice := got["slices"].([]any)[0].(map[string]any)
	if where := slice["where"].(map[string]any); where["line"] != "L2" {
		t.Errorf("where is %v", where)
	}
	if interval := slice["interval"].([]any); interval[0] != nil || interval[1] != nil {
		t.Errorf("an infinite and an unknown bound are %v, want nulls", interval)
	}
	if none := got["events"].([]any)[1].(map[string]any); none["time"] != nil {
		t.Errorf("the event that is none has time %v", none["time"])
	}
	if at := got["onset"].(map[string]any)["time"]; at != "2026-03-07T12:00:00Z" {
		t.Errorf("onset is %v", at)
	}
}

func TestContractOfNoChange(t *testing.T) {
	got := decode(t, analysis.Triage{Measure: analysis.Measure{Metric: "accuracy", Known: 10, Labelled: 10},
		Windows: analysis.Windows{Before: analysis.Window{From: noon, To: noon.Add(1)}},
		Verdict: analysis.Verdict{Cause: analysis.None, Outcome: analysis.NoChange, Probability: .95}})
	for _, key := range []string{"onset", "windows", "account"} {
		if got[key] != nil {
			t.Errorf("%s is %v, want null", key, got[key])
		}
	}
	for _, key := range []string{"causes", "slices", "signals", "events", "next", "warnings"} {
		if list, ok := got[key].([]any); !ok || len(list) != 0 {
			t.Errorf("%s is %v, want []", key, got[key])
		}
	}
}

func TestContractWithoutQuality(t *testing.T) {
	got := decode(t, analysis.Triage{Verdict: analysis.Verdict{Cause: analysis.Floor, Outcome: analysis.Inconclusive}})
	if got["quality"] != nil {
		t.Errorf("quality of an empty file is %v, want null", got["quality"])
	}
	got = decode(t, analysis.Triage{Series: dropped(), Verdict: analysis.Verdict{Cause: analysis.Floor, Outcome: analysis.Inconclusive}})
	quality := got["quality"].(map[string]any)
	if quality["metric"] != "estimated_accuracy" || quality["before"] != nil || quality["delta"] != nil || quality["interval"] != nil {
		t.Errorf("quality of answers that nobody can judge is %v, want nulls", quality)
	}
}
