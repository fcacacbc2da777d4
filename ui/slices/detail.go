package slices

import (
	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// sides are the widths of the detail's columns: their sum is the box that has
// room for all. In a smaller one the intervals go.
type sides struct{ side, count, mean, interval, change int }

var (
	roomy = sides{10, 11, 10, 17, 11} // 97
	tight = sides{9, 7, 8, 14, 10}    // 77: the box of 80 columns
	bare  = sides{10, 10, 9, 0, 10}   // 58
)

func sidesFor(w int) sides {
	for _, c := range []sides{roomy, tight} {
		if w >= c.side+2*(c.count+c.mean+c.interval)+c.change {
			return c
		}
	}
	return bare
}

// detail is the slice on which the cursor came to rest, beside everything else: a slice that
// fell while the rest held is guilty, one that fell with the rest is not.
func (s Screen) detail(w, h int) string {
	score, ok := s.scored(s.told)
	if !ok {
		return s.sheet.Box("", "", w, h)
	}
	lines := []string{s.sheet.Paint(themes.Title, s.heading(w-2))}
	lines = append(lines, s.side("slice", score.Before, score.After, w-2), s.side("the rest", score.Complement[0], score.Complement[1], w-2), "")
	for _, l := range display.Wrap(s.sentence(score), w-2) {
		lines = append(lines, string(l))
	}
	return s.sheet.Box(string(display.Escape(score.Where.String())), style.Stack(blank(lines)...), w, h)
}

// blank keeps empty lines, which Stack would leave out.
func blank(lines []string) []string {
	for i, l := range lines {
		if l == "" {
			lines[i] = " "
		}
	}
	return lines
}

// heading names the columns of both sides.
func (s Screen) heading(w int) string {
	c := sidesFor(w)
	line := s.sheet.Fit("", c.side)
	for _, window := range []display.Text{"before", "after"} {
		line += right("known", c.count) + right(window, c.mean) + right("95 %", c.interval)
	}
	return line + right("change", c.change)
}

// side is one line: how much is known of the rows, and their quality in both
// windows.
func (s Screen) side(name display.Text, before, after analysis.Sum, w int) string {
	scale, c := s.state.Triage.Measure.Scale, sidesFor(w)
	cell := func(sum analysis.Sum, slot themes.Slot) string {
		return right(count(sum.Known, c.count), c.count) + s.sheet.Paint(slot, right(mean(scale, sum), c.mean)) +
			s.sheet.Paint(themes.Muted, right(interval(scale, sum), c.interval))
	}
	change := display.None
	if before.Known > 0 && after.Known > 0 {
		change = screen.Step(scale, after.Mean()-before.Mean())
	}
	return s.sheet.Fit(string(name), c.side) + cell(before, themes.Before) + cell(after, themes.After) +
		right(change, c.change)
}

// count is a number of rows in w cells with a space before it: thousands and
// millions where it is longer.
func count(n, w int) display.Text {
	switch text := display.Count(int64(n)); {
	case display.Width(text) < w:
		return text
	case n < 1e6:
		return display.Count(int64(n/1e3)) + " k"
	}
	return display.Number(float64(n/1e4)/100) + " M"
}

// interval is the 95 % interval of a share; amounts have none without their
// spread over days, which the slices do not carry.
func interval(scale analysis.Scale, sum analysis.Sum) display.Text {
	if scale != analysis.Proportion || sum.Known == 0 {
		return ""
	}
	in := analysis.Wilson(sum.Good, float64(sum.Known))
	return "[" + display.Number(rounded(in.Lo)) + ", " + display.Number(rounded(in.Hi)) + "]"
}

// rounded is a share in percent with one decimal.
func rounded(share float64) float64 { return float64(int(share*1000+0.5)) / 10 }

// sentence says what the numbers mean.
func (s Screen) sentence(score analysis.SliceScore) display.Text {
	scale := s.state.Triage.Measure.Scale
	text := "It has " + display.Percent(score.Support[0]) + " of the rows before and " + display.Percent(score.Support[1]) +
		" after, and carries " + percent(score.Contribution) + " of the change."
	if score.Before.Known == 0 || score.After.Known == 0 {
		return text + " Nothing is known of one window, so how much it changed is not."
	}
	if !score.Accepted {
		return text + " Among so many slices, chance explains it (p " + display.P(score.P) + ")."
	}
	return text + " The change within it lies between " + screen.Step(scale, score.Interval.Lo) + " and " +
		screen.Step(scale, score.Interval.Hi) + " (95 %)."
}

// right is text on the right side of width cells.
func right(t display.Text, width int) string {
	t = display.Cut(t, width)
	return string(display.Pad("", width-display.Width(t)) + t)
}
