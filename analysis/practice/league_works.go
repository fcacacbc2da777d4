package practice

import (
	"fmt"
	"time"
)

// The dimensions of a row: what a log may say about where, when, what and who.
const (
	byLine = iota
	byStation
	byCamera
	byShift
	bySKU
	byWork
	byOperator
	byVendor
	byReviewer
	dims
)

// works is the plant of one round: every round stands in another one.
//
//	1 to 5 lines, each of 1 to 3 stations, each with 1 or 2 cameras
//	4 SKUs in a mix of the line's own, a share of rework, gloves of 2 vendors
//
// Rework is harder everywhere and there is more of it at night: the plant's
// ordinary rhythm, which is no change.
type works struct {
	values   [dims][]string
	stations [][]int    // of a line
	cameras  [][]int    // of a station
	gain     []float64  // of a camera, on its logged brightness
	ordinary mix        // of an ordinary hour
	volumes  [3]float64 // by shift
	weekend  float64    // share of a weekday's volume
	night    float64    // factor on the share of rework at night
	swell    float64    // how far volume and rework wander from hour to hour
}

// mix is what a plant makes in an hour.
type mix struct {
	volume  float64
	line    []float64   // shares
	sku     [][]float64 // by line
	rework  []float64   // by line
	vendors [][]float64 // by line
}

func newWorks(d dice) works {
	w := works{weekend: d.between(0.3, 1), night: d.between(1, 2.2), swell: d.between(0.02, 0.2)}
	w.volumes = [3]float64{1, d.between(0.8, 1), d.between(0.3, 0.9)}
	w.build(d)
	w.employ(d)
	w.ordinary.volume = 1
	base := d.between(0.06, 0.15)
	for range w.stations {
		w.ordinary.line = append(w.ordinary.line, d.between(0.6, 1.6))
		shares := make([]float64, skus)
		for k := range SKUs {
			shares[k] = d.between(0.3, 1)
		}
		w.ordinary.sku = append(w.ordinary.sku, shares)
		w.ordinary.rework = append(w.ordinary.rework, float64(base*d.between(0.4, 1.6)))
		w.ordinary.vendors = append(w.ordinary.vendors, []float64{d.between(0.4, 0.7), d.between(0.3, 0.6)})
	}
	return w
}

// build sets up lines, stations and cameras.
func (w *works) build(d dice) {
	for l := range 1 + d.weighted([]float64{1, 2, 4, 3, 2}) {
		w.values[byLine] = append(w.values[byLine], fmt.Sprintf("L%d", l+1))
		var stations []int
		for range 1 + d.intn(3) {
			s := len(w.values[byStation])
			stations = append(stations, s)
			w.values[byStation] = append(w.values[byStation], fmt.Sprintf("S%d", s+1))
			var cameras []int
			for range 1 + d.intn(2) {
				cameras = append(cameras, len(w.gain))
				w.values[byCamera] = append(w.values[byCamera], fmt.Sprintf("C%02d", len(w.gain)+1))
				w.gain = append(w.gain, d.between(0.95, 1.05))
			}
			w.cameras = append(w.cameras, cameras)
		}
		w.stations = append(w.stations, stations)
	}
}

// employ names people and products.
func (w *works) employ(d dice) {
	for _, s := range shifts {
		w.values[byShift] = append(w.values[byShift], s.Name)
	}
	for _, s := range append(append([]SKU{}, SKUs...), newcomers...) {
		w.values[bySKU] = append(w.values[bySKU], s.Name)
	}
	w.values[byWork] = []string{"press", "rework"}
	w.values[byVendor] = []string{"Handgard", "Norwear"}
	numbers := d.permutation(9000)
	for i := range 3 * len(w.values[byStation]) {
		w.values[byOperator] = append(w.values[byOperator], fmt.Sprintf("op-%d", 1000+numbers[i]))
	}
	for i := range 3 + d.intn(3) {
		w.values[byReviewer] = append(w.values[byReviewer], fmt.Sprintf("rev-%02d", i+1))
	}
}

// copy is m with slices of its own, for an hour that differs.
func (m mix) copy() mix {
	c := mix{volume: m.volume, line: append([]float64{}, m.line...), rework: append([]float64{}, m.rework...)}
	for l := range m.line {
		c.sku = append(c.sku, append([]float64{}, m.sku[l]...))
		c.vendors = append(c.vendors, append([]float64{}, m.vendors[l]...))
	}
	return c
}

// rhythm is the ordinary mix of an hour, wander being how far this hour strays.
func (w *works) rhythm(t time.Time, wander float64) mix {
	m := w.ordinary.copy()
	shift := shiftIndex(t)
	m.volume *= w.volumes[shift]
	if day := t.Weekday(); day == time.Saturday || day == time.Sunday {
		m.volume *= w.weekend
	}
	m.volume *= exp(float64(w.swell * wander))
	for l := range m.rework {
		if shift == 2 {
			m.rework[l] *= w.night
		}
		m.rework[l] *= exp(float64(w.swell * wander))
	}
	return m
}

func shiftIndex(t time.Time) int { return (t.Hour() + 24 - 6) % 24 / 8 }

// share is about how many of the rows a scope holds on ordinary days.
func (w *works) share(s scope) float64 {
	total := 1.0
	lines := 0.0
	for _, v := range w.ordinary.line {
		lines += v
	}
	for _, c := range s {
		switch c.dim {
		case byLine:
			total *= w.ordinary.line[c.value] / lines
		case byStation:
			l := w.lineOf(c.value)
			total *= w.ordinary.line[l] / lines / float64(len(w.stations[l]))
		case byCamera:
			station := w.stationOf(c.value)
			l := w.lineOf(station)
			total *= w.ordinary.line[l] / lines / float64(len(w.stations[l])*len(w.cameras[station]))
		case byShift:
			total *= w.volumes[c.value] / (w.volumes[0] + w.volumes[1] + w.volumes[2])
		default:
			total /= float64(len(w.values[c.dim]))
		}
	}
	return total
}

func (w *works) lineOf(station int) int {
	for l, stations := range w.stations {
		for _, s := range stations {
			if s == station {
				return l
			}
		}
	}
	return 0
}

func (w *works) stationOf(camera int) int {
	for s, cameras := range w.cameras {
		for _, c := range cameras {
			if c == camera {
				return s
			}
		}
	}
	return 0
}
