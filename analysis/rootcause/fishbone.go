package rootcause

import (
	"slices"

	"andon/analysis"
	"andon/analysis/playbook"
)

// Bone is one of the six of a fishbone, with what was asked about it.
type Bone struct {
	Category string
	Items    []Item
	Open     int // steps of this category that nobody answered
}

// State is what an item says of what its step suspects.
type State string

const (
	Found   State = "found"   // the suspicion holds
	Cleared State = "cleared" // it does not
	Neither State = "neither" // was answered, and does not tell
)

// Item is one answer on a bone: what was seen, by whom (the log, or a finding).
type Item struct {
	Text  string
	State State
	By    string
}

// speaks is the weight, in natural-log units, from which an answer is for or
// against a cause; as in the ledger.
const speaks = .25

// Fishbone hangs every answer, of the log and of people, on the bone of its
// step: man, machine, material, method, measurement, environment. A step
// suspects the first cause it settles: an item is found where it makes that
// likelier, cleared where less likely. One of the whys is found where it was
// answered with yes. A step that people answered hides the log's own answer. All six bones are
// always there, in that order. Cost: O(steps · findings).
func Fishbone(t analysis.Triage, steps []analysis.Step, findings []analysis.Finding) []Bone {
	bones := make([]Bone, len(playbook.Categories))
	for i, category := range playbook.Categories {
		bones[i].Category = category
	}
	for _, s := range steps {
		at := slices.Index(playbook.Categories, s.Category)
		if at < 0 {
			continue
		}
		if item, answered := itemOf(s, t.Ledger, findings); answered {
			bones[at].Items = append(bones[at].Items, item)
		} else {
			bones[at].Open++
		}
	}
	return bones
}

// itemOf is the answer to a step: the last of a person, else the log's.
func itemOf(s analysis.Step, ledger []analysis.Evidence, findings []analysis.Finding) (Item, bool) {
	for _, f := range slices.Backward(findings) {
		if f.Step == s.ID && f.Outcome != analysis.Skipped && f.Outcome != "" {
			return Item{Text: string(f.Outcome) + ": " + f.Claim, State: answeredState(s, f.Outcome), By: "people"}, true
		}
	}
	for _, e := range ledger {
		if s.Check != "" && e.ID == s.Check && e.Tested {
			return Item{Text: e.Saw, State: stateOf(s, e.Weight), By: "log"}, true
		}
	}
	return Item{}, false
}

// answeredState is what a person's answer says.
func answeredState(s analysis.Step, outcome analysis.Outcome) State {
	if slices.Contains([]string{allowed, unnoticed, again}, s.ID) {
		return map[analysis.Outcome]State{analysis.Yes: Found, analysis.No: Cleared, analysis.Unclear: Neither}[outcome]
	}
	return stateOf(s, s.Weights(outcome))
}

// stateOf is what weights say of the cause that a step suspects.
func stateOf(s analysis.Step, weights map[analysis.Cause]float64) State {
	if len(s.Settles) == 0 {
		return Neither
	}
	switch weight := weights[s.Settles[0]]; {
	case weight >= speaks:
		return Found
	case weight <= -speaks:
		return Cleared
	}
	return Neither
}
