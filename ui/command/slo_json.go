package command

import (
	"andon/analysis/impact"
	"andon/analysis/slo"
	"andon/ui/report"
)

// sloAnswer is the JSON of `andon slo --json`; null is not known. README has
// the schema.
type sloAnswer struct {
	Schema     int                `json:"schema"`
	Objectives []report.Objective `json:"objectives"`
	Impact     *report.Impact     `json:"impact"`
}

func newSLOAnswer(standings []slo.Standing, i impact.Impact, currency string) sloAnswer {
	a := sloAnswer{Schema: report.Schema, Objectives: []report.Objective{}, Impact: report.NewImpact(i, currency)}
	for _, s := range standings {
		a.Objectives = append(a.Objectives, report.NewObjective(s))
	}
	return a
}
