package timeline

import (
	"fmt"
	"slices"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
)

// visible are the events in view, in time order; letter i names the i-th on
// the plot and in the list below it.
func (s Screen) visible() []analysis.Event {
	var list []analysis.Event
	for _, e := range s.state.Events {
		if s.view.Contains(e.Time) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b analysis.Event) int { return a.Time.Compare(b.Time) })
	return list
}

// letter is a to z, then none: so many events are read in the list.
func letter(i int) display.Text {
	if i >= 26 {
		return ""
	}
	return display.Text(rune('a' + i))
}

// list is up to n events: those in view, around the one nearest the cursor.
func (s Screen) list(w, n int) []string {
	events := s.visible()
	nearest := 0
	for i, e := range events {
		if e.Time.Sub(s.cursor).Abs() < events[nearest].Time.Sub(s.cursor).Abs() {
			nearest = i
		}
	}
	from := max(0, min(nearest-n/2, len(events)-n))
	var lines []string
	for i := from; i < min(from+n, len(events)); i++ {
		lines = append(lines, s.sheet.Fit(s.event(i, events[i]), w))
	}
	return lines
}

// worth is the probability from which an event is named as an explanation.
const worth = 0.05

// event is one line: letter, time, kind, how likely it explains the change,
// title and scope.
func (s Screen) event(i int, e analysis.Event) string {
	line := s.sheet.Paint(themes.Event, s.sheet.Fit(string(letter(i)), 2)) +
		string(display.Time(e.Time, s.zone)) + "  " + string(display.Pad(display.Escape(e.Kind), 11)) + "  " +
		s.sheet.Paint(themes.Mark, s.explains(e)) + string(display.Escape(e.Title))
	if scope := e.Where(); len(scope) > 0 {
		line += "  " + s.sheet.Paint(themes.Muted, string(display.Escape(scope.String())))
	}
	return line
}

// explains is how likely the event explains the change, if that is worth a
// look.
func (s Screen) explains(e analysis.Event) string {
	for _, m := range s.state.Triage.Events {
		if m.Event != nil && m.Event.ID == e.ID && m.Event.Time.Equal(e.Time) && m.Probability >= worth {
			return fmt.Sprintf("explains %.0f %%: ", 100*m.Probability)
		}
	}
	return ""
}
