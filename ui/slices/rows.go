package slices

import (
	"math"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/table"
)

// columns are what is told of every slice; in a narrow box the Wide ones go
// first.
var columns = []table.Column{
	{Title: "where", Key: "where", Width: 18, Flex: 1},
	{Title: "support", Key: "support", Width: 9, Align: table.Right, Wide: true},
	{Title: "before", Key: "before", Width: 8, Align: table.Right},
	{Title: "after", Key: "after", Width: 8, Align: table.Right},
	{Title: "change", Key: "change", Width: 9, Align: table.Right, Wide: true},
	{Title: "carries", Key: "carries", Width: barWidth + 9},
	{Title: "p", Key: "p", Width: 7, Align: table.Right, Wide: true},
}

// barWidth is the cells of a contribution of 100 %.
const barWidth = 8

// row is a slice as cells; one that chance explains is muted and says so.
func (s Screen) row(e entry) []table.Cell {
	score := s.state.Triage.Slices[e.score]
	where := display.Escape(score.Where.String())
	if e.within {
		where = "  " + where
	}
	if e.folded > 0 {
		where += " +" + display.Count(int64(e.folded))
	}
	scale := s.state.Triage.Measure.Scale
	slot, fell := themes.Text, themes.Bad
	p := display.P(score.P)
	if !score.Accepted {
		slot, fell, p = themes.Muted, themes.Muted, "chance"
	}
	change, text := math.NaN(), display.None
	if score.Before.Known > 0 && score.After.Known > 0 {
		change = score.After.Mean() - score.Before.Mean()
		text = screen.Step(scale, change)
	}
	return []table.Cell{
		{Text: where, Slot: slot},
		{Text: display.Percent(score.Support[1]), Slot: slot, Sort: score.Support[1]},
		{Text: mean(scale, score.Before), Slot: themes.Before, Sort: order(score.Before)},
		{Text: mean(scale, score.After), Slot: themes.After, Sort: order(score.After)},
		{Text: text, Slot: fell, Sort: change},
		{Text: s.bar(score.Contribution) + " " + percent(score.Contribution), Slot: slot, Sort: score.Contribution},
		{Text: p, Slot: slot, Sort: score.P},
	}
}

// mean is a quality, or that nothing is known of it.
func mean(scale analysis.Scale, sum analysis.Sum) display.Text {
	if sum.Known == 0 {
		return "unknown"
	}
	return screen.Level(scale, sum.Mean())
}

// order is what a mean sorts by; an unknown one comes last.
func order(sum analysis.Sum) float64 {
	if sum.Known == 0 {
		return math.NaN()
	}
	return sum.Mean()
}

// percent is a share of the change without decimals: it is not known better.
func percent(share float64) display.Text {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return display.None
	}
	return display.Number(math.Round(100*share)) + " %"
}

// bar is a contribution as a bar of barWidth cells, to an eighth of a cell.
func (s Screen) bar(share float64) display.Text {
	if math.IsNaN(share) {
		share = 0
	}
	eighths := int(math.Round(max(0, min(1, share)) * 8 * barWidth))
	run := s.sheet.Glyphs.Run
	bar := strings.Repeat(run[7], eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += run[rest-1]
	}
	return display.Pad(display.Text(bar), barWidth)
}
