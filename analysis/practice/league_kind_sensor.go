package practice

import (
	"time"

	"andon/analysis"
)

// Sensor: camera, lens or light changed.

func outOfFocus(p *plot) {
	p.fewCameras()
	s := p.onCamera()
	blur, _ := p.measureOut(s, softFocus, noFocus)
	p.strike(s, 1, func(r *row) { r.setting = blur })
	p.answer(analysis.Sensor, s)
	p.key.Says = "The lens has come loose: the pictures are " + settingsTable[blur].name + "."
	p.logged([]string{"sensor", "maintenance"}[p.dice.intn(2)], "Lens cleaned", s)
}

func cameraBumped(p *plot) {
	p.fewCameras()
	s := p.onCamera()
	to, _ := p.measureOut(s, nudged, bumped)
	p.strike(s, 1, func(r *row) { r.setting = to })
	p.answer(analysis.Sensor, s)
	p.key.Says = "Somebody hit the camera: it looks past the part."
	p.logged([]string{"sensor", "maintenance", "other"}[p.dice.intn(3)], "Bracket tightened", s)
}

// lampOut: by day the windows make up for the lamp, so the trouble begins with
// the first night after it.
func lampOut(p *plot) {
	night := condition{byShift, 2}
	s := scope{night}
	switch p.dice.intn(3) {
	case 0:
		s = append(p.onLine(), night)
	case 1:
		s = append(p.onStation(), night)
	}
	p.startOfShift(s)
	broke := p.onset.Add(-time.Duration(p.dice.intn(14*60)) * time.Minute)
	fault, _ := p.measureOut(s, dimLamp, deadLamp)
	p.strike(s, 1, func(r *row) { r.setting = fault })
	p.answer(analysis.Sensor, s)
	p.key.Says = "A lamp is out. By day nobody notices."
	p.loggedAt(broke, []string{"maintenance", "infra", "sensor"}[p.dice.intn(3)], "Work on the lighting circuit", s[:len(s)-1])
}

// fewCameras makes most plants so small that one camera matters: of a dozen,
// one alone costs the plant a few points at worst.
func (p *plot) fewCameras() {
	for len(p.works.gain) > 7 && p.dice.chance(0.9) {
		p.works = newWorks(p.dice)
	}
}

// startOfShift moves the onset to when the scope's shift next begins, or last
// began where little of the round would be left.
func (p *plot) startOfShift(s scope) {
	for _, c := range s {
		if c.dim != byShift {
			continue
		}
		at := p.onset
		for shiftIndex(at) != c.value || shiftIndex(at.Add(-time.Minute)) == c.value {
			at = at.Truncate(time.Hour).Add(time.Hour)
		}
		if p.end.Sub(at) < 12*time.Hour {
			at = at.Add(-24 * time.Hour)
		}
		p.onset, p.key.Onset = at, at
	}
}
