package house

import (
	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
)

// mostLines is how many lines a topic may have: as many as the house has rooms.
const mostLines = 5

// topic is a heading with its lines, the most useful first.
type topic struct {
	name  string
	lines []display.Text
}

// more is what a tall box has room for below the house: the first line of
// every topic, then second ones and so on while rows are left.
func (s Screen) more(w, rows int) []string {
	if !s.whole {
		return nil
	}
	topics := s.topics()
	taken := make([]int, len(topics))
	for range mostLines {
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
	for _, texts := range [][]string{t.Warnings, t.Measure.Warnings} {
		for _, text := range texts {
			if !told[text] {
				warning.lines = append(warning.lines, display.Escape(text))
			}
			told[text] = true
		}
	}
	return []topic{next, event, s.cost(), s.budget(), s.labels(), s.health(), signal, slice, warning}
}

// event is the best explanation among the logged changes.
func (s Screen) event(m analysis.EventMatch) display.Text {
	chance := " (" + display.Percent(m.Probability) + ")"
	if m.Event == nil {
		return "no logged event explains this" + chance
	}
	return display.Short(m.Event.Time, s.zone) + " " + display.Escape(m.Event.Kind) + chance + ": " + display.Escape(m.Event.Title)
}
