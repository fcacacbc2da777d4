// Package screentest holds the shared states that tests of screens look at:
// an incident with everything in it, and the states before there is one.
//
//	gloves: eight days of a plant; at 06:28 on the sixth day line L2's gloves
//	turn black and quality there falls from 93 % to 5 %.
//
// The numbers are made up but agree with each other where a screen could show
// that they do not.
package screentest

import (
	"errors"
	"time"

	"andon/analysis"
	"andon/ui/screen"
)

// Day is the first midnight of the incident.
var Day = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// Onset is when quality falls.
var Onset = Day.Add(5*24*time.Hour + 6*time.Hour + 28*time.Minute)

// Span is the time the log covers.
var Span = analysis.Window{From: Day, To: Day.Add(8 * 24 * time.Hour)}

// Windows are the ones proposed.
var Windows = analysis.Windows{
	Before: analysis.Window{From: Day, To: Day.Add(5 * 24 * time.Hour)},
	After:  analysis.Window{From: Day.Add(5*24*time.Hour + 6*time.Hour), To: Span.To},
}

// States are the states every screen has to show, by name.
var States = map[string]func() screen.State{
	"gloves": Gloves, "loading": Loading, "empty": Empty, "failed": Failed, "hostile": Hostile,
}

// Gloves is the incident after its first triage.
func Gloves() screen.State {
	return screen.State{
		Incident: analysis.Incident{Title: "Black gloves on line L2", Created: Span.To, Status: "open", SLO: 0.9},
		Path:     "gloves-2026-03-09.andon",
		Sources:  sources(),
		Events:   events(),
		Findings: []analysis.Finding{{ID: 1, Step: "data.coverage", Outcome: analysis.Yes, Claim: "every camera sent rows"}},
		Notes:    3,
		Triage:   triage(),
		Windows:  Windows,
		Business: business(),
		Expected: expected(),
		Ready:    true,
	}
}

// Quiet is an ordinary week of the plant: quality stayed, and nothing was
// compared.
func Quiet() screen.State {
	state := Gloves()
	state.Business, state.Expected = screen.Business{}, screen.Expectation{}
	series := Series(time.Hour)
	for i, b := range series.Buckets {
		series.Buckets[i].Good = 0.93 * float64(b.Known)
	}
	state.Triage = analysis.Triage{Series: series, Measure: state.Triage.Measure, Windows: Windows,
		Verdict: analysis.Verdict{Cause: analysis.None, Outcome: analysis.NoChange, Probability: 0.8, Why: "accuracy stayed within its band"}}
	return state
}

// Loading is the state while the first import runs.
func Loading() screen.State {
	return screen.State{
		Incident: analysis.Incident{Title: "Black gloves on line L2"},
		Path:     "gloves-2026-03-09.andon",
		Loading: screen.Loading{Active: true, Source: "inference.jsonl.gz", Rows: 12_400, Done: 41, Total: 100,
			PerSec: 310_000, Seconds: 12},
	}
}

// Empty is an incident file in which nothing tells right from wrong.
func Empty() screen.State {
	return screen.State{Incident: analysis.Incident{Title: "New incident"}, Path: "new.andon", Ready: true}
}

// Failed is the state of a file that could not be read.
func Failed() screen.State {
	return screen.State{Path: "broken.andon", Err: errors.New(
		"open broken.andon: page 7 is damaged; copy the file and run andon doctor broken.andon")}
}

// Hostile is Gloves with text that tries to take over the terminal wherever a
// log could have put it.
func Hostile() screen.State {
	const evil = "\x1b[31mred\x1b]52;c;aGk=\a\rOK \u202etxt\u009b2J\x9b日本"
	s := Gloves()
	s.Incident.Title, s.Path = evil, evil
	s.Events[0].Title, s.Events[0].Detail, s.Events[0].Kind = evil, evil, evil
	s.Triage.Verdict.Why = evil
	s.Triage.Signals[0].Column, s.Triage.Signals[0].Why = evil, evil
	s.Triage.Signals[0].Direction = evil
	for i := range s.Triage.Signals[0].Profile.Bins {
		s.Triage.Signals[0].Profile.Bins[i].Value = evil
	}
	s.Triage.Slices[0].Where = analysis.Where{analysis.Is(evil, evil)}
	s.Triage.Next[0].Title = evil
	s.Triage.Warnings = []string{evil}
	s.Where = analysis.Where{analysis.Is(evil, evil)}
	s.Sources[0].Path = evil
	return s
}

func sources() []analysis.Source {
	field := func(name string, role analysis.Role, typ analysis.Type) analysis.Field {
		return analysis.Field{Name: name, Role: role, Type: typ}
	}
	return []analysis.Source{
		{ID: 1, Path: "inference.jsonl.gz", Format: "jsonl", Kind: analysis.InferenceKind, Rows: 30_120, Rejected: 4,
			Fields: []analysis.Field{
				field("time", analysis.RoleTime, analysis.Time), field("line", analysis.RoleDimension, analysis.Text),
				field("shift", analysis.RoleDimension, analysis.Text), field("confidence", analysis.RoleConfidence, analysis.Number),
				field("latency_ms", analysis.RoleLatency, analysis.Number), field("model_version", analysis.RoleVersion, analysis.Text),
				field("vote_a", analysis.RoleVote, analysis.Text), field("vote_b", analysis.RoleVote, analysis.Text),
				field("vote_c", analysis.RoleVote, analysis.Text), field("brightness", analysis.RoleFeature, analysis.Number),
			}},
		{ID: 2, Path: "feedback.csv", Format: "csv", Kind: analysis.LabelKind, Rows: 1_204},
		{ID: 3, Path: "frames", Format: "frames", Kind: analysis.FrameKind, Rows: 404},
	}
}

func events() []analysis.Event {
	return []analysis.Event{
		{ID: 1, Time: Day.Add(50 * time.Hour), Kind: "deploy", Title: "vision 4.2.1", Detail: "log format only"},
		{ID: 2, Time: Day.Add(77 * time.Hour), Kind: "maintenance", Title: "lenses wiped", Scope: map[string]string{"line": "L1"}},
		{ID: 3, Time: Onset.Add(-8 * time.Minute), Kind: "material", Title: "gloves from new vendor",
			Detail: "nitrile, black", Scope: map[string]string{"line": "L2"}},
	}
}
