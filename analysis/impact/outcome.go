package impact

import (
	"math"
	"slices"
	"strings"

	"andon/analysis"
)

// An outcome is what became of a row's answer:
//
//	quality 1                      fine
//	quality 0, truth good          false stop
//	quality 0, answer good         missed defect
//	quality 0, neither             a wrong defect
//	no label, or no answer         judged by right and wrong alone

// goodWords are what plants call a part that is as it should be.
var goodWords = []string{"ok", "good", "pass", "passed", "io", "i.o.", "fine", "normal", "seated", "none", "no defect", "no_defect", "accept", "accepted", "conform", "right", "in order"}

// counter tells, row by row, whether a kind happened, each event being so many
// units at a rate.
type counter struct {
	kind        Kind
	units, rate float64
	value       func(row int) float64
}

// outcomes are the answers of a log against its truth.
type outcomes struct {
	quality       []float64
	truth, answer func(row int) float64 // 1 good part, 0 defect, NaN unknown; nil where no class tells
	good          []string
	guessed       bool
}

// judge finds the classes of good parts: those named, else those whose word
// says so, else the most frequent label of the rows before. A log that has
// no classes is judged by right and wrong.
func judge(t *analysis.Table, before []int, good []string) outcomes {
	o := outcomes{quality: t.Quality(), good: good}
	label, answer := t.Role(analysis.RoleLabel), t.Role(analysis.RolePrediction)
	if label == nil || answer == nil || !t.Measure().Realised() {
		o.good = nil
		return o
	}
	counts := map[string]int{}
	for _, i := range before {
		if !label.Null(i) {
			counts[analysis.Canonical(label.String(i))]++
		}
	}
	if len(good) == 0 {
		o.good, o.guessed = guessGood(counts)
	}
	if len(o.good) == 0 {
		return o
	}
	o.truth, o.answer = isGood(label, o.good), isGood(answer, o.good)
	return o
}

// guessGood are the classes whose word says that the part is good; else the
// most frequent one, guessed. No labels give none.
func guessGood(counts map[string]int) (good []string, guessed bool) {
	most := ""
	for class, n := range counts {
		if slices.Contains(goodWords, strings.ToLower(class)) {
			good = append(good, class)
		}
		if most == "" || n > counts[most] || n == counts[most] && class < most {
			most = class
		}
	}
	slices.Sort(good)
	if len(good) > 0 || most == "" {
		return good, false
	}
	return []string{most}, true
}

// isGood tells per row whether a column's class is among those of good parts.
func isGood(c *analysis.Column, good []string) func(row int) float64 {
	known := map[string]float64{}
	return func(row int) float64 {
		if c.Null(row) {
			return math.NaN()
		}
		text := c.String(row)
		v, met := known[text]
		if !met {
			if slices.Contains(good, analysis.Canonical(text)) {
				v = 1
			}
			known[text] = v
		}
		return v
	}
}

// counters are the kinds that can be told apart here.
func (o outcomes) counters(r Rates) []counter {
	rate := func(own float64) float64 {
		if own > 0 {
			return own
		}
		return r.Wrong
	}
	if o.truth == nil {
		return []counter{{Wrong, 1, r.Wrong, func(row int) float64 { return 1 - o.quality[row] }}}
	}
	when := func(kind func(truth, answer float64) bool) func(int) float64 {
		return func(row int) float64 {
			q := o.quality[row]
			if q != q {
				return q
			}
			if q == 0 && kind(o.truth(row), o.answer(row)) {
				return 1
			}
			return 0
		}
	}
	return []counter{
		{Missed, 1, rate(r.Missed), when(func(truth, answer float64) bool { return truth == 0 && answer == 1 })},
		{Stop, 1, rate(r.Stop), when(func(truth, answer float64) bool { return truth == 1 && answer != 1 })},
		{Other, 1, r.Wrong, when(func(truth, answer float64) bool { return truth != 1 && answer != 1 })},
	}
}

// review counts the answers that a person has to look at.
func review(t *analysis.Table, r Rates) []counter {
	c := t.Role(analysis.RoleConfidence)
	if r.Below <= 0 || c == nil || c.Type != analysis.Number {
		return nil
	}
	minutes := r.Minutes
	if minutes == 0 {
		minutes = 1
	}
	return []counter{{Review, minutes, r.Minute, func(row int) float64 {
		switch v := c.Numbers[row]; {
		case v != v:
			return v
		case v < r.Below:
			return 1
		}
		return 0
	}}}
}
