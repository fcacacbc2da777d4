package timeline

import (
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// rows is how a box's height is shared.
type rows struct{ chart, strands, events int }

// least is the height at which a chart still shows a course.
const least = 6

// share gives the read-out and the windows a line each and the chart at least
// its least; strands and events take from the rest what they have to show, but
// no more than half of it.
func share(h, strands, events int) rows {
	free := max(0, h-2-least)
	r := rows{}
	r.strands = min(strands, (free+1)/3)
	r.events = min(events, (free+1)/3)
	r.chart = max(0, h-2-r.strands-r.events)
	return r
}

// View draws the timeline, or says why there is none.
func (s Screen) View(w, h int) string {
	if text, ok := s.instead(); ok {
		return s.sheet.Middle(text, w, h)
	}
	if w < 30 || h < least {
		return s.sheet.Fill(string(display.Cut(s.readout(), w)), w, h)
	}
	strands := s.strands()
	r := share(h, len(strands), len(s.visible()))
	panes := []string{s.head(w), s.chart(w, r.chart)}
	for _, st := range strands[:r.strands] {
		panes = append(panes, s.row(st, w))
	}
	panes = append(panes, s.list(w, r.events)...)
	panes = append(panes, s.sheet.Fit(s.live(), w))
	return s.sheet.Fill(style.Stack(panes...), w, h)
}

// head is the read-out; while a newer question is out it belongs to the one
// before, and says so.
func (s Screen) head(w int) string {
	text := string(s.readout())
	if s.pending() {
		text = s.sheet.Paint(themes.Look, "asking ...") + " " + text
	}
	return s.sheet.Fit(text, w)
}

// instead is what stands in place of a timeline.
func (s Screen) instead() (string, bool) {
	switch {
	case len(s.main.Buckets) > 0:
		return "", false
	case s.state.Err != nil:
		return s.sheet.Paint(themes.Bad, string(display.Escape(s.state.Err.Error()))), true
	case s.answers.replies[quality].err != nil:
		return s.sheet.Paint(themes.Bad, string(display.Escape(s.answers.replies[quality].err.Error()))), true
	case s.state.Loading.Active:
		return "loading " + string(display.Escape(s.state.Loading.Source)) + " ...\n" +
			"the timeline appears with the first rows", true
	case !s.state.Ready:
		return "reading the incident file ...", true
	}
	return strings.Join([]string{"There is nothing with a time here yet.",
		"Load a log with: andon import -o FILE SRC", "Screen 9 shows what was recognised."}, "\n"), true
}
