package report

import (
	"bytes"
	"fmt"
	"html/template"
	"math"
	"strings"
	"time"

	"andon/analysis"
	"andon/ui/display"
)

// The plot as SVG, in user units:
//
//	0 ┌ left ┬──────────── plot ────────────┐ width
//	  │ 100% │   shaded windows, band, line │
//	  │      │   goal, onset, events A B C  │
//	  └──────┴──────── times ───────────────┘ height
const (
	svgWidth, svgHeight = 900.0, 300.0
	svgLeft, svgRight   = 70.0, 10.0
	svgTop, svgBottom   = 24.0, 40.0
)

type canvas struct {
	*Plot
	b      bytes.Buffer
	lo, hi float64
	from   time.Time
	span   float64 // seconds
}

// SVG draws the plot. Only numbers and escaped text enter it.
func (p *Plot) SVG() template.HTML {
	c := &canvas{Plot: p, from: p.Series.At(0)}
	c.span = p.Series.At(len(p.Series.Buckets)).Sub(c.from).Seconds()
	c.scale()
	fmt.Fprintf(&c.b, `<svg viewBox="0 0 %.0f %.0f" role="img" aria-label="%s" font-size="12" font-family="system-ui,sans-serif">`,
		svgWidth, svgHeight, template.HTMLEscapeString(string(display.Escape(p.alternate()))))
	c.shades()
	c.axes()
	c.band()
	c.line()
	c.goal()
	c.marks()
	c.b.WriteString("</svg>")
	return template.HTML(c.b.String())
}

func (c *canvas) scale() {
	c.lo, c.hi = math.Inf(1), math.Inf(-1)
	for _, v := range append(c.values(), c.Goal) {
		if !math.IsNaN(v) {
			c.lo, c.hi = min(c.lo, v), max(c.hi, v)
		}
	}
	if c.lo > c.hi {
		c.lo, c.hi = 0, 1
	}
	pad := max((c.hi-c.lo)*.08, 1e-9)
	c.lo, c.hi = c.lo-pad, c.hi+pad
	if c.Series.Scale == analysis.Proportion {
		c.lo, c.hi = max(0, c.lo), min(1, c.hi)
	}
}

func (c *canvas) x(t time.Time) float64 {
	share := min(1, max(0, t.Sub(c.from).Seconds()/c.span))
	return svgLeft + share*(svgWidth-svgLeft-svgRight)
}

func (c *canvas) y(v float64) float64 {
	share := min(1, max(0, (v-c.lo)/(c.hi-c.lo)))
	return svgHeight - svgBottom - share*(svgHeight-svgTop-svgBottom)
}

func (c *canvas) shades() {
	for _, s := range []struct {
		w    analysis.Window
		name string
		ink  string
	}{{c.Windows.Before, "before", "var(--before)"}, {c.Windows.After, "after", "var(--after)"}} {
		if s.w.Empty() {
			continue
		}
		left, right := c.x(s.w.From), c.x(s.w.To)
		fmt.Fprintf(&c.b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" opacity=".12"/>`,
			left, svgTop, right-left, svgHeight-svgTop-svgBottom, s.ink)
		fmt.Fprintf(&c.b, `<text x="%.1f" y="16" fill="%s" text-anchor="middle">%s</text>`, (left+right)/2, s.ink, s.name)
	}
}

func (c *canvas) axes() {
	at, step := levels(c.lo, c.hi)
	for _, v := range at {
		fmt.Fprintf(&c.b, `<line x1="%.0f" x2="%.0f" y1="%.1f" y2="%.1f" stroke="var(--rule)"/><text x="%.0f" y="%.1f" fill="var(--soft)" text-anchor="end">%s</text>`,
			svgLeft, svgWidth-svgRight, c.y(v), c.y(v), svgLeft-6, c.y(v)+4, c.level(v, step))
	}
	foot := svgHeight - svgBottom
	times, names := instants(c.from, c.from.Add(time.Duration(c.span*float64(time.Second))), c.Zone)
	for i, t := range times {
		x, anchor := c.x(t), "middle"
		if x > svgWidth-3*svgRight {
			anchor = "end"
		}
		fmt.Fprintf(&c.b, `<line x1="%.1f" x2="%.1f" y1="%.0f" y2="%.0f" stroke="var(--soft)"/><text x="%.1f" y="%.0f" fill="var(--soft)" text-anchor="%s">%s</text>`,
			x, x, foot, foot+5, x, svgHeight-6, anchor, names[i])
	}
}

