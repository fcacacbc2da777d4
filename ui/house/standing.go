package house

import (
	"fmt"
	"time"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// Each function says how things stand behind one door: a state and a few
// words. A state is never better than what is known: without data it is
// NoData, not ok.

func report(s screen.State) door {
	d := door{name: "report", opens: screen.Notes}
	if s.Ready {
		d.detail = count(len(s.Findings), "finding")
	}
	return d
}

// count is a number with its noun: "1 finding", "2 findings".
func count(n int, noun string) display.Text {
	if n != 1 {
		noun += "s"
	}
	return display.Count(int64(n)) + " " + display.Text(noun)
}

// versions looks for a change in who answered.
func versions(s screen.State) door {
	d := door{name: "versions", opens: screen.Models}
	switch {
	case !s.Ready:
	case !has(s, analysis.RoleVersion):
		d.detail = "not logged"
	case changed(s, analysis.RoleVersion):
		d.state, d.detail = style.Look, "mix moved"
	default:
		d.state, d.detail = style.OK, "same mix"
	}
	return d
}

// ensemble looks for a change in what the members vote.
func ensemble(s screen.State) door {
	d := door{name: "ensemble", opens: screen.Models}
	members := len(fields(s, analysis.RoleVote))
	switch {
	case !s.Ready:
	case members == 0:
		d.detail = "no votes"
	case changed(s, analysis.RoleVote):
		d.state, d.detail = style.Look, "votes moved"
	default:
		d.state, d.detail = style.OK, count(members, "member")
	}
	return d
}

func verdict(s screen.State) door {
	d := door{name: "verdict", opens: screen.Triage}
	v := s.Triage.Verdict
	if !s.Ready || v.Outcome == "" {
		return d
	}
	switch v.Outcome {
	case analysis.NoChange:
		d.state, d.detail = style.OK, "no change"
		return d
	case analysis.Inconclusive:
		d.state = style.Look
	default:
		d.state = style.Bad
	}
	d.detail = display.Escape(string(v.Outcome))
	if accused := s.Triage.Accused(); accused != "" {
		d.detail = display.Escape(string(accused)) + ", " + d.detail
	}
	return d
}

// checklist counts the answered steps and names the one worth doing next.
func checklist(s screen.State) door {
	d := door{name: "checklist", opens: screen.Triage}
	answered := map[string]bool{}
	for _, f := range s.Findings {
		if f.Step != "" {
			answered[f.Step] = true
		}
	}
	switch {
	case !s.Ready:
	case len(s.Triage.Next) > 0:
		d.state, d.detail = style.Look, display.Escape("next: "+s.Triage.Next[0].Title)
	case len(answered) > 0:
		d.state, d.detail = style.OK, display.Count(int64(len(answered)))+" answered"
	default:
		d.detail = "none answered"
	}
	return d
}

func notes(s screen.State) door {
	d := door{name: "notes", opens: screen.Notes}
	if s.Notes > 0 {
		d.state = style.OK
		d.detail = display.Count(int64(s.Notes)) + " written"
	} else if s.Ready {
		d.detail = "none yet"
	}
	return d
}

func timeline(s screen.State, zone *time.Location) door {
	d := door{name: "timeline", opens: screen.Timeline}
	switch {
	case !s.Ready:
	case s.Triage.Onset != nil:
		d.state = style.Bad
		d.detail = short(s.Triage.Onset.Onset, zone)
	case len(s.Triage.Changes) > 0:
		d.state = style.Look
		d.detail = count(len(s.Triage.Changes), "change")
	case s.Triage.Measure.Metric == "":
		d.detail = "no quality"
	case s.Triage.Verdict.Outcome == analysis.NoChange:
		d.state, d.detail = style.OK, "steady"
	default:
		d.detail = "no change found"
	}
	return d
}

// short is an instant without its year, which stands above the house.
func short(t time.Time, zone *time.Location) display.Text {
	return display.Short(t, zone)
}

func diff(s screen.State) door {
	d := door{name: "diff", opens: screen.Diff}
	moved := 0
	for _, sig := range s.Triage.Signals {
		if sig.Changed {
			moved++
		}
	}
	switch {
	case !s.Ready || len(s.Triage.Signals) == 0:
	case moved > 0:
		d.state, d.detail = style.Look, display.Count(int64(moved))+" moved"
	default:
		d.state, d.detail = style.OK, "none moved"
	}
	return d
}

func slices(s screen.State) door {
	d := door{name: "slices", opens: screen.Slices}
	for _, score := range s.Triage.Slices {
		if score.Accepted {
			d.state, d.detail = style.Bad, display.Escape(score.Where.String())
			return d
		}
	}
	if len(s.Triage.Slices) > 0 || s.Triage.Verdict.Outcome == analysis.NoChange {
		d.state, d.detail = style.OK, "none stands out"
	}
	return d
}

func sources(s screen.State) door {
	d := door{name: "sources", opens: screen.Data}
	if len(s.Sources) == 0 {
		return d
	}
	var rows int64
	for _, src := range s.Sources {
		rows += src.Rows
	}
	d.state = style.OK
	d.detail = display.Text(fmt.Sprintf("%d, %s rows", len(s.Sources), display.Count(rows)))
	return d
}

// maxRejected is the share of rejected records beyond which the rest may no
// longer stand for the whole.
const maxRejected = 0.01

func rejects(s screen.State) door {
	d := door{name: "rejects", opens: screen.Data}
	var rows, rejected int64
	for _, src := range s.Sources {
		rows += src.Rows
		rejected += src.Rejected
	}
	switch {
	case rows+rejected == 0:
	case rejected == 0:
		d.state, d.detail = style.OK, "none"
	default:
		d.state = style.Look
		if float64(rejected) > maxRejected*float64(rows+rejected) {
			d.state = style.Bad
		}
		d.detail = count(int(rejected), "row")
	}
	return d
}

func frames(s screen.State) door {
	d := door{name: "frames", opens: screen.Frames}
	var n int64
	for _, src := range s.Sources {
		if src.Kind == analysis.FrameKind {
			n += src.Rows
		}
	}
	if n > 0 {
		d.state, d.detail = style.OK, display.Count(n)+" sampled"
	}
	return d
}
