package analysis

import (
	"slices"
	"strings"
	"sync"

	"andon/analysis/playbook"
)

// Step is one question of the guided checklist, weighed. Room is the room of
// the house it belongs to, Category its bone of the fishbone, Kind how it is
// answered (playbook.Auto, Look or Do). Check, if not "", is the ledger's own
// check that answers it by itself; Query, if not "", is asked of the log within
// Filter and read by a person; Look, if not "", is the screen on which a
// person sees the answer, under Filter (playbook.Slice for the guilty slice).
// Minutes is what it costs a person.
//
// Yes is P(yes | cause) in the order of Causes. A Decisive step, answered yes,
// confirms Settles[0] when the rest of the evidence agrees. Steps of one Group
// see the same thing.
type Step struct {
	ID       string
	Room     string
	Category string
	Kind     string
	Question string
	Why      string
	IfYes    string
	IfNo     string
	Minutes  float64
	Check    string
	Query    string
	Look     string
	Filter   string
	Group    string
	Playbook string
	Yes      Chances
	Settles  []Cause
	Decisive bool
}

// Checklist is every step of the built-in playbooks: the general one for
// vision lines, then one for each class of causes. The order is that of a walk
// from the data to the service; the console reorders it by what each answer
// would tell (see NextTests), which leaves a class alone until it is suspected.
func Checklist() []Step { return slices.Clone(checklist()) }

var checklist = sync.OnceValue(func() []Step { return StepsOf(playbook.Embedded()...) })

// StepsOf are the steps of playbooks, weighed.
func StepsOf(books ...playbook.Playbook) []Step {
	var steps []Step
	for _, b := range books {
		for _, s := range b.Steps {
			step := Step{ID: s.ID, Room: s.Room, Category: s.Category, Kind: s.Kind, Question: s.Question, Why: s.Why,
				IfYes: s.Yes, IfNo: s.No, Minutes: s.Minutes, Check: s.Check, Query: s.Query, Look: s.Screen, Filter: s.Filter,
				Group: s.Group, Playbook: b.Name, Decisive: s.Decisive}
			for k, cause := range Causes {
				step.Yes[k] = s.Chance[string(cause)]
			}
			for _, cause := range s.Settles {
				step.Settles = append(step.Settles, Cause(cause))
			}
			steps = append(steps, step)
		}
	}
	return steps
}

// Rooms are the rooms of the house the checklist walks through, in order.
var Rooms = playbook.Rooms

// FindStep is the step of that id, false if there is none. own are steps beside
// the checklist's.
func FindStep(id string, own ...Step) (Step, bool) {
	for _, s := range slices.Concat(checklist(), own) {
		if s.ID == id {
			return s, true
		}
	}
	return Step{}, false
}

// Weights is what an answer says of each cause, in natural-log units against
// the average cause; nil for an outcome that tells nothing.
func (s Step) Weights(o Outcome) map[Cause]float64 {
	switch o {
	case Yes:
		return weigh(s.Yes, 1)
	case No:
		return weigh(s.Yes, 0)
	}
	return nil
}

// Said is an answer to a step as a claim: the question, and in brackets what
// the person said why.
func Said(s Step, why string) string {
	if why == "" {
		return s.Question
	}
	return s.Question + " (" + why + ")"
}

// Why is what the person said why, of a claim as Said makes it; the whole claim
// where it is another.
func Why(s Step, claim string) string {
	rest, own := strings.CutPrefix(claim, s.Question)
	if !own {
		return claim
	}
	return strings.TrimSuffix(strings.TrimPrefix(rest, " ("), ")")
}

// Latest is the last finding of a step, false where nobody answered it.
func Latest(findings []Finding, step string) (Finding, bool) {
	for _, f := range slices.Backward(findings) {
		if f.Step == step && f.Outcome != "" {
			return f, true
		}
	}
	return Finding{}, false
}
