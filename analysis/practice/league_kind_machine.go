package practice

import (
	"andon/analysis"
)

// Model, pipeline and service: what stands between picture and answer.

var badReleases = []int{crushedRelease, hurriedRelease, slippedRelease, starvedRelease}

// release puts a bad release on the scope: one about as bad as the drop aimed
// at asks for.
func (p *plot) release(s scope) {
	needed := p.aim / p.works.share(s)
	bad, nearest := badReleases[0], 9.0
	for _, b := range badReleases {
		off := needed - (p.gallery.right[normal][goodRelease] - p.gallery.right[normal][b])
		if off < 0 {
			off = -off
		}
		if off < nearest && p.dice.chance(0.8) {
			bad, nearest = b, off
		}
	}
	silent := p.dice.chance(0.07)
	p.effects = append(p.effects, effect{from: p.onset.UnixNano(), to: forever, scope: s, dose: 1, touch: func(r *row) {
		r.release = bad
		if !silent {
			r.version = 2
		}
	}})
	p.key.Says = "A release went out that " + map[int]string{crushedRelease: "had its weights rounded away",
		hurriedRelease: "was trained on a hundred pictures", starvedRelease: "was trained on a few dozen pictures",
		slippedRelease: "was trained on wrong labels"}[bad] + "."
	if silent {
		p.key.Says += " Its version was not raised."
	}
}

func badRelease(p *plot) {
	p.release(nil)
	p.answer(analysis.Model, nil)
	p.logged("deploy", "seating 3.6.0 rolled out", nil)
}

func badCanary(p *plot) {
	p.manyLines()
	s := p.onLine()
	p.release(s)
	p.answer(analysis.Model, s)
	p.logged("deploy", "seating 3.6.0 on trial", s)
}

func preprocessingBug(p *plot) {
	var s scope
	switch p.dice.intn(5) {
	case 0, 1:
		p.manyLines()
		s = p.onLine()
	case 2:
		s = p.onStation()
	}
	bug, _ := p.measureOut(s, cropped, shrunk, swappedPlanes)
	said := p.dice.chance(0.65)
	p.effects = append(p.effects, effect{from: p.onset.UnixNano(), to: forever, scope: s, dose: 1, touch: func(r *row) {
		r.setting = bug
		if said {
			r.preprocess = 1
		}
	}})
	p.answer(analysis.Pipeline, s)
	p.key.Says = "Preprocessing hands over pictures with " + settingsTable[bug].name + "."
	p.logged([]string{"pipeline", "pipeline", "deploy", "config"}[p.dice.intn(4)], "Image service updated", s)
}

// thresholds by class and how much they cost: a class is said far too early,
// or hardly ever.
var thresholds = []policy{
	{class: Tilted, threshold: 0.2, scale: 1.1}, {class: Seated, threshold: 0.97, scale: 0.9},
	{class: Missing, threshold: 0.08, scale: 1.2}, {class: Tilted, threshold: 0.08, scale: 1.25},
	{class: Seated, threshold: 0.999, scale: 0.75}, {class: Tilted, threshold: 0.02, scale: 1.4},
}

func thresholdChanged(p *plot) {
	var s scope
	if p.dice.chance(0.4) {
		p.manyLines()
		s = p.onLine()
	}
	which := min(len(thresholds)-1, int(p.aim/p.works.share(s)*12)+p.dice.intn(2))
	set := thresholds[which]
	said := p.dice.chance(0.65)
	p.effects = append(p.effects, effect{from: p.onset.UnixNano(), to: forever, scope: s, dose: 1, touch: func(r *row) {
		r.policy = &set
		if said {
			r.config = 1
		}
	}})
	p.answer(analysis.Pipeline, s)
	p.key.Says = "A threshold was set wrong: what the models say is right, what is made of it is not."
	p.logged([]string{"config", "config", "deploy"}[p.dice.intn(3)], "Line settings adjusted", s)
}

func overload(p *plot) {
	p.classesOnly()
	var s scope
	if p.dice.chance(0.4) {
		s = p.onLine()
	}
	fail := max(0.04, min(0.85, p.aim/p.works.share(s)*1.25))
	p.strained = p.onset
	p.strike(s, 1, func(r *row) {
		r.lag *= 2.5
		r.fail = fail
	})
	p.answer(analysis.Service, s)
	p.key.Says = "The inference server is overloaded and lets pictures time out."
	p.logged([]string{"infra", "infra", "config", "schedule"}[p.dice.intn(4)], "Second camera batch moved to the same server", s)
}

// droppedTelemetry: rows are lost on the way to the log, and not evenly. What
// is left looks worse than what happened.
func droppedTelemetry(p *plot) {
	p.classesOnly()
	p.labelled()
	var s scope
	if p.aim < 0.08 && p.dice.chance(0.6) {
		s = p.onLine()
	}
	lost := loss{sure: p.dice.between(0.6, 0.97)}
	if p.aim < 0.08 && p.dice.chance(0.3) {
		lost = loss{seated: p.dice.between(0.8, 1)}
	}
	p.strike(s, 1, func(r *row) { r.lost = lost })
	p.answer(analysis.Service, s)
	p.key.Says = "The log loses rows, mostly those the models were sure of: what is left looks worse than it was."
	p.logged([]string{"infra", "infra", "config"}[p.dice.intn(3)], "Log shipper restarted", s)
}

// classesOnly keeps away a log of gaps, where a row without an answer counts
// for nothing.
func (p *plot) classesOnly() {
	for p.style.task == gapTask {
		p.style = newStyle(p.dice)
	}
}
