// Package plot draws series over time in a box of cells. It is the only
// importer of asciigraph.
//
//	100% ┤───────╮   goal                       plot: lines, bands, marks
//	 50% ┤       ╰──────  ──────
//	     └────┬───────┬───────┬──               axis
//	        06:00   07:00   08:00               time
//	      [── before ──]  {── after ──}         ruler: the windows
//	             ◆ change      ▲ new gloves     marks
//
// Values are first averaged per column ([columns]), asciigraph then draws each
// line into a grid of cells ([trace]), overlays go where no line is, and the
// grid is painted with the sheet at the end. Nothing is told by colour alone:
// windows have brackets and words, marks have signs.
package plot

import (
	"time"

	"andon/themes"
	"andon/ui/display"
)

// Chart is what to draw. Lo and Hi fix the vertical range where they are
// finite; NaN fits it to the data (an empty range, Lo >= Hi, does too). Values
// beyond the range are drawn at its edge. Goal is a level, NaN none; a Proposed
// one is labelled so. Zone is
// the zone of the time labels, nil UTC; Format writes the vertical labels, nil
// is display.Number.
type Chart struct {
	Lines    []Line
	Lo, Hi   float64
	From, To time.Time
	Goal     float64
	Proposed bool // nobody has set the goal yet
	Shades   []Shade
	Marks    []Mark
	Zone     *time.Location
	Format   func(float64) string
}

// Line is one series, the first in front. A NaN or infinite value is a gap.
//
// With Times (nanoseconds since 1970 UTC, ascending) value i holds for
// [Times[i], Times[i]+Step); Step 0 takes the median distance. Without Times
// the values share the chart's From to To evenly. Weights, if given, weigh the
// mean where several values fall into one column (rows per bucket); Lower and
// Upper, if given, are an interval around each value. All have one length; of
// unequal ones the excess is ignored.
//
// A line without a slot takes the colours of the windows it passes.
type Line struct {
	Name         display.Text
	Times        []int64
	Step         time.Duration
	Values       []float64
	Weights      []float64
	Lower, Upper []float64
	Slot         themes.Slot
}

// Window tells the two shaded windows apart.
type Window uint8

const (
	Before Window = iota
	After
)

// Shade is a window on the chart.
type Shade struct {
	From, To time.Time
	Window   Window
}

// Kind is what a mark stands for.
type Kind uint8

const (
	Change Kind = iota // where quality changed
	Event              // something somebody did
	Cursor             // where the reader is
	Edge               // an edge of a window that is being moved
)

// Mark is an instant on the chart.
type Mark struct {
	At    time.Time
	Kind  Kind
	Label display.Text
}
