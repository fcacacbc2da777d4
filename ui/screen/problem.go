package screen

import (
	"andon/analysis"
	"andon/analysis/claim"
	"andon/analysis/hypothesis"
	"andon/analysis/incident"
	"andon/analysis/rootcause"
)

// Problem is how far people are with the incident: what to ask beyond the
// built-in checklist, what may have happened, what should not have moved, who
// does what, and the pictures that grow from the answers.
type Problem struct {
	Own        []analysis.Step // steps of the user's own playbooks
	Hypotheses []hypothesis.Hypothesis
	Controls   []claim.Controlled
	Incidents  []incident.Record
	Handover   incident.Handover
	Whys       []rootcause.Why
	Fishbone   []rootcause.Bone
}

// Steps are the checklist with the user's own steps.
func (p Problem) Steps() []analysis.Step { return append(analysis.Checklist(), p.Own...) }

// Current is the incident that is worked on, false where none is on record.
func (p Problem) Current() (incident.Record, bool) { return incident.Current(p.Incidents) }
