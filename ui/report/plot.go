package report

import (
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
	"time"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/style"
)

// Plot is quality over time with the marks of the console's timeline: the
// windows, the onset, the events and the goal. It is drawn as text for
// Markdown and as SVG for HTML.
type Plot struct {
	Name         string
	Series       analysis.Series
	Lower, Upper []float64
	Windows      analysis.Windows
	Onset        *analysis.Change
	Events       []analysis.Event
	Goal         float64 // NaN: none
	Zone         *time.Location
	Caption      string // what the letters mean, and the evidence
}

// newPlot is nil where there is nothing to draw.
func newPlot(r Report) *Plot {
	t := r.Triage
	if len(t.Series.Buckets) < 2 {
		return nil
	}
	p := &Plot{Name: words(t.Series.Name), Series: t.Series, Onset: t.Onset, Goal: math.NaN(), Zone: r.Zone}
	if t.Verdict.Cause != analysis.None {
		p.Windows = t.Windows
	}
	for _, m := range t.Events[:min(5, len(t.Events))] {
		if m.Event != nil {
			p.Events = append(p.Events, *m.Event)
		}
	}
	if len(t.Events) == 0 {
		p.Events = r.Events[:min(8, len(r.Events))]
	}
	if goal, _, ok := t.Goal(r.Incident.SLO); ok {
		p.Goal = goal
	}
	p.Lower, p.Upper = analysis.Band(t.Series)
	p.Caption = p.legend() + r.citePlot()
	return p
}

// legend says what is drawn, and names the events by their letters.
func (p *Plot) legend() string {
	says := capital(p.Name) + " over time"
	if len(p.Lower) > 0 {
		says += " with its 95 % interval"
	}
	says += "."
	for i, e := range p.Events {
		says += fmt.Sprintf(" %c: %s %s, %s.", 'A'+i, e.Kind, strings.TrimSuffix(e.Title, "."), e.Time.In(p.Zone).Format("Jan 2 15:04"))
	}
	return says
}

// citePlot keeps the whole series as one digest.
func (r Report) citePlot() string {
	s := r.Triage.Series
	sum := sha256.New()
	for i, b := range s.Buckets {
		fmt.Fprintf(sum, "%s %d %d %.9g\n", stamp(s.At(i)), b.Rows, b.Known, b.Good)
	}
	return r.cite("series "+s.Name, fmt.Sprintf("%d buckets of %s from %s, digest %x", len(s.Buckets), s.Step, stamp(s.At(0)), sum.Sum(nil)[:6]))
}

// values are the bucket means, NaN where nothing is known.
func (p *Plot) values() []float64 {
	values := make([]float64, len(p.Series.Buckets))
	for i, b := range p.Series.Buckets {
		values[i] = math.NaN()
		if b.Known > 0 {
			values[i] = b.Mean()
		}
	}
	return values
}

// Text draws the plot in plain characters, 76 wide.
func (p *Plot) Text() string {
	mono, err := themes.Load("mono")
	if err != nil {
		return ""
	}
	chart := plot.Chart{Lo: math.NaN(), Hi: math.NaN(), Goal: p.Goal, Zone: p.Zone,
		From: p.Series.At(0), To: p.Series.At(len(p.Series.Buckets)),
		Lines: []plot.Line{{Name: display.Escape(p.Name), Values: p.values()}}}
	if p.Series.Scale == analysis.Proportion {
		chart.Format = func(v float64) string { return string(display.Percent(v)) }
	}
	if !p.Windows.Zero() {
		chart.Shades = []plot.Shade{{From: p.Windows.Before.From, To: p.Windows.Before.To, Window: plot.Before},
			{From: p.Windows.After.From, To: p.Windows.After.To, Window: plot.After}}
	}
	if p.Onset != nil {
		chart.Marks = append(chart.Marks, plot.Mark{At: p.Onset.Onset, Kind: plot.Change, Label: "onset"})
	}
	for i, e := range p.Events {
		chart.Marks = append(chart.Marks, plot.Mark{At: e.Time, Kind: plot.Event, Label: display.Text(rune('A' + i))})
	}
	return style.Plain(plot.Draw(chart, 76, 16, style.New(mono, style.Terminal{})))
}
