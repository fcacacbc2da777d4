package command

import (
	"andon/analysis/incident"
	"andon/ui/report"
)

func newRecords(all []incident.Record) []report.Record {
	out := make([]report.Record, 0, len(all))
	for _, r := range all {
		out = append(out, report.NewRecord(r))
	}
	return out
}

// likenessJSON is a past incident like this one.
type likenessJSON struct {
	File     string        `json:"file"`
	Score    float64       `json:"score"`
	Why      []string      `json:"why"`
	Incident report.Record `json:"incident"`
}

func newLikenesses(found []incident.Likeness) []likenessJSON {
	out := make([]likenessJSON, 0, len(found))
	for _, l := range found {
		out = append(out, likenessJSON{l.Past.File, l.Score, append([]string{}, l.Why...), report.NewRecord(l.Past.Record)})
	}
	return out
}
