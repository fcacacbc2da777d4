package analysis

import (
	"math"
	"slices"
	"time"
)

// A season is what repeats without anything having changed: people work in
// shifts and the light goes at night.
//
//	effect of a bucket = effect of its hour of the day + effect of weekend
//
// Both factors are fitted together on what is left above the level, shrunk
// towards none where few rows tell, and smoothed over neighbouring hours.

// Spans below which a season cannot be told from a change.
const (
	dailyNeeds  = 3 * 24 * time.Hour
	weeklyNeeds = 14 * 24 * time.Hour
)

// seasonShrink is how many typical buckets of "no effect" each factor level is
// mixed with.
const seasonShrink = 5

// seasonRounds is how often the two factors are fitted to what the other
// leaves.
const seasonRounds = 3

// calendar places each bucket in its hour of the day and in or out of the
// weekend (UTC).
type calendar struct {
	slot    []int
	slots   int
	weekend []int
	daily   bool
	weekly  bool
	reach   int // buckets either side of a moving mean over one whole period
}

// newCalendar lays out t's buckets. Buckets longer than half a day have no
// hour; a span shorter than dailyNeeds or weeklyNeeds does not fit that
// factor.
func newCalendar(t trace) calendar {
	n := len(t.y)
	span := time.Duration(n) * t.step
	c := calendar{slot: make([]int, n), weekend: make([]int, n)}
	c.slots = int(max(1, min(24, 24*time.Hour/t.step)))
	c.daily = c.slots > 1 && span >= dailyNeeds
	c.weekly = t.step <= 24*time.Hour && span >= weeklyNeeds
	period := 24 * time.Hour
	if c.weekly {
		period = 7 * 24 * time.Hour
	}
	c.reach = int(period / t.step / 2)
	for i := range n {
		at := t.start.Add(time.Duration(i) * t.step).UTC()
		if c.slots > 1 {
			sinceMidnight := at.Sub(at.Truncate(24 * time.Hour))
			c.slot[i] = int(sinceMidnight * time.Duration(c.slots) / (24 * time.Hour))
		}
		if dayOff(at) {
			c.weekend[i] = 1
		}
	}
	return c
}

func (c calendar) any() bool { return c.daily || c.weekly }

// freedom is the number of parameters a fitted season is charged with; the
// smoothing over hours makes it about half of the hours.
func (c calendar) freedom() float64 {
	f := 0.0
	if c.daily {
		f += 10
	}
	if c.weekly {
		f++
	}
	return f
}

// fit is each bucket's seasonal effect on above, the series above its level,
// under weights w (0 in gaps), centred on weighted mean 0.
func (c calendar) fit(above, w []float64) []float64 {
	hour, week := make([]float64, c.slots), make([]float64, 2)
	prior := seasonShrink * medianPositive(w)
	for range seasonRounds {
		if c.daily {
			hour = smoothRound(factor(above, w, c.slot, c.slots, week, c.weekend, prior))
		}
		if c.weekly {
			week = factor(above, w, c.weekend, 2, hour, c.slot, prior)
		}
	}
	season := make([]float64, len(above))
	for i := range season {
		season[i] = hour[c.slot[i]] + week[c.weekend[i]]
	}
	middle := weightedMean(season, w)
	for i := range season {
		season[i] -= middle
	}
	return season
}

// factor is the shrunk weighted mean per group of what other leaves of above.
func factor(above, w []float64, group []int, groups int, other []float64, otherGroup []int, prior float64) []float64 {
	sum, weight := make([]float64, groups), make([]float64, groups)
	for i, wi := range w {
		if wi > 0 {
			sum[group[i]] += wi * (above[i] - other[otherGroup[i]])
			weight[group[i]] += wi
		}
	}
	for g := range sum {
		if weight[g]+prior > 0 {
			sum[g] /= weight[g] + prior
		}
	}
	return sum
}

// smoothRound averages neighbours ¼, ½, ¼ around the clock.
func smoothRound(x []float64) []float64 {
	n := len(x)
	out := make([]float64, n)
	for i := range x {
		out[i] = (x[(i+n-1)%n] + 2*x[i] + x[(i+1)%n]) / 4
	}
	return out
}

// movingMean is the weighted mean over reach buckets either side, cut off at
// the ends.
func movingMean(y, w []float64, reach int) []float64 {
	p := newPrefix(y, w)
	out := make([]float64, len(y))
	for i := range y {
		out[i] = p.mean(max(0, i-reach), min(len(y), i+reach+1))
	}
	return out
}

// movingMedian is the median of the ok values over reach buckets either side;
// y itself where there are none.
func movingMedian(y []float64, ok []bool, reach int) []float64 {
	out := make([]float64, len(y))
	near := make([]float64, 0, 2*reach+1)
	for i := range y {
		near = near[:0]
		for j := max(0, i-reach); j < min(len(y), i+reach+1); j++ {
			if ok[j] {
				near = append(near, y[j])
			}
		}
		if out[i] = y[i]; len(near) > 0 {
			out[i] = median(near)
		}
	}
	return out
}

// median sorts x in place; NaN for none.
func median(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	slices.Sort(x)
	middle := len(x) / 2
	if len(x)%2 == 1 {
		return x[middle]
	}
	return (x[middle-1] + x[middle]) / 2
}

func medianPositive(w []float64) float64 {
	var positive []float64
	for _, v := range w {
		if v > 0 {
			positive = append(positive, v)
		}
	}
	if len(positive) == 0 {
		return 0
	}
	return median(positive)
}

func weightedMean(y, w []float64) float64 {
	var sum, weight float64
	for i, wi := range w {
		if wi > 0 {
			sum += wi * y[i]
			weight += wi
		}
	}
	return sum / max(weight, math.SmallestNonzeroFloat64)
}
