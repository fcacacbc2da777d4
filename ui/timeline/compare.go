package timeline

import (
	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/screen"
)

// Other lines on the plot of a slice:
//
//	c   the rest     all rows but these                 ───── line=L2
//	p   a slice      the one that was looked at when    ╌╌╌╌╌ line=L1
//	                 p was pressed, wherever one goes
//	v   estimated    what the answers' sureness promises
//
// Two slices are compared by going to one, p, and going to the other.

// kept is a slice that is kept to compare with; the zero one is none.
type kept struct {
	text string
	some bool
}

// where is the slice as a filter.
func (k kept) where() (analysis.Where, bool) {
	where, err := analysis.ParseWhere(k.text)
	return where, k.some && err == nil
}

// name is the slice in words.
func (k kept) name() display.Text {
	if k.text == "" {
		return "all rows"
	}
	return display.Escape(k.text)
}

// keep keeps the slice that is looked at, or lets it go.
func (s Screen) keep() (screen.Screen, tea.Cmd) {
	now := kept{s.state.Where.String(), true}
	said := "kept: " + string(now.name()) + "; go to a slice, and it is drawn beside it"
	if s.kept == now {
		said, now = "no longer kept: "+string(now.name()), kept{}
	}
	s.kept = now
	return screen.Told(s.ask())(said)
}

// slice is what the first line is of, where there are others.
func (s Screen) slice() display.Text {
	if len(s.state.Where) > 0 {
		return display.Escape(s.state.Where.String())
	}
	if s.kept.some {
		return "all rows"
	}
	return name(s.main)
}

// companions are the other lines, without bands: three of them would hide each
// other.
func (s Screen) companions(cells int) []plot.Line {
	var lines []plot.Line
	draw := func(name display.Text, series analysis.Series, slot themes.Slot) {
		line := s.line(series, cells)
		line.Name, line.Slot, line.Lower, line.Upper = name, slot, nil, nil
		lines = append(lines, line)
	}
	if rest, ok := s.rest(); ok && s.versus {
		draw("the rest", rest, themes.Second)
	}
	if other, ok := s.other(); ok {
		draw(s.kept.name(), other, themes.Mark)
	}
	if guess := s.answers.replies[Estimate]; s.guess && s.ofQuality() && known(guess.series) {
		draw("estimated", guess.series, themes.Third)
	}
	return lines
}

// other is quality of the slice that is kept, unless it is the one looked at.
func (s Screen) other() (analysis.Series, bool) {
	reply := s.answers.replies[beside]
	apart := s.kept.some && s.kept.text != s.state.Where.String()
	return reply.series, apart && s.asked.kept == s.kept && known(reply.series)
}

// rest is quality of the rows the filter leaves out: all minus the filtered,
// bucket by bucket. Both must answer the
// same question.
func (s Screen) rest() (analysis.Series, bool) {
	whole, filtered := s.answers.replies[others], s.answers.replies[quality]
	all, part := whole.series, filtered.series
	if whole.number == 0 || whole.number != filtered.number || len(all.Buckets) != len(part.Buckets) {
		return analysis.Series{}, false
	}
	rest := all
	rest.Buckets = make([]analysis.Sum, len(all.Buckets))
	for i, b := range all.Buckets {
		rest.Buckets[i] = b.Sub(part.Buckets[i])
	}
	return rest, true
}
