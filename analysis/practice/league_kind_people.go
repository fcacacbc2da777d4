package practice

import (
	"math"

	"andon/analysis"
)

// Labels and traffic: the yardstick moved, or what is measured did.

const forever = math.MaxInt64

// reviewerMislabels: one reviewer writes down something else, by leniency or
// by haste. The answers are as good as ever.
func reviewerMislabels(p *plot) {
	p.labelled()
	s := scope{{byReviewer, p.dice.intn(len(p.works.values[byReviewer]))}}
	how := slip{careless: p.dice.between(0.3, 0.9)}
	if p.dice.chance(0.4) {
		how = slip{lenient: p.dice.between(0.7, 1), careless: p.labels.careless}
	}
	p.strike(s, 1, func(r *row) { r.slip = how })
	p.answer(analysis.Labels, s)
	p.key.Says = "A reviewer writes down wrong labels; the answers are as good as ever."
	p.logged([]string{"label", "label", "staffing"}[p.dice.intn(3)], "Review guideline changed", nil)
}

// lateLabels: nothing got worse. Labels come later than before; in some rounds
// those of wrong answers still come soon, since the leak test finds them, and
// the newest hours look bad.
func lateLabels(p *plot) {
	onset := p.onset
	p.labels.late = true
	delay, hold := p.dice.between(4, 12), 1.0
	p.key.Says = "Labels come later than they did. Nothing got worse."
	if p.dice.chance(0.4) {
		delay, hold = 1, p.dice.between(6, 20)
		p.key.Says = "Labels of right answers come later than they did; those of wrong ones do not. Nothing got worse."
	}
	quietWeek(p)
	p.key.Kind = "late labels only"
	p.key.Causes = []analysis.Cause{analysis.None, analysis.Labels}
	p.key.Slices = nil
	p.effects = append(p.effects, effect{from: onset.UnixNano(), to: forever, dose: 1, touch: func(r *row) { r.delay, r.hold = delay, hold }})
	p.logged([]string{"label", "staffing", "infra"}[p.dice.intn(3)], "Review moved to the morning shift", nil)
}

// harder is about how much less often rework is judged right than a first
// press.
const harder = 0.13

// trafficMix: more of what was always hard. No slice is worse than it was.
func trafficMix(p *plot) {
	p.style.place, p.style.work = true, true
	p.manyLines()
	p.hourly()
	line := -1
	if p.aim < 0.08 && p.dice.chance(0.6) {
		line = p.dice.intn(len(p.works.stations))
	}
	lines := 1.0
	slices := []scope{nil}
	if line >= 0 {
		lines = p.works.share(scope{{byLine, line}})
		slices = append(slices, scope{{byLine, line}})
	}
	more := min(0.8, p.aim/lines/harder)
	if line < 0 && p.aim < 0.06 && p.dice.chance(0.5) {
		p.moveToHardLine()
	} else {
		p.surges = append(p.surges, surge{p.onset, func(m *mix) {
			for l := range m.rework {
				if line < 0 || l == line {
					m.rework[l] = min(0.95, m.rework[l]+more)
				}
			}
		}})
	}
	p.answer(analysis.Traffic, slices...)
	p.key.Says = "There is more of the work that was always hard. Nothing is worse than it was."
	p.logged([]string{"schedule", "schedule", "staffing", "other"}[p.dice.intn(4)], "Rework of order 5518 brought forward", slices[len(slices)-1])
}

// moveToHardLine gives one line most of the rework from the beginning, and
// most of the work from the onset on.
func (p *plot) moveToHardLine() {
	hard := p.dice.intn(len(p.works.stations))
	p.works.ordinary.rework[hard] = 0.7
	p.surges = append(p.surges, surge{p.onset, func(m *mix) {
		m.line[hard] *= 4
	}})
}

// manyLines makes sure that one line is not the whole plant.
func (p *plot) manyLines() {
	for len(p.works.stations) < 2 {
		p.works = newWorks(p.dice)
	}
}

// hourly moves the onset to a full hour: plans change by the hour.
func (p *plot) hourly() {
	p.onset = p.start.Add(p.onset.Sub(p.start).Truncate(hour))
	p.key.Onset = p.onset
}

// labelled keeps away a log without labels, in which this trouble is none.
func (p *plot) labelled() {
	for p.style.truth == noTruth {
		p.style = newStyle(p.dice)
	}
}
