package slices

import (
	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// sides are the columns of the detail, in cells.
const (
	sideWidth  = 10
	countWidth = 10
	meanWidth  = 9
	rangeWidth = 16
)

// detail is the slice on which the cursor came to rest, beside everything else: a slice that
// fell while the rest held is guilty, one that fell with the rest is not.
func (s Screen) detail(w, h int) string {
	if s.told < 0 || s.told >= len(s.state.Triage.Slices) {
		return s.sheet.Box("", "", w, h)
	}
	score := s.state.Triage.Slices[s.told]
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
	line := s.sheet.Fit("", sideWidth) + right("known", countWidth) + right("before", meanWidth)
	if w >= wide {
		line += right("95 %", rangeWidth)
	}
	line += right("known", countWidth) + right("after", meanWidth)
	if w >= wide {
		line += right("95 %", rangeWidth)
	}
	return line + right("change", meanWidth+1)
}

// wide is the width from which intervals have room.
const wide = sideWidth + 2*countWidth + 3*meanWidth + 2*rangeWidth + 1

// side is one line: how much is known of the rows, and their quality in both
// windows.
func (s Screen) side(name display.Text, before, after analysis.Sum, w int) string {
	scale := s.state.Triage.Measure.Scale
	cell := func(sum analysis.Sum, slot themes.Slot) string {
		line := right(display.Count(int64(sum.Known)), countWidth) + s.sheet.Paint(slot, right(mean(scale, sum), meanWidth))
		if w >= wide {
			line += s.sheet.Paint(themes.Muted, right(interval(scale, sum), rangeWidth))
		}
		return line
	}
	change := display.None
	if before.Known > 0 && after.Known > 0 {
		change = screen.Step(scale, after.Mean()-before.Mean())
	}
	return s.sheet.Fit(string(name), sideWidth) + cell(before, themes.Before) + cell(after, themes.After) +
		right(change, meanWidth+1)
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
