package screen

import (
	"andon/analysis"
	"andon/ui/display"
)

// Level is a quality as its scale is read, the same on every screen: a share
// as "92.8 %", an amount as a number.
func Level(scale analysis.Scale, v float64) display.Text {
	if scale == analysis.Proportion {
		return display.Percent(v)
	}
	return display.Number(v)
}

// Step is a difference of qualities with its sign: "-28.9 pt", "+0.4".
func Step(scale analysis.Scale, v float64) display.Text {
	switch {
	case scale == analysis.Proportion:
		return display.Points(v)
	case v > 0:
		return "+" + display.Number(v)
	}
	return display.Number(v)
}

// Inferences reports whether any source holds inferences: without them there
// are no rows to compare or to slice.
func Inferences(s State) bool {
	for _, src := range s.Sources {
		if src.Kind == analysis.InferenceKind && src.Rows > 0 {
			return true
		}
	}
	return false
}
