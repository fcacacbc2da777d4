package house

import (
	"math"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
)

// topic is a heading with its lines, the most useful first.
type topic struct {
	name  string
	lines []display.Text
}

// more is what a tall box has room for below the house: the first line of
// every topic, then second and third ones while rows are left.
func (s Screen) more(w, rows int) []string {
	if !s.whole {
		return nil
	}
	topics := s.topics()
	taken := make([]int, len(topics))
	for range 3 {
		for i, t := range topics {
			if rows > 0 && taken[i] < len(t.lines) {
				taken[i]++
				rows--
			}
		}
	}
	var lines []string
	for i, t := range topics {
		for j, text := range t.lines[:taken[i]] {
			name := t.name
			if j > 0 {
				name = ""
			}
			lines = append(lines, s.sheet.Paint(themes.Title, s.sheet.Fit(name, 11))+string(display.Cut(text, w-11)))
		}
	}
	return lines
}

// topics are what the triage found, in the order an engineer asks.
func (s Screen) topics() []topic {
	t := s.state.Triage
	next, event := topic{name: "next test"}, topic{name: "event"}
	slice, signal := topic{name: "slice"}, topic{name: "signal"}
	for _, n := range t.Next {
		next.lines = append(next.lines, display.Number(n.Minutes)+" min: "+display.Escape(n.Title))
	}
	for _, e := range t.Events {
		event.lines = append(event.lines, s.event(e))
	}
	for _, score := range t.Slices {
		if score.Accepted {
			slice.lines = append(slice.lines, display.Escape(score.Where.String())+" carries "+
				display.Percent(score.Contribution)+" of the change")
		}
	}
	for _, sig := range t.Signals {
		if sig.Changed {
			signal.lines = append(signal.lines, display.Escape(sig.Column+": "+sig.Why))
		}
	}
	warning := topic{name: "warning"}
	told := map[string]bool{}
	for _, texts := range [][]string{t.Measure.Warnings, t.Warnings} {
		for _, text := range texts {
			if !told[text] {
				warning.lines = append(warning.lines, display.Escape(text))
			}
			told[text] = true
		}
	}
	return []topic{next, event, impact(s.state), signal, slice, warning}
}

// impact is what the drop costs an hour: the wrong answers beyond those of the
// window before, at the rows the window after has an hour. Nothing where quality
// is no share, or has not fallen.
func impact(s screen.State) topic {
	t := topic{name: "impact"}
	q, hours := s.Triage.Quality, s.Windows.After.Duration().Hours()
	if q == nil || q.After.Known == 0 || hours <= 0 || s.Triage.Measure.Scale != analysis.Proportion || q.LowerBetter || q.Delta >= 0 {
		return t
	}
	wrong := -q.Delta * float64(q.After.Rows) / hours
	text := display.Number(math.Round(10*wrong)/10) + " more wrong answers an hour than before"
	if s.Cost > 0 {
		text += ", which cost " + display.Number(math.Round(wrong*s.Cost)) + " at " + display.Number(s.Cost) + " each"
	}
	t.lines = append(t.lines, text)
	return t
}

// event is the best explanation among the logged changes.
func (s Screen) event(m analysis.EventMatch) display.Text {
	chance := " (" + display.Percent(m.Probability) + ")"
	if m.Event == nil {
		return "no logged event explains this" + chance
	}
	return display.Escape(m.Event.Kind+", "+m.Event.Title) + ", " + display.Time(m.Event.Time, s.zone) + chance
}
