package report

import (
	"time"

	"andon/analysis"
)

// Schema is the version of the JSON contract. Fields may be added under the
// same number; none is renamed or removed.
const Schema = 1

// Triage is the JSON of `andon triage --json`. Every key is always there:
// unknown is null, an empty list is [], times are RFC 3339 UTC.
type Triage struct {
	Schema   int       `json:"schema"`
	Quality  *quality  `json:"quality"`
	Onset    *onset    `json:"onset"`
	Windows  *Windows  `json:"windows"`
	Account  *account  `json:"account"`
	Verdict  verdict   `json:"verdict"`
	Causes   []cause   `json:"causes"`
	Slices   []Slice   `json:"slices"`
	Signals  []Signal  `json:"signals"`
	Events   []event   `json:"events"`
	Next     []test    `json:"next"`
	Others   []Slice   `json:"candidates"`
	Changes  []change  `json:"changes"`
	Ledger   []ledger  `json:"ledger"`
	Warnings []string  `json:"warnings"`
	File     string    `json:"file,omitempty"`
	Where    *whereMap `json:"where,omitempty"`
}

type whereMap = map[string]string

type onset struct {
	Time     time.Time    `json:"time"`
	Interval [2]time.Time `json:"interval"`
}

// Windows are the two windows of a comparison.
type Windows struct {
	Before window `json:"before"`
	After  window `json:"after"`
}

type window struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

type account struct {
	Mix    real     `json:"mix"`
	New    real     `json:"new"`
	Within real     `json:"within"`
	By     []string `json:"by"`
}

type verdict struct {
	Cause       analysis.Cause      `json:"cause"`
	Outcome     analysis.Confidence `json:"outcome"`
	Probability real                `json:"probability"`
	Why         string              `json:"why"`
}

type cause struct {
	Cause       analysis.Cause `json:"cause"`
	Probability real           `json:"probability"`
	For         []string       `json:"for"`
	Against     []string       `json:"against"`
	Untested    []string       `json:"untested"`
}

type event struct {
	Time        *time.Time        `json:"time"`
	Kind        *string           `json:"kind"`
	Title       string            `json:"title"`
	Scope       map[string]string `json:"scope"`
	Probability real              `json:"probability"`
	Why         string            `json:"why"`
}

type test struct {
	Test        string           `json:"test"`
	Step        string           `json:"step"`
	Settles     []analysis.Cause `json:"settles"`
	Minutes     real             `json:"minutes"`
	Information real             `json:"information"`
}

type change struct {
	Time     time.Time    `json:"time"`
	Interval [2]time.Time `json:"interval"`
	Before   real         `json:"before"`
	After    real         `json:"after"`
	Z        real         `json:"z"`
}

type ledger struct {
	Check  string                  `json:"check"`
	Saw    string                  `json:"saw"`
	Number string                  `json:"number"`
	Tested bool                    `json:"tested"`
	Weight map[analysis.Cause]real `json:"weight"`
}

// NewTriage puts a triage into the contract's shape. For a verdict of none,
// onset, windows and account are null and slices is [].
func NewTriage(t analysis.Triage) Triage {
	c := Triage{Schema: Schema, Verdict: verdict{t.Verdict.Cause, t.Verdict.Outcome, real(t.Verdict.Probability), t.Verdict.Why},
		Causes: []cause{}, Slices: []Slice{}, Others: []Slice{}, Signals: NewSignals(t.Signals), Events: []event{}, Next: newTests(t.Next),
		Changes: []change{}, Ledger: []ledger{}, Warnings: texts(t.Warnings)}
	c.Quality = newQuality(t)
	for _, k := range t.Causes {
		c.Causes = append(c.Causes, cause{k.Cause, real(k.Probability), texts(k.For), texts(k.Against), texts(k.Untested)})
	}
	for _, m := range t.Events {
		c.Events = append(c.Events, newEvent(m))
	}
	for _, ch := range t.Changes {
		c.Changes = append(c.Changes, change{ch.Onset.UTC(), [2]time.Time{ch.Earliest.UTC(), ch.Latest.UTC()}, real(ch.Before), real(ch.After), real(ch.Z)})
	}
	for _, e := range t.Ledger {
		c.Ledger = append(c.Ledger, ledger{e.ID, e.Saw, e.Number, e.Tested, weights(e.Weight)})
	}
	if t.Verdict.Cause == analysis.None {
		return c
	}
	if t.Onset != nil {
		c.Onset = &onset{t.Onset.Onset.UTC(), [2]time.Time{t.Onset.Earliest.UTC(), t.Onset.Latest.UTC()}}
	}
	if !t.Windows.Zero() {
		c.Windows = NewWindows(t.Windows)
	}
	if a := t.Account; a != nil {
		c.Account = &account{real(a.Mix), real(a.New), real(a.Within), texts(a.By)}
	}
	c.Slices, c.Others = NewSlices(t.Slices, true), NewSlices(t.Slices, false)
	return c
}

func newTests(tests []analysis.Test) []test {
	out := []test{}
	for _, n := range tests {
		out = append(out, test{n.Title, n.Step, append([]analysis.Cause{}, n.Settles...), real(n.Minutes), real(n.Information)})
	}
	return out
}

func newEvent(m analysis.EventMatch) event {
	e := event{Title: "no logged event explains this", Scope: map[string]string{}, Probability: real(m.Probability), Why: m.Why}
	if m.Event != nil {
		at := m.Event.Time.UTC()
		e.Time, e.Kind, e.Title = &at, &m.Event.Kind, m.Event.Title
		for k, v := range m.Event.Scope {
			e.Scope[k] = v
		}
	}
	return e
}

// NewWindows puts windows into the contract's shape.
func NewWindows(w analysis.Windows) *Windows {
	shape := func(w analysis.Window) window { return window{w.From.UTC(), w.To.UTC()} }
	return &Windows{shape(w.Before), shape(w.After)}
}
