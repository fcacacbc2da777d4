package practice

import (
	"time"

	"andon/analysis"
)

const hour = time.Hour

// twoCauses has two troubles of different causes at two lines. Either counts;
// the bigger is named first.
func twoCauses(p *plot) {
	for len(p.works.stations) < 3 {
		p.works = newWorks(p.dice)
	}
	order := p.dice.permutation(len(p.works.stations))
	kinds := p.dice.permutation(len(halves))
	var sizes [2]float64
	var says string
	for i := range 2 {
		s := scope{{byLine, order[i]}}
		h := halves[kinds[i]]
		sizes[i] = h.write(p, s) * p.works.share(s)
		says += p.key.Says + " "
		p.answer(h.cause, s)
		p.logged(h.event, h.title, s)
	}
	if sizes[1] > sizes[0] {
		k := &p.key
		k.Causes[0], k.Causes[1] = k.Causes[1], k.Causes[0]
		if len(k.Slices) == 2 {
			k.Slices[0], k.Slices[1] = k.Slices[1], k.Slices[0]
		}
	}
	p.key.Says = says
}

// half is one of two troubles; write returns the drop it makes in its rows.
type half struct {
	cause        analysis.Cause
	event, title string
	write        func(*plot, scope) float64
}

var halves = []half{
	{analysis.Floor, "material", "New lot of gloves", func(p *plot, s scope) float64 {
		return p.setAll(s, []int{blueGloves, navyGloves, blackGloves})
	}},
	{analysis.Sensor, "maintenance", "Lamps replaced", func(p *plot, s scope) float64 {
		return p.setAll(s, []int{softFocus, deadLamp, bumped})
	}},
	{analysis.Pipeline, "pipeline", "Image service updated", func(p *plot, s scope) float64 {
		said := p.dice.chance(0.65)
		p.effects = append(p.effects, effect{from: p.onset.UnixNano(), to: forever, scope: s, dose: 1, touch: func(r *row) {
			if said {
				r.preprocess = 1
			}
		}})
		return p.setAll(s, []int{cropped, shrunk, swappedPlanes})
	}},
	{analysis.Model, "deploy", "seating 3.6.0 on trial", func(p *plot, s scope) float64 {
		p.release(s)
		return 0.15
	}},
	{analysis.Service, "infra", "Server moved", func(p *plot, s scope) float64 {
		fail := p.dice.between(0.1, 0.5)
		p.strike(s, 1, func(r *row) { r.lag, r.fail = 2.5, fail })
		return fail * 0.9
	}},
}

func (p *plot) setAll(s scope, faults []int) float64 {
	fault := faults[p.dice.intn(len(faults))]
	p.strike(s, 1, func(r *row) { r.setting = fault })
	p.key.Says = "One line has " + settingsTable[fault].name + "."
	return p.gallery.right[normal][goodRelease] - p.gallery.right[fault][goodRelease]
}

// confoundedPair: in one hour, everywhere, a release and a new glove. One of
// the two is harmless, and no row shows one without the other.
func confoundedPair(p *plot) {
	guiltyRelease := p.dice.chance(0.5)
	if guiltyRelease {
		p.release(nil)
		p.harmless(p.onset, nil, func(r *row) { r.setting = paleGloves })
		p.answer(analysis.Model)
	} else {
		p.newGloves(nil)
		p.harmless(p.onset, nil, func(r *row) { r.release, r.version = nextRelease, 2 })
		p.answer(analysis.Floor)
	}
	p.key.Confounded = true
	p.key.Says += " A release and new gloves came in the same hour, everywhere."
	p.style.eventful = 1
	deploy := p.onset.Add(-time.Duration(p.dice.intn(40)) * time.Minute)
	gloves := p.onset.Add(-time.Duration(p.dice.intn(40)) * time.Minute)
	p.write(deploy, "deploy", "seating 3.6.0 rolled out", nil)
	p.write(gloves, "material", "Glove vendor changed, all lines", nil)
}
