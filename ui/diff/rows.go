package diff

import (
	"math"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/table"
)

// columns are what is told of every signal; in a narrow box the Wide ones go
// first.
var columns = []table.Column{
	{Title: "signal", Key: "signal", Width: 12, Flex: 3},
	{Title: "kind", Key: "kind", Width: 6, Wide: true},
	{Title: "effect", Key: "effect", Width: 8, Align: table.Right},
	{Title: "95 %", Width: 16, Align: table.Right, Wide: true},
	{Title: "direction", Key: "direction", Width: 10, Flex: 1},
	{Title: "p", Key: "p", Width: 7, Align: table.Right, Wide: true},
	{Title: "q", Key: "q", Width: 7, Align: table.Right},
	{Title: "relevance", Key: "relevance", Width: 11, Align: table.Right},
	{Title: "unseen", Key: "unseen", Width: 8, Align: table.Right},
}

// aSmallEffect is what an interval must exclude before a column is said to be as
// it was: rows few or alike prove nothing, and a release that took over is not
// undone by them.
//
// Source: Cohen, Statistical Power Analysis, 1988.
const aSmallEffect = 0.2

// row is a signal as cells. What is within chance is muted, not hidden: that a
// column did not move is a finding too.
func row(sig analysis.Signal) []table.Cell {
	slot, word := themes.Muted, display.Escape(sig.Direction)
	switch {
	case sig.Changed:
		slot = themes.Text
	case sig.Interval.Hi < aSmallEffect:
		word = "as before"
	default:
		word = "in doubt"
	}
	unseen := slot
	if sig.Unseen > 0 {
		unseen = themes.Look
	}
	number := func(text display.Text, v float64, slot themes.Slot) table.Cell {
		return table.Cell{Text: text, Slot: slot, Sort: v}
	}
	return []table.Cell{
		{Text: display.Escape(sig.Column), Slot: slot},
		{Text: display.Text(sig.Profile.Field.Type.String()), Slot: themes.Muted},
		number(round(sig.Effect), sig.Effect, slot),
		{Text: round(sig.Interval.Lo) + " to " + round(sig.Interval.Hi), Slot: themes.Muted},
		{Text: word, Slot: slot},
		number(display.P(sig.P), sig.P, themes.Muted),
		number(display.P(sig.Q), sig.Q, slot),
		number(display.Percent(sig.Relevance), sig.Relevance, slot),
		number(display.Percent(sig.Unseen), sig.Unseen, unseen),
	}
}

// round is an effect with two decimals: its noise is larger than the third.
func round(v float64) display.Text { return display.Number(math.Round(v*100) / 100) }