// stretches are the runs of buckets without a gap.
func (c *canvas) stretches() [][]int {
	var runs [][]int
	open := false
	for i, b := range c.Series.Buckets {
		if b.Known == 0 {
			open = false
			continue
		}
		if !open {
			runs = append(runs, nil)
		}
		open = true
		runs[len(runs)-1] = append(runs[len(runs)-1], i)
	}
	return runs
}

func (c *canvas) middle(i int) float64 { return c.x(c.Series.At(i).Add(c.Series.Step / 2)) }

func (c *canvas) line() {
	for _, run := range c.stretches() {
		points := make([]string, len(run))
		for k, i := range run {
			points[k] = fmt.Sprintf("%.1f,%.1f", c.middle(i), c.y(c.Series.Buckets[i].Mean()))
		}
		if len(points) == 1 {
			fmt.Fprintf(&c.b, `<circle cx="%.1f" cy="%.1f" r="2" fill="var(--ink)"/>`, c.middle(run[0]), c.y(c.Series.Buckets[run[0]].Mean()))
			continue
		}
		fmt.Fprintf(&c.b, `<polyline points="%s" fill="none" stroke="var(--ink)" stroke-width="1.6"/>`, strings.Join(points, " "))
	}
}

func (c *canvas) band() {
	if len(c.Lower) != len(c.Series.Buckets) {
		return
	}
	for _, run := range c.stretches() {
		var up, down []string
		for _, i := range run {
			up = append(up, fmt.Sprintf("%.1f,%.1f", c.middle(i), c.y(c.Upper[i])))
			down = append([]string{fmt.Sprintf("%.1f,%.1f", c.middle(i), c.y(c.Lower[i]))}, down...)
		}
		fmt.Fprintf(&c.b, `<polygon points="%s %s" fill="var(--ink)" opacity=".12"/>`, strings.Join(up, " "), strings.Join(down, " "))
	}
}

func (c *canvas) goal() {
	if math.IsNaN(c.Goal) {
		return
	}
	fmt.Fprintf(&c.b, `<line x1="%.0f" x2="%.0f" y1="%.1f" y2="%.1f" stroke="var(--goal)" stroke-dasharray="6 4"/><text x="%.0f" y="%.1f" fill="var(--goal)" text-anchor="end">goal</text>`,
		svgLeft, svgWidth-svgRight, c.y(c.Goal), c.y(c.Goal), svgWidth-svgRight-2, c.y(c.Goal)-4)
}

func (c *canvas) marks() {
	if c.Onset != nil {
		x := c.x(c.Onset.Onset)
		fmt.Fprintf(&c.b, `<line x1="%.1f" x2="%.1f" y1="%.0f" y2="%.0f" stroke="var(--bad)" stroke-width="2"/><text x="%.1f" y="%.0f" fill="var(--bad)" text-anchor="end">onset</text>`,
			x, x, svgTop, svgHeight-svgBottom, x-4, svgTop+12)
	}
	var taken [3]float64 // how far right each row of letters reaches
	for i, e := range c.Events {
		x, row := c.x(e.Time), 0
		for row < len(taken)-1 && x < taken[row]+letterWidth {
			row++
		}
		taken[row] = max(taken[row], x)
		fmt.Fprintf(&c.b, `<text x="%.1f" y="%.0f" fill="var(--after)" text-anchor="middle">▲%c<title>%s</title></text>`,
			x, svgHeight-svgBottom+14-float64(row)*letterHeight, 'A'+i, template.HTMLEscapeString(string(display.Escape(e.Title))))
	}
}

// Letters of events that are close stand above one another.
const letterWidth, letterHeight = 30, 16

// alternate is the plot in words, for who cannot see it.
func (p *Plot) alternate() string {
	says := p.Name + " over time"
	level := func(w analysis.Window) string {
		sum := p.Series.Over(w)
		if sum.Known == 0 {
			return "unknown"
		}
		if p.Series.Scale == analysis.Proportion {
			return percent(sum.Mean())
		}
		return fmt.Sprintf("%.4g", sum.Mean())
	}
	if !p.Windows.Zero() {
		says += fmt.Sprintf(": %s before, %s after", level(p.Windows.Before), level(p.Windows.After))
	}
	if p.Onset != nil {
		says += ", changed " + p.Onset.Onset.In(p.Zone).Format("2006-01-02 15:04")
	}
	return says
}
