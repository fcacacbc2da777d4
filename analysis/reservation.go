package analysis

import (
	"fmt"
	"slices"
)

// A cause may lead and still not be named:
//
//	two things changed in one hour, one of them the version   → confounded
//	the model leads, and nothing that is logged is about it   → by elimination
//
// Who is told "likely the model" stops looking at the floor.

// reservation is why the leader must not be named, "" for no reason. decisive
// is the cause that a decisive test named, which needs no other sign.
func reservation(posterior map[Cause]float64, ledger []Evidence, matches []EventMatch, decisive Cause) string {
	if why := confounded(ledger, matches); why != "" || decisive == Model {
		return why
	}
	return byElimination(posterior, ledger)
}

// confounded says why a model change cannot be told from a rival change of the
// same hour: no rows of both versions at one time, and something else moved
// there too. "" where the evidence separates them.
func confounded(ledger []Evidence, matches []EventMatch) string {
	found := map[string]Evidence{}
	for _, e := range ledger {
		found[e.ID] = e
	}
	moved := found["version.moved"]
	if !moved.Tested || moved.Weight[Model] < speaks || found["version.worse"].Tested {
		return ""
	}
	for _, m := range matches {
		if m.Event != nil && m.Probability >= rivalAt && causeOfKind(m.Event.Kind) != Model {
			return fmt.Sprintf("the model version and %q changed in the same hours and no rows overlap: replay the old model on the after frames", m.Event.Title)
		}
	}
	return ""
}

// aboutModel are the checks whose yes is about the model itself, rather than
// about what all its answers do whoever is to blame.
var aboutModel = []string{"version.moved", "version.worse", "member.alone", "answers.alone", "rule.moved"}

// byElimination says why a model that leads is not named: no version moved, no
// member broke, no release is on record, so it leads only because what is logged
// rules out the others, and most was not logged. "" where something points at
// it, or another cause leads.
func byElimination(posterior map[Cause]float64, ledger []Evidence) string {
	for _, c := range Causes {
		if posterior[c] > posterior[Model] {
			return ""
		}
	}
	for _, e := range ledger {
		switch {
		case !e.Tested:
		case e.Families[string(Model)] >= pointsAt:
			return ""
		case e.Weight[Model] < speaks:
		case slices.Contains(aboutModel, e.ID) && (e.Yes >= pointsAt || e.Number == string(Yes)):
			return ""
		case clues[e.ID] == nil && e.Families == nil: // a person's answer
			return ""
		}
	}
	return fmt.Sprintf("the model leads with %.0f %% by elimination: no version, member or release that is logged points at it", 100*posterior[Model])
}

// pointsAt is how strongly a check must be answered yes to point at something.
const pointsAt = .3
