package timeline

import (
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
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
	if text := s.instead(w, h); text != "" {
		return text
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

// instead is what stands in place of a timeline, "" if there is one.
func (s Screen) instead(w, h int) string {
	if len(s.main.Buckets) > 0 {
		return ""
	}
	if text := screen.Instead(s.state, "the timeline appears with the first rows", w, h, s.sheet); text != "" {
		return text
	}
	if err := s.answers.replies[quality].err; err != nil {
		return screen.Say(themes.Bad, display.Escape(err.Error()), w, h, s.sheet)
	}
	return screen.Say(themes.Text, "There is nothing with a time here yet. Load a log with: andon import -o FILE SRC. "+
		"Screen 9 shows what was recognised.", w, h, s.sheet)
}
