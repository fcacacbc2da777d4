package report

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"andon/analysis"
	"andon/ui/display"
)

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// count writes a number with its noun: "1 source", "41,357 records".
func count(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return string(display.Count(n)) + " " + noun
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// words turns a metric's name into words: "estimated_accuracy".
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// level writes a level of quality: a percentage for shares, else a number.
func (r Report) level(v float64) string {
	if r.Triage.Measure.Scale == analysis.Proportion {
		return fmt.Sprintf("%.1f %%", 100*v)
	}
	return fmt.Sprintf("%.4g", v)
}

// step writes a difference of quality: points for shares, else a number.
func (r Report) step(v float64) string {
	if r.Triage.Measure.Scale == analysis.Proportion {
		return fmt.Sprintf("%+.1f points", zeroed(100*v))
	}
	return fmt.Sprintf("%+.4g", v)
}

// zeroed keeps "-0.0" off the page.
func zeroed(v float64) float64 {
	if math.Abs(v) < .05 {
		return 0
	}
	return v
}

// mean writes the level of a sum; of no known row there is none.
func (r Report) mean(s analysis.Sum) string {
	if s.Known == 0 {
		return "unknown"
	}
	return r.level(s.Mean())
}
