package practice

import "time"

// slot is the time in which a line logs at most one inspection.
const slot = 12 * time.Second

// Calendar says how much is made, when, and of what.
type Calendar struct {
	Start  time.Time
	Days   int
	Volume float64 // inspections per slot, plant-wide, in an average shift
	Surges []Surge
}

// Surge is planned work out of the ordinary on one line from a time on: more
// or less of it, or another mix of SKUs (nil: as before). Traffic changes by
// the schedule, not by touching shots, since a shot that was never made cannot
// be touched.
type Surge struct {
	From   time.Time
	Line   string
	Volume float64
	Mix    []float64
}

// End is the end of the story.
func (c Calendar) End() time.Time { return c.Start.AddDate(0, 0, c.Days) }

// plan is a line's volume and mix at a time.
func (c Calendar) plan(l Line, t time.Time) (volume float64, mix []float64) {
	volume, mix = float64(c.Volume*l.Share), l.Mix
	for _, s := range c.Surges {
		if s.Line != l.Name || t.Before(s.From) {
			continue
		}
		volume *= s.Volume
		if s.Mix != nil {
			mix = s.Mix
		}
	}
	return float64(volume * shiftAt(t).Volume * pause(t)), mix
}

// pause is the share of work during breaks: half an hour in the middle of a
// shift and ten minutes at its end.
func pause(t time.Time) float64 {
	minute := (t.Hour()*60 + t.Minute() + 120) % 480 // into the shift
	switch {
	case minute >= 240 && minute < 270:
		return 0.25
	case minute >= 470:
		return 0.4
	}
	return 1
}

// schedule is every shot of the calendar in time order.
func (p *Plant) schedule(c Calendar, seed int64) []*Shot {
	d := newDice(seed, streamSchedule)
	var shots []*Shot
	var crews map[string][]int
	for t := c.Start; t.Before(c.End()); t = t.Add(slot) {
		if crews == nil || t.Hour() == 6 && t.Minute() == 0 && t.Second() == 0 {
			crews = p.rotate(d)
		}
		due := t
		for _, l := range lines {
			volume, mix := c.plan(l, t)
			if !d.chance(volume) {
				continue
			}
			// Lines take turns within the slot, so that times only grow.
			due = due.Add(time.Duration(1+d.intn(3999)) * time.Millisecond)
			station := p.station(l.Name, d)
			s := p.shot(due, station, SKUs[d.weighted(mix)], d)
			s.Operator = p.Crews[s.Shift][crews[s.Shift][station]]
			s.Scene.pose(newDice(seed, streamShot+uint64(len(shots))))
			shots = append(shots, s)
		}
	}
	return shots
}

// rotate deals the stations to every crew, once a day at six.
func (p *Plant) rotate(d dice) map[string][]int {
	deal := map[string][]int{}
	for _, s := range shifts {
		deal[s.Name] = d.permutation(len(p.Stations))
	}
	return deal
}

// shot sets what is fixed by place, time and product.
func (p *Plant) shot(t time.Time, station int, sku SKU, d dice) *Shot {
	at, shift := p.Stations[station], shiftAt(t)
	camera := at.Cameras[d.intn(2)]
	light := shift.Light
	light.Gain *= camera.Gain
	return &Shot{
		Time: t, Line: at.Line, Station: at.Name, Camera: camera.Name,
		Shift: shift.Name, SKU: sku.Name,
		Scene: Scene{
			Housing: sku.Housing, Bench: at.Bench, Glove: grayGlove, Light: light,
			Camera: Lens{X: camera.X, Y: camera.Y},
		},
		Ensemble: firstRelease, Preprocess: "p7",
		Latency: 21 + camera.Network,
	}
}
