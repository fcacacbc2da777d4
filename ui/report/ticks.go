package report

import (
	"fmt"
	"math"
	"time"

	"andon/analysis"
)

// Round numbers along the plot's axes: a reader finds 90 % and midnight, not
// 81.4 % and 14:24.

// mostLevels and mostInstants are how many there is room for, on a telephone
// too.
const mostLevels, mostInstants = 5, 8

// levels are the multiples of 1, 2 or 5 times a power of ten within lo to hi, at
// most mostLevels of them, and the step between them; none where hi is not above
// lo.
func levels(lo, hi float64) (at []float64, step float64) {
	if !(hi > lo) || math.IsInf(hi-lo, 0) {
		return nil, 0
	}
	power := math.Pow(10, math.Floor(math.Log10((hi-lo)/mostLevels)))
	for _, m := range []float64{1, 2, 5, 10} {
		if step = m * power; (hi-lo)/step < mostLevels {
			break
		}
	}
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi+1e-9*step; k++ {
		at = append(at, k*step)
	}
	return at, step
}

// level is how a tick is written.
func (c *canvas) level(v, step float64) string {
	if c.Series.Scale != analysis.Proportion {
		return fmt.Sprintf("%.4g", v)
	}
	if step < .01 {
		return fmt.Sprintf("%.1f %%", 100*v)
	}
	return percent(v)
}

// day is the step from which instants are whole days.
const day = 24 * time.Hour

var rests = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	day, 2 * day, 7 * day, 14 * day, 28 * day, 91 * day, 364 * day}

// instants are round times of the zone within from to to, counted from its
// midnight, and how each is written.
func instants(from, to time.Time, zone *time.Location) (at []time.Time, names []string) {
	step := rests[len(rests)-1]
	for _, s := range rests {
		if to.Sub(from)/s < mostInstants {
			step = s
			break
		}
	}
	y, m, d := from.In(zone).Date()
	for k := 0; ; k++ {
		t := time.Date(y, m, d, 0, 0, 0, 0, zone).Add(time.Duration(k) * step)
		if step >= day { // a day of the calendar may have 23 hours
			t = time.Date(y, m, d+k*int(step/day), 0, 0, 0, 0, zone)
		}
		if t.After(to) || len(at) > mostInstants {
			return at, names
		}
		if t.Before(from) {
			continue
		}
		form := "15:04"
		if h, min, _ := t.Clock(); h+min == 0 || step >= day {
			form = "2 Jan"
		}
		at, names = append(at, t), append(names, t.Format(form))
	}
}
