package practice

import (
	"time"

	"andon/analysis"
)

// Ordinary life of a round: what people write down, most of which has nothing
// to do with the trouble, and changes that touch rows and hurt none.

// logged writes down the event behind the trouble, some minutes before its
// onset, in seven rounds of ten; mostly with its scope.
func (p *plot) logged(kind, title string, s scope) { p.loggedAt(p.onset, kind, title, s) }

func (p *plot) loggedAt(onset time.Time, kind, title string, s scope) {
	minutes := min(240, 12*p.dice.lognormal(1))
	if !p.dice.chance(0.7) {
		return
	}
	e := p.write(onset.Add(-time.Duration(float64(minutes*60))*time.Second), kind, title, s)
	if p.key.Event == nil && !p.key.Quiet() {
		p.key.Event = &e
	}
}

// write adds an event. People leave the scope out now and then.
func (p *plot) write(at time.Time, kind, title string, s scope) analysis.Event {
	e := analysis.Event{ID: int64(len(p.events) + 1), Time: at.Truncate(time.Minute), Kind: kind, Title: title, Scope: map[string]string{}}
	if !p.dice.chance(0.15) {
		for _, c := range s {
			if c.dim != byReviewer {
				e.Scope[p.style.called(columnNames[c.dim])] = p.works.values[c.dim][c.value]
			}
		}
	}
	p.events = append(p.events, e)
	return e
}

// notes are what a plant writes down on any day, by kind.
var notes = []struct {
	kind, title string
	weight      float64
	scope       int // -1: none
}{
	{"maintenance", "Lens wiped, weekly round", 3, byCamera},
	{"maintenance", "Conveyor greased", 2, byLine},
	{"material", "New carton of housings opened", 2, byLine},
	{"material", "Gloves restocked", 1.5, byLine},
	{"staffing", "New operator with a second person", 2, byStation},
	{"schedule", "Order brought forward", 2, byLine},
	{"config", "Recipients of the shift report changed", 1.5, -1},
	{"deploy", "Dashboard updated", 1.5, -1},
	{"pipeline", "Archive job moved to nights", 1, -1},
	{"sensor", "Camera temperature alarm cleared", 1.5, byCamera},
	{"label", "Review list sorted anew", 1, -1},
	{"infra", "Server patched", 1.5, -1},
	{"other", "Visitors on the floor", 1, -1},
}

// ordinary fills the diary: notes at any time, some close to the onset, and
// harmless changes, logged or not. A plant that writes nothing down has no
// events at all.
func (p *plot) ordinary() {
	d := p.dice
	days := p.end.Sub(p.start).Hours() / 24
	for range int(days*d.between(0.3, 2.5)) + 1 {
		p.note(p.start.Add(time.Duration(d.unit() * float64(p.end.Sub(p.start)))))
	}
	if !p.key.Confounded {
		for range d.weighted([]float64{0.45, 0.35, 0.2}) {
			p.note(p.onset.Add(time.Duration(d.between(-110, 30)) * time.Minute))
		}
	}
	p.changes()
	p.keepEvents()
}

func (p *plot) note(at time.Time) {
	weights := make([]float64, len(notes))
	for i, n := range notes {
		weights[i] = n.weight
	}
	n := notes[p.dice.weighted(weights)]
	var s scope
	if n.scope >= 0 {
		s = scope{{n.scope, p.dice.intn(len(p.works.values[n.scope]))}}
	}
	p.write(at, n.kind, n.title, s)
}

// keepEvents drops the diary of a plant that keeps none.
func (p *plot) keepEvents() {
	if p.style.eventful < 1 && !p.dice.chance(p.style.eventful) {
		p.events, p.key.Event = nil, nil
	}
	p.style.eventful = 1
}

// changes are real and harmless.
func (p *plot) changes() {
	d := p.dice
	somewhere := func() scope {
		if d.chance(0.5) {
			return nil
		}
		return p.onLine()
	}
	for _, c := range []struct {
		chance      float64
		kind, title string
		scope       scope
		touch       func(*row)
	}{
		{0.3, "deploy", "seating 3.5.0 replaces 3.4.1", somewhere(), func(r *row) {
			if r.version == 0 {
				r.version = 1
			}
			if r.release == goodRelease {
				r.release = nextRelease
			}
		}},
		{0.25, "material", "Gloves of a paler lot", p.onLine(), func(r *row) {
			if r.setting == normal {
				r.setting = paleGloves
			}
		}},
		{0.2, "maintenance", "Lamp replaced", p.onStation(), func(r *row) {
			if r.setting == normal {
				r.setting = brightLamp
			}
		}},
		{0.2, "config", "Inference batch size 4 to 8", nil, func(r *row) { r.more += 3 }},
		{0.1, "label", "Fewer parts go to review", nil, func(r *row) { r.coverage *= 0.7 }},
	} {
		at := p.start.Add(time.Duration(d.between(0.1, 0.95) * float64(p.end.Sub(p.start))))
		told := d.chance(0.8)
		if !d.chance(c.chance) || at.Sub(p.onset).Abs() < 4*time.Hour {
			continue
		}
		// Later effects run after earlier ones; the trouble has the last word.
		p.effects = append([]effect{{from: at.UnixNano(), to: forever, scope: c.scope, dose: 1, touch: c.touch}}, p.effects...)
		if told {
			p.write(at.Add(-time.Duration(d.intn(20))*time.Minute), c.kind, c.title, c.scope)
		}
	}
	if d.chance(0.25) {
		p.neutralOrder()
	}
}

// neutralOrder makes more of one SKU on a line: another mix, no harder.
func (p *plot) neutralOrder() {
	d := p.dice
	at := p.start.Add(time.Duration(d.between(0.1, 0.95) * float64(p.end.Sub(p.start)))).Truncate(time.Hour)
	line, sku := d.intn(len(p.works.stations)), d.intn(len(SKUs))
	p.surges = append(p.surges, surge{at, func(m *mix) { m.sku[line][sku] *= 2.5 }})
	if d.chance(0.8) {
		p.write(at, "schedule", "Order of "+p.works.values[bySKU][sku]+" brought forward", scope{{byLine, line}})
	}
}

// answerSlice adds another way to say the guilty rows.
func (p *plot) answerSlice(s scope) {
	if where, ok := p.where(s); ok {
		p.key.Slices = append(p.key.Slices, where)
	}
}
