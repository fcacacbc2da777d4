package plot

import (
	"math"

	"andon/ui/display"
)

// scale is the vertical range of a chart and its labels, from below.
type scale struct {
	lo, hi float64
	ticks  []tick
}

// tick is a labelled level.
type tick struct {
	value float64
	label display.Text
}

// scale fits the range to what is drawn, bounds the chart fixes kept, and
// chooses about one label per three rows. Bounds it chooses itself are
// multiples of the distance of the labels.
func (c Chart) scale(lines []sampled, rows int) scale {
	lo, hi := extent(lines, c.Goal)
	fixedLo, fixedHi := fixed(c.Lo), fixed(c.Hi)
	if fixedLo && fixedHi && c.Lo >= c.Hi {
		fixedLo, fixedHi = false, false
	}
	if fixedLo {
		lo = c.Lo
	}
	if fixedHi {
		hi = c.Hi
	}
	if !(lo < hi) {
		pad := max(math.Abs(lo)*0.1, 1e-300)
		if lo == 0 {
			pad = 1
		}
		lo, hi = below(lo, pad, fixedLo), above(hi, pad, fixedHi)
	}
	step := distance(hi/2-lo/2, max(1, (rows-1)/3))
	if !fixedLo {
		lo = outward(lo, step, math.Floor)
	}
	if !fixedHi {
		hi = outward(hi, step, math.Ceil)
	}
	return scale{lo, hi, c.ticks(lo, hi, step)}
}

// fixed reports a bound the chart asks for.
func fixed(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// below and above move a bound that is not fixed, within the finite numbers.
func below(lo, pad float64, fixed bool) float64 {
	if fixed {
		return lo
	}
	return max(-math.MaxFloat64, lo-pad)
}

func above(hi, pad float64, fixed bool) float64 {
	if fixed {
		return max(hi, -math.MaxFloat64)
	}
	return min(math.MaxFloat64, hi+pad)
}

// extent is the least and greatest of what is drawn, 0 to 1 without anything.
func extent(lines []sampled, goal float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	see := func(values []float64) {
		for _, v := range values {
			if !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	for _, l := range lines {
		see(l.values)
		see(l.lower)
		see(l.upper)
	}
	if fixed(goal) {
		see([]float64{goal})
	}
	if lo > hi {
		return 0, 1
	}
	return lo, hi
}

// distance is the least of 1, 2, 2.5 and 5 times a power of ten that cuts a
// range, given by half its length, into at most n parts; 0 where none is.
func distance(half float64, n int) float64 {
	raw := half / float64(n) * 2
	if !(raw > 0) || math.IsInf(raw, 0) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if m*power >= raw*(1-1e-9) {
			return m * power
		}
	}
	return 0
}

// outward rounds a bound to a multiple of step, or keeps it where floats have
// no such multiple.
func outward(v, step float64, round func(float64) float64) float64 {
	k := v / step
	if step <= 0 || !(math.Abs(k) < 1<<50) {
		return v
	}
	if near := math.Round(k); math.Abs(k-near) < 1e-9 {
		return near * step
	}
	if out := round(k) * step; !math.IsInf(out, 0) {
		return out
	}
	return v
}

// ticks are the multiples of step between lo and hi, or both ends where floats
// have no such multiples.
func (c Chart) ticks(lo, hi, step float64) []tick {
	first := math.Ceil(lo/step - 1e-9)
	if step <= 0 || !(math.Abs(first) < 1<<50) {
		return []tick{{lo, c.label(lo)}, {hi, c.label(hi)}}
	}
	var ticks []tick
	for k := range 64 {
		v := (first + float64(k)) * step
		if v > hi+step*1e-9 {
			break
		}
		ticks = append(ticks, tick{v, c.label(v)})
	}
	return ticks
}

// label writes a level.
func (c Chart) label(v float64) display.Text {
	if c.Format == nil {
		return display.Number(v)
	}
	return display.Escape(c.Format(v))
}

// row is the row of v among rows, the first on top; beyond the range it is the
// edge.
func (s scale) row(v float64, rows int) int {
	return rows - 1 - int(math.Round(fraction(v, s.lo, s.hi)*float64(rows-1)))
}

// fraction is where v lies between lo and hi, 0 to 1. Halves keep the
// difference of the largest floats finite.
func fraction(v, lo, hi float64) float64 {
	f := (v/2 - lo/2) / (hi/2 - lo/2)
	if math.IsNaN(f) {
		return 0.5
	}
	return max(0, min(1, f))
}
