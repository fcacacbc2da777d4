package timeline

import (
	"fmt"
	"math"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/screen"
)

// readout is the bucket under the cursor: when, the value with its interval,
// and what it rests on. A gap says which kind of gap it is.
func (s Screen) readout() display.Text {
	if len(s.main.Buckets) == 0 {
		return ""
	}
	i := s.main.Index(s.cursor)
	b := s.main.Buckets[i]
	text := display.TimeZone(s.main.At(i), s.zone) + "  " + name(s.main) + " "
	if s.main.Name == "volume" {
		return text + display.Count(int64(b.Rows)) + " rows in " + display.Duration(s.main.Step)
	}
	switch {
	case b.Rows == 0:
		return text + "no rows in " + display.Duration(s.main.Step)
	case b.Known == 0:
		return text + "unknown, " + display.Count(int64(b.Rows)) + " rows in " + display.Duration(s.main.Step)
	}
	text += screen.Level(s.main.Scale, b.Mean())
	if in := analysis.MeanInterval(s.main.Scale, b); !math.IsInf(in.Lo, 0) {
		text += display.Text(fmt.Sprintf(" [%s, %s]", bare(s.main, in.Lo), bare(s.main, in.Hi)))
	}
	if other, ok := s.other(); ok {
		text += ", " + s.kept.name() + " " + strand{series: other}.value(s.cursor)
	}
	return text + "  " + display.Count(int64(b.Known)) + " of " + display.Count(int64(b.Rows)) +
		" rows known, " + display.Duration(s.main.Step)
}

// bare is a level without its unit, which stands before it.
func bare(series analysis.Series, v float64) display.Text {
	if series.Scale == analysis.Proportion {
		return display.Text(fmt.Sprintf("%.1f", 100*v))
	}
	return display.Number(v)
}
