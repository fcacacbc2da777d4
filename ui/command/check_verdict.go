package command

import (
	"fmt"
	"time"

	"andon/analysis/slo"
	"andon/analysis/warning"
	"andon/ui/display"
	"andon/ui/report"
)

// The verdict of andon check: how each objective stands, with the worst as the
// word for all, whether anything fresh is there to judge, and what early warning
// was raised.
//
//	standings ─▶ the worst ─┐
//	newest row ─▶ stale? ───┼─▶ exit 0 or 1, a line each, JSON
//	warnings ──▶ grave ─────┘

// checkVerdict is all standings with the one word for them.
type checkVerdict struct {
	standings []slo.Standing
	state     slo.State
	newest    time.Time
	stale     bool
	now       time.Time
	early     []warning.Warning
	asked     bool // for early warning
}

// warn keeps the grave warnings that were raised in the window.
func (v *checkVerdict) warn(r warning.Report, over time.Duration) {
	v.asked = true
	for _, w := range r.Warnings {
		if w.Grave && w.Raised.After(r.Watched.To.Add(-over)) {
			v.early = append(v.early, w)
		}
	}
}

// rank orders states, the worst last.
var rank = map[slo.State]int{slo.OK: 0, slo.Low: 1, slo.Unknown: 2, slo.Out: 3}

func newCheckVerdict(standings []slo.Standing, now time.Time, fresh time.Duration) checkVerdict {
	v := checkVerdict{standings: standings, state: slo.OK, now: now}
	for _, s := range standings {
		if rank[s.State] > rank[v.state] {
			v.state = s.State
		}
		if s.Newest.After(v.newest) {
			v.newest = s.Newest
		}
	}
	v.stale = fresh > 0 && now.Sub(v.newest) > fresh
	return v
}

// code is the exit code: what is unknown or stale is a finding too.
func (v checkVerdict) code() int {
	if v.stale || len(v.early) > 0 || rank[v.state] >= rank[slo.Unknown] {
		return exitFinding
	}
	return exitOK
}

// tell prints a line for each objective, or the JSON.
func (v checkVerdict) tell(env Env, asJSON bool) error {
	if asJSON {
		a := checkAnswer{Schema: report.Schema, State: v.state, Exit: v.code(), Stale: v.stale, Objectives: []report.Objective{}, Early: newHealthWarnings(v.early)}
		if !v.newest.IsZero() {
			at := v.newest.UTC().Format(time.RFC3339)
			a.Newest = &at
		}
		for _, s := range v.standings {
			a.Objectives = append(a.Objectives, report.NewObjective(s))
		}
		return printJSON(env.Out, a)
	}
	for _, s := range v.standings {
		proposed := ""
		if s.Objective.Proposed {
			proposed = " (proposed)"
		}
		fmt.Fprintf(env.Out, "%-8s%s%s: %s\n", stateWord(s.State), display.Escape(s.Objective.String()), proposed, checkLine(s))
	}
	for _, w := range v.early {
		fmt.Fprintf(env.Out, "%-8s%s: %s\n", "EARLY", stamp(w.Raised), display.Escape(w.Alarms[0].String()))
	}
	if v.stale {
		fmt.Fprintf(env.Out, "%-8sthe newest row is %s old, from %s\n", "STALE", display.Duration(v.now.Sub(v.newest)), stamp(v.newest))
	}
	return nil
}

// checkLine is how an objective stands, in the words of one line.
func checkLine(s slo.Standing) string {
	if s.Count.Rows == 0 {
		return string(display.Escape(s.Why))
	}
	return fmt.Sprintf("%s over %s to %s, %s of %s rows known: %s", standsAt(s), slo.Length(s.Over), stamp(s.End),
		thousands(int64(s.Count.Known)), thousands(int64(s.Count.Rows)), display.Escape(s.Why))
}

// checkAnswer is the JSON of `andon check --json`. README has the schema.
type checkAnswer struct {
	Schema     int                `json:"schema"`
	State      slo.State          `json:"state"` // the worst of the objectives'
	Exit       int                `json:"exit"`
	Newest     *string            `json:"newest"`
	Stale      bool               `json:"stale"`
	Objectives []report.Objective `json:"objectives"`
	Early      []healthWarning    `json:"early"` // of the window; [] without --early
}
