package analysis

import "time"

// Cause is one answer to "what changed?": a state, never a symptom.
type Cause string

const (
	Floor    Cause = "floor"    // material, people, method, scene
	Sensor   Cause = "sensor"   // camera, lens, light
	Pipeline Cause = "pipeline" // preprocessing, thresholds, schema
	Model    Cause = "model"    // weights, release, runtime
	Labels   Cause = "labels"   // truth or reviewers
	Traffic  Cause = "traffic"  // known inputs in other proportions
	Service  Cause = "service"  // latency, timeouts, load, missing data
	None     Cause = "none"     // nothing changed
)

// Causes are the seven answers a verdict weighs, in the order of the screens.
var Causes = []Cause{Floor, Sensor, Pipeline, Model, Labels, Traffic, Service}

// Confidence is how far a verdict goes.
type Confidence string

const (
	Confirmed    Confidence = "confirmed"    // likely, and a decisive test agreed
	Likely       Confidence = "likely"       // posterior ≥ 0.8 and no rival ≥ 0.15
	Inconclusive Confidence = "inconclusive" // Cause names the leader only
	NoChange     Confidence = "no change"    // Cause is None
)

// Verdict is the answer, as far as the evidence goes.
type Verdict struct {
	Cause       Cause
	Outcome     Confidence
	Probability float64
	Why         string // one sentence
}

// Evidence is one line of the ledger: what was looked at, the number found,
// and how it moves each cause (natural-log likelihood ratios against the
// average cause; absent is 0). Untested evidence has Number "" and no Weight.
type Evidence struct {
	ID     string
	Saw    string  // "line=L2 carries 98 % of the drop"
	Number string  // "0.98"
	Yes    float64 // how strongly the check was answered yes, 0..1
	Weight map[Cause]float64
	Tested bool
	// Families is how probable it is that the event behind the onset is of each
	// family (see Family), for the evidence about events; nil for any other.
	Families map[string]float64
}

// CauseScore is one cause with its posterior and the ledger lines that speak
// for it, against it, and those that could but were not tested.
type CauseScore struct {
	Cause       Cause
	Probability float64
	For         []string
	Against     []string
	Untested    []string
}

// Interval is a closed interval with its nominal level known to the reader:
// 95 % for quality and effects, 90 % for onsets.
type Interval struct{ Lo, Hi float64 }

// Quality compares the windows: the metric, its mean before and after, and the
// 95 % interval of the difference.
type Quality struct {
	Metric      string
	LowerBetter bool
	Before      Sum
	After       Sum
	Delta       float64
	Interval    Interval
	Labelled    [2]int // before, after; 0 where quality is estimated
}

// Change is one change point of a series: when the new level began, the 90 %
// interval of that onset, and the levels on both sides.
type Change struct {
	Onset    time.Time
	Earliest time.Time
	Latest   time.Time
	Before   float64
	After    float64
	Z        float64 // size of the step in standard errors, signed
	Lost     float64 // quality lost × rows since; what ranks several changes
	Ramp     bool    // several steps in one direction, merged
}

// Signal is one column's difference between the windows.
type Signal struct {
	Column    string
	Effect    float64  // noise floor removed: JS distance for text, shift in sd for numbers
	Interval  Interval // of Effect
	Direction string   // "up", "down", "wider", "narrower", "mix", "new values", "missing"
	P         float64  // valid under autocorrelation
	Q         float64  // after false discovery control over all columns
	Changed   bool
	Relevance float64 // share of the drop this column's cells tell, 0..1
	Told      float64 // of it, the share that other proportions and unseen values account for, ≤ 1
	Unseen    float64 // share of after rows with values before never had
	Why       string  // one sentence: why it ranks here
	Profile   Profile
	Warnings  []string
}

// SliceScore is one slice that explains part of the drop.
type SliceScore struct {
	Where        Where
	Before       Sum
	After        Sum
	Support      [2]float64 // share of rows before, after
	Contribution float64    // share of the whole change
	Interval     Interval   // of the change of quality within the slice
	P            float64    // chance-corrected over every slice tried
	Accepted     bool       // beyond chance
	Complement   [2]Sum     // everything else, before and after
}

// Account splits the drop exactly: Delta = Mix + New + Within. Parts has the
// same split per slice of the By columns, largest first.
type Account struct {
	Delta  float64
	Mix    float64
	New    float64
	Within float64
	By     []string
	Parts  []AccountPart
}

// AccountPart is one cell's share of the account.
type AccountPart struct {
	Where            Where
	Mix, New, Within float64
}

// EventMatch is one change event with the probability that it explains the
// onset; Event is nil for "no logged event explains this".
type EventMatch struct {
	Event       *Event
	Probability float64
	Lag         time.Duration // onset - event time
	Why         string
}

// Test is an open check: what it asks, which causes it separates, its cost and
// the information expected from it, in bits. Saves is the minutes of repair it
// is expected to save beyond its own, where that was asked (see FastTests).
type Test struct {
	Step        string // id of the checklist step
	Title       string
	Settles     []Cause
	Minutes     float64
	Information float64
	Saves       float64
}

// Triage is everything one look at an incident found. Onset, Account and Best
// are nil where there is none.
type Triage struct {
	Measure  Measure
	Quality  *Quality
	Series   Series
	Onset    *Change
	Changes  []Change
	Windows  Windows
	Account  *Account
	Verdict  Verdict
	Causes   []CauseScore
	Ledger   []Evidence
	Slices   []SliceScore
	Signals  []Signal
	Inside   []Signal // within the guilty slice; Signals where there is none, or it had no rows before
	Events   []EventMatch
	Next     []Test
	Warnings []string
}

// Guilty is the first slice beyond chance, the shortest description of the
// guilty rows; nil where no slice fell more than the rest.
func (t Triage) Guilty() *SliceScore {
	if len(t.Slices) > 0 && t.Slices[0].Accepted {
		return &t.Slices[0]
	}
	return nil
}

// Accused is the cause that the evidence names; "" where it names none: there
// is no change, or nothing was weighed, and the verdict's cause is only the one
// that is usual.
func (t Triage) Accused() Cause {
	if len(t.Causes) == 0 || t.Verdict.Cause == None {
		return ""
	}
	return t.Verdict.Cause
}

// Outcome is a person's or a query's answer to a checklist step.
type Outcome string

const (
	Yes     Outcome = "yes"
	No      Outcome = "no"
	Unclear Outcome = "unclear"
	Skipped Outcome = "skipped"
)
