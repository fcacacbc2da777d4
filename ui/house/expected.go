package house

import (
	"math"

	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// estimate is quality without labels, and whether to believe it.
func estimate(s screen.State) door {
	d := door{name: "estimate", opens: screen.Timeline}
	e := s.Expected.Estimate
	if s.Bare {
		d.detail = asking
	}
	if !s.Ready || e.Rows == 0 || math.IsNaN(e.Accuracy) {
		return d
	}
	d.state, d.detail = style.OK, display.Percent(e.Accuracy)
	if !e.Trusted {
		d.state = style.Look
	}
	return d
}

// labels tells what was expected and what was realised, why the estimate is not
// to be trusted, and how many labels would settle it.
func (s Screen) labels() topic {
	t := topic{name: "labels"}
	e := s.state.Expected.Estimate
	for _, n := range s.state.Expected.Needs {
		t.lines = append(t.lines, display.Escape(n.String()))
	}
	if e.Rows > 0 && !math.IsNaN(e.Accuracy) {
		text := "without labels " + display.Percent(e.Accuracy) + " (95 %: " + display.Percent(e.Interval.Lo) + " to " + display.Percent(e.Interval.Hi) + ")"
		if e.Realised.Known > 0 {
			text += ", with them " + display.Percent(e.Realised.Mean()) + " of " + display.Count(int64(e.Realised.Known))
		}
		if !e.Trusted && len(e.Warnings) > 0 {
			text += ": not to be trusted, " + display.Escape(e.Warnings[len(e.Warnings)-1])
		}
		t.lines = append(t.lines, text)
	}
	return t
}
