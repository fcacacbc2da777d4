package timeline

import (
	"fmt"
	"math"
	"time"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/screen"
)

// chart is the large plot of a box w x h.
func (s Screen) chart(w, h int) string {
	cells := max(1, w-gutter(w)-reading(w))
	c := plot.Chart{
		Lines: []plot.Line{s.line(s.main, cells)},
		Lo:    math.NaN(), Hi: math.NaN(), Goal: math.NaN(),
		From: s.view.From, To: s.view.To, Zone: s.zone,
		Marks: s.marks(),
		Format: func(v float64) string {
			return fmt.Sprintf("%*s", gutter(w)-1, screen.Level(s.main.Scale, v))
		},
	}
	c.Lines = append(c.Lines, s.companions(cells)...)
	if len(c.Lines) > 1 {
		c.Lines[0].Name = s.slice()
	}
	if goal, proposed, ok := s.state.Goal(); ok && s.ofQuality() {
		c.Goal, c.Proposed = goal, proposed
	}
	if windows := s.state.Windows; !windows.Zero() {
		c.Shades = []plot.Shade{
			{From: windows.Before.From, To: windows.Before.To, Window: plot.Before},
			{From: windows.After.From, To: windows.After.To, Window: plot.After},
		}
	}
	return s.sheet.Fill(plot.Draw(c, w-reading(w), h, s.sheet), w, h)
}

// ofQuality reports that the large series is what the objective is about.
func (s Screen) ofQuality() bool {
	return s.main.Scale == s.state.Triage.Measure.Scale && s.main.Name == s.state.Triage.Series.Name
}

// line is a series as the plot takes it: the visible buckets, as many added up
// as share a column, each with its 95 % interval. Adding before dividing keeps
// the interval that of the column, not the mean of its buckets'.
func (s Screen) line(series analysis.Series, cells int) plot.Line {
	line := plot.Line{Step: series.Step}
	if series.Step <= 0 || len(series.Buckets) == 0 {
		return line
	}
	visible := float64(s.view.Duration()) / float64(series.Step)
	together := max(1, int(math.Ceil(visible/float64(cells))))
	line.Step = time.Duration(together) * series.Step
	first := series.Index(s.view.From) / together * together
	added := analysis.Series{Scale: series.Scale}
	for i := first; i < len(series.Buckets) && series.At(i).Before(s.view.To); i += together {
		var sum analysis.Sum
		for _, b := range series.Buckets[i:min(i+together, len(series.Buckets))] {
			sum = sum.Add(b)
		}
		value := math.NaN()
		if sum.Known > 0 {
			value = sum.Mean()
		}
		line.Times = append(line.Times, series.At(i).UnixNano())
		line.Values = append(line.Values, value)
		line.Weights = append(line.Weights, float64(sum.Known))
		added.Buckets = append(added.Buckets, sum)
	}
	line.Lower, line.Upper = analysis.Band(added)
	return line
}

// marks are the events with their letters, the change points, the edge moved
// last and the cursor.
func (s Screen) marks() []plot.Mark {
	var marks []plot.Mark
	for i, e := range s.visible() {
		marks = append(marks, plot.Mark{At: e.Time, Kind: plot.Event, Label: letter(i)})
	}
	for _, c := range s.state.Triage.Changes {
		mark := plot.Mark{At: c.Onset, Kind: plot.Change}
		if onset := s.state.Triage.Onset; onset != nil && onset.Onset.Equal(c.Onset) {
			mark.Label = "onset"
		}
		marks = append(marks, mark)
	}
	if s.held != "" {
		marks = append(marks, plot.Mark{At: s.held.at(s.state.Windows), Kind: plot.Edge, Label: display.Text(s.held)})
	}
	return append(marks, plot.Mark{At: s.cursor, Kind: plot.Cursor})
}
