package models

import (
	"fmt"
	"math"
	"strings"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/analysis/fleet"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/screen"
	"andon/ui/table"
)

// sparkWidth is the cells of a small plot over time. It shows the shape only,
// each on its own scale; the chart below has one scale for all.
const sparkWidth = 8

// qualityColumns are before, after, change and its interval.
var qualityColumns = []table.Column{
	{Title: "before", Key: "before", Width: 8, Align: table.Right},
	{Title: "after", Key: "after", Width: 8, Align: table.Right},
	{Title: "change", Key: "change", Width: 9, Align: table.Right},
	{Title: "95 % interval", Width: 14, Align: table.Right, Wide: true},
}

// columns puts the quality columns between the first ones and the last.
func columns(first []table.Column, last ...table.Column) table.Table {
	all := append(append([]table.Column{}, first...), qualityColumns...)
	return table.New(append(all, last...)...)
}

func memberTable() table.Table {
	return columns([]table.Column{{Title: "member", Key: "member", Width: 8, Flex: 1}},
		table.Column{Title: "agrees", Key: "agrees", Width: 11, Align: table.Right},
		table.Column{Title: "state", Key: "state", Width: 6})
}

func (s Screen) memberRows() [][]table.Cell {
	r := s.known.members
	rows := make([][]table.Cell, len(r.Members))
	for i, m := range r.Members {
		cells := append([]table.Cell{{Text: display.Escape(m.Name)}}, s.qualityCells(m.Before, m.After)...)
		rows[i] = append(cells, table.Cell{Text: s.agreement(m), Sort: m.Agree[1].Mean()}, s.standing(i))
	}
	return rows
}

// standing is how a member came through, in a word.
func (s Screen) standing(i int) table.Cell {
	if i >= len(s.known.members.Standings) {
		return table.Cell{Text: display.None, Slot: themes.Muted}
	}
	switch s.known.members.Standings[i].State {
	case ensemble.Broke:
		return table.Cell{Text: "broke", Slot: themes.Bad}
	case ensemble.Fell:
		return table.Cell{Text: "fell", Slot: themes.Look}
	case ensemble.Held:
		return table.Cell{Text: "held", Slot: themes.Good}
	}
	return table.Cell{Text: display.None, Slot: themes.Muted}
}

// agreement is how often the member gave the final answer, before and after.
func (s Screen) agreement(m analysis.Member) display.Text {
	if s.state.Triage.Measure.Scale == analysis.Amount {
		return s.level(m.Agree[0]) + " > " + s.level(m.Agree[1])
	}
	return fromTo(m.Agree[0].Mean(), m.Agree[1].Mean())
}

// fromTo is two shares without decimals: "97 > 61 %".
func fromTo(before, after float64) display.Text {
	return display.Text(fmt.Sprintf("%.0f > %.0f %%", 100*before, 100*after))
}

func versionTable() table.Table {
	return columns([]table.Column{{Title: "version", Key: "version", Width: 9, Flex: 1},
		{Title: "share", Key: "share", Width: 10, Align: table.Right, Wide: true}},
		table.Column{Title: "rows", Width: sparkWidth})
}

func (s Screen) versionRows() [][]table.Cell {
	rows := make([][]table.Cell, len(s.known.members.Versions))
	for i, v := range s.known.members.Versions {
		cells := []table.Cell{{Text: display.Escape(versionName(v))},
			{Text: fromTo(v.Share[0], v.Share[1]), Slot: themes.Muted, Sort: v.Share[1]}}
		cells = append(cells, s.qualityCells(v.Before, v.After)...)
		rows[i] = append(cells, table.Cell{Text: plot.Spark(traffic(v.Traffic), sparkWidth, s.sheet), Slot: themes.Before})
	}
	return rows
}

// versionName is the value of the version, or that there is none.
func versionName(v analysis.Version) string {
	if v.Where.Op == analysis.Missing {
		return "(not logged)"
	}
	return v.Where.Value
}

func unitTable() table.Table {
	return columns([]table.Column{{Title: "model, plant", Key: "unit", Width: 14, Flex: 1},
		{Title: "rows", Key: "rows", Width: 8, Align: table.Right, Wide: true}})
}

func (s Screen) unitRows() [][]table.Cell {
	rows := make([][]table.Cell, len(s.known.units))
	for i, u := range s.known.units {
		n := u.Before.Rows + u.After.Rows
		cells := []table.Cell{{Text: display.Escape(unitName(u))}, {Text: display.Count(int64(n)), Slot: themes.Muted, Sort: float64(n)}}
		rows[i] = append(cells, s.qualityCells(u.Before, u.After)...)
	}
	return rows
}

// unitName is the unit's values: "seating, Graz".
func unitName(u fleet.Unit) string {
	parts := make([]string, len(u.Where))
	for i, c := range u.Where {
		if parts[i] = c.Value; c.Op == analysis.Missing {
			parts[i] = "(not logged)"
		}
	}
	return strings.Join(parts, ", ")
}

// qualityCells are before, after, change and its interval. A change counts as
// bad or good only where the interval leaves 0 out.
func (s Screen) qualityCells(before, after analysis.Sum) []table.Cell {
	measure := s.state.Triage.Measure
	q := analysis.CompareQuality(measure, before, after)
	cell := func(sum analysis.Sum, slot themes.Slot) table.Cell {
		if sum.Known == 0 {
			return table.Cell{Text: display.None, Slot: themes.Muted, Sort: math.NaN()}
		}
		return table.Cell{Text: screen.Level(measure.Scale, sum.Mean()), Slot: slot, Sort: sum.Mean()}
	}
	cells := []table.Cell{cell(before, themes.Before), cell(after, themes.After)}
	if before.Known == 0 || after.Known == 0 {
		return append(cells, table.Cell{Text: display.None, Sort: math.NaN()}, table.Cell{Text: display.None})
	}
	slot := themes.Muted
	switch worse := q.Loss() > 0; {
	case q.Interval.Lo <= 0 && q.Interval.Hi >= 0:
	case worse:
		slot = themes.Bad
	default:
		slot = themes.Good
	}
	return append(cells, table.Cell{Text: screen.Step(measure.Scale, q.Delta), Slot: slot, Sort: q.Delta},
		table.Cell{Text: interval(measure.Scale, q.Interval), Slot: themes.Muted})
}

// interval is written in the unit of the change beside it.
func interval(scale analysis.Scale, i analysis.Interval) display.Text {
	if scale == analysis.Proportion {
		return display.Text(fmt.Sprintf("%+.1f .. %+.1f", 100*i.Lo, 100*i.Hi))
	}
	return display.Number(i.Lo) + " .. " + display.Number(i.Hi)
}

// means are the levels of a series, NaN where nothing is known.
func means(s analysis.Series) []float64 {
	values := make([]float64, len(s.Buckets))
	for i, b := range s.Buckets {
		values[i] = math.NaN()
		if b.Known > 0 {
			values[i] = b.Mean()
		}
	}
	return values
}

// traffic is the rows of a series over time; no row is 0, not a gap, because
// another version may have answered then.
func traffic(s analysis.Series) []float64 {
	values := make([]float64, len(s.Buckets))
	for i, b := range s.Buckets {
		values[i] = float64(b.Rows)
	}
	return values
}
