package analysis

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A countermeasure is proposed by the cause, taken by a person, and verified
// in a window of its own:
//
//	Countermeasures ──▶ Taken ──▶ verify: a finding ──▶ the incident may be closed

// Countermeasure is one thing to do about a cause: what, when ("now", "today",
// "after retraining", "before closing") and why it would help.
type Countermeasure struct {
	Do      string
	When    string
	Because string
}

// Countermeasures lists what to do about the leading cause, the stop-gap
// first and the proof last. There are none where nothing changed or quality
// could not be told.
func Countermeasures(t Triage) []Countermeasure {
	if t.Verdict.Cause == None || t.Quality == nil {
		return nil
	}
	where := "every line"
	if slice := t.Guilty(); slice != nil {
		where = slice.Where.String()
	}
	measures := []Countermeasure{{"send " + where + " to human review, or stop acting on its answers", "now",
		"its answers cannot be relied on until the cause is gone"}}
	measures = append(measures, byCause[t.Verdict.Cause]...)
	return append(measures, Countermeasure{"compare a window after the fix with the window before", "before closing",
		"a fix that was not measured is a hope"})
}

var byCause = map[Cause][]Countermeasure{
	Floor: {
		{"go back to the old material or method where that can be done", "today", "the model knows it"},
		{"photograph and label the new scene, a few hundred frames", "today", "the model has never seen it; no threshold helps"},
		{"retrain with old and new frames and hold some of both back", "after labelling", "it must learn the new without losing the old"},
		{"have purchasing and line leads announce changes of what the camera sees", "this month", "the change was known, only not to the owner of the model"},
	},
	Sensor: {
		{"clean, refocus, re-aim or replace; check the lamp", "now", "the picture itself is spoilt"},
		{"compare a frame with one stored from before", "today", "it shows whether the picture is back"},
		{"add a daily picture check (light, sharpness) with limits", "this month", "the next one is caught before quality falls"},
	},
	Pipeline: {
		{"put the old preprocessing or setting back on one line and compare", "now", "it proves the cause and stops the loss there"},
		{"add a golden frame to the release test: same frame in, same numbers out", "this month", "a scale or colour-order mistake cannot pass it"},
	},
	Model: {
		{"roll back to the version before", "now", "it did well on the same inputs"},
		{"replay the after frames on both versions", "today", "the same frames on both models settle it"},
		{"release on one line first and compare on the same traffic", "this month", "a bad release then costs an hour of one line"},
	},
	Labels: {
		{"label a sample again, blind, by two people", "today", "it shows whether the yardstick or the model moved"},
		{"correct the labels and measure again before any retraining", "after the audit", "a model trained on wrong labels learns them"},
	},
	Traffic: {
		{"restate the objective per slice", "today", "each slice does what it did; the average is another one"},
		{"label and train where the new traffic is", "this month", "what was rare is now what matters"},
	},
	Service: {
		{"shed load, restart or move the model", "now", "answers that never came are counted as wrong"},
		{"alert on errors and latency at the model, not only at the host", "this month", "quality falls minutes later than latency rises"},
	},
}

// Taken is a countermeasure that was taken: what was done, when, against which
// cause ("" for none named), and the window to verify it in, empty until it is
// known. Incident is the record it belongs to, 0 for the file's own. Outcome is
// that of the last verification and Finding its ID; "" and 0 before.
type Taken struct {
	ID       int64
	Time     time.Time // when it was written down
	Author   string
	Incident int64
	Do       string
	Cause    Cause
	Taken    time.Time // when it was done
	Verify   Window
	Outcome  Outcome
	Finding  int64
}

// VerifyStep is the step of the findings that say whether a fix worked: yes,
// no, or unclear where labels are too few.
const VerifyStep = "verify"

// VerifyParams is what a verification was asked with: which countermeasure, 0
// for none in particular, the cause it was taken against, by how much quality
// may be worse than before, and the slice that had dropped.
type VerifyParams struct {
	Countermeasure int64
	Cause          Cause
	Margin         float64
	Guilty         string
}

// String writes the parameters as a finding keeps them.
func (p VerifyParams) String() string {
	return fmt.Sprintf("countermeasure=%d against=%s margin=%s slice=%s", p.Countermeasure, p.Cause, FormatNumber(p.Margin), p.Guilty)
}

// ParseVerifyParams reads what String wrote; ok is false for anything else.
func ParseVerifyParams(text string) (p VerifyParams, ok bool) {
	id, rest, named := strings.Cut(strings.TrimPrefix(text, "countermeasure="), " against=")
	cause, rest, found := strings.Cut(rest, " margin=")
	margin, guilty, sliced := strings.Cut(rest, " slice=")
	if !named || !found || !sliced {
		return p, false
	}
	p.Cause, p.Guilty = Cause(cause), guilty
	var errs [2]error
	p.Countermeasure, errs[0] = strconv.ParseInt(id, 10, 64)
	p.Margin, errs[1] = strconv.ParseFloat(margin, 64)
	return p, errs[0] == nil && errs[1] == nil
}

// WithOutcomes gives each countermeasure the outcome of its last verification.
func WithOutcomes(taken []Taken, findings []Finding) []Taken {
	for _, f := range findings {
		p, ok := ParseVerifyParams(f.Params)
		if f.Step != VerifyStep || !ok {
			continue
		}
		for i := range taken {
			if taken[i].ID == p.Countermeasure {
				taken[i].Outcome, taken[i].Finding = f.Outcome, f.ID
			}
		}
	}
	return taken
}

// Proved is the cause that a verified countermeasure was taken against: undoing
// the cause brought quality back, which decides as a test does. None where
// there is none, or the last verification of it failed.
func Proved(findings []Finding) Cause {
	var order []int64
	against := map[int64]Cause{}
	for _, f := range findings {
		p, ok := ParseVerifyParams(f.Params)
		if f.Step != VerifyStep || !ok || p.Countermeasure == 0 || p.Cause == "" {
			continue
		}
		order = append(order, p.Countermeasure)
		against[p.Countermeasure] = None
		if f.Outcome == Yes {
			against[p.Countermeasure] = p.Cause
		}
	}
	proved := None
	for _, id := range order {
		if against[id] != None {
			proved = against[id]
		}
	}
	return proved
}

// WhyClose is the question that closing an incident asks where no
// countermeasure of it was verified, "" where one was. What a person answers is
// the reason the record keeps.
func WhyClose(taken []Taken) string {
	if len(taken) == 0 {
		return "no countermeasure is recorded: what was done, and how is it known that quality is back?"
	}
	last := taken[len(taken)-1]
	for _, c := range taken {
		if c.Outcome == Yes {
			return ""
		}
	}
	switch last.Outcome {
	case No:
		return fmt.Sprintf("countermeasure %d (%s) was verified and quality is not back: why is it closed?", last.ID, last.Do)
	case Unclear:
		return fmt.Sprintf("labels are too few to tell whether countermeasure %d (%s) worked: why is it closed?", last.ID, last.Do)
	}
	return fmt.Sprintf("countermeasure %d (%s) was not verified yet (andon verify): why is it closed?", last.ID, last.Do)
}
