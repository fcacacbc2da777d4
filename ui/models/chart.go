package models

import (
	"fmt"
	"math"
	"slices"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/plot"
)

// leastChart is the rows below which a plot shows nothing.
const leastChart = 6

// lineSlots tell the lines of a chart apart; more than these are not drawn.
var lineSlots = []themes.Slot{themes.Accent, themes.Second, themes.Third}

// chart is agreement of the members, or traffic of the versions, over time on
// one scale, the one under the cursor in front.
func (s Screen) chart(w, h int) string {
	series, names, selected := s.lines()
	if h < leastChart || len(series) == 0 {
		return s.sheet.Fill("", w, h)
	}
	c := plot.Chart{Lo: math.NaN(), Hi: math.NaN(), Goal: math.NaN(), Zone: s.zone,
		From: series[0].Start, To: series[0].At(len(series[0].Buckets)),
		Shades: []plot.Shade{
			{From: s.state.Windows.Before.From, To: s.state.Windows.Before.To, Window: plot.Before},
			{From: s.state.Windows.After.From, To: s.state.Windows.After.To, Window: plot.After},
		}}
	c.Format = func(v float64) string { return fmt.Sprintf("%9s", display.Number(v)) }
	if s.pane == members && series[0].Scale == analysis.Proportion {
		c.Format = func(v float64) string { return fmt.Sprintf("%9s", display.Percent(v)) }
	}
	if onset := s.state.Triage.Onset; onset != nil {
		c.Marks = []plot.Mark{{At: onset.Onset, Kind: plot.Change, Label: "onset"}}
	}
	for i, one := range series {
		if i >= len(lineSlots) && i != selected {
			continue
		}
		line := plot.Line{Name: display.Escape(names[i]), Values: s.values(one), Slot: lineSlots[i%len(lineSlots)]}
		if i == selected {
			c.Lines = slices.Insert(c.Lines, 0, line)
		} else {
			c.Lines = append(c.Lines, line)
		}
	}
	return plot.Draw(c, w, h, s.sheet)
}

// lines are the series of the pane in focus with their names.
func (s Screen) lines() (series []analysis.Series, names []string, selected int) {
	e := s.known.members
	switch s.pane {
	case versions:
		for _, v := range e.Versions {
			series, names = append(series, v.Traffic), append(names, versionName(v))
		}
	case members:
		for i := range min(len(e.Agreement), len(e.Members)) {
			series, names = append(series, e.Agreement[i]), append(names, e.Members[i].Name)
		}
	}
	return series, names, s.tables[s.pane].Selected()
}

func (s Screen) values(one analysis.Series) []float64 {
	if s.pane == versions {
		return traffic(one)
	}
	return means(one)
}

// chartTitle says what the chart shows, "" where there is none.
func (s Screen) chartTitle() string {
	switch {
	case s.pane == versions && len(s.known.members.Versions) > 0:
		return "rows answered over time"
	case s.pane != members || len(s.known.members.Members) == 0:
		return ""
	case s.state.Triage.Measure.Scale == analysis.Amount:
		return "distance from the final answer over time"
	}
	return "gives the final answer, over time"
}
