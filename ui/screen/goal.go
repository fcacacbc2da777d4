package screen

import "andon/analysis/slo"

// Goal is the level that quality should keep to among the rows shown: that of
// the objective for just this slice, else of all rows, the same that the House
// and andon slo count by. ok is false where nothing is promised of quality.
func (s State) Goal() (goal float64, proposed, ok bool) {
	standing, ok := s.Promise()
	o := standing.Objective
	if o.Mean() {
		return o.Limit, o.Proposed, ok
	}
	return o.Target, o.Proposed, ok
}

// Promise is how the objective of quality stands among the rows shown.
func (s State) Promise() (slo.Standing, bool) {
	metric := s.Triage.Measure.Metric
	standing, ok := slo.For(s.Business.Objectives, metric, s.Where)
	if !ok {
		standing, ok = slo.For(s.Business.Objectives, metric, nil)
	}
	return standing, ok
}
