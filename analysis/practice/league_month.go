package practice

import (
	"time"

	"andon/analysis"
)

// A month is a longer round, outside the kinds that are scored, on which early
// warning is tried: it has weeks to learn the plant's habits from.
//
//	day 0        7              ~15      ~20        28
//	├── learn ───┼── watch ─────┴─ ramp ─┴───────────┤
//
// A ramp is a trouble that grows over days: a lens that works loose, a lamp that
// dies, gloves that are used up and replaced carton by carton, a server that
// runs full.

const monthDays = 28

// DrawMonth makes the quiet month of a seed: ordinary life and harmless changes.
func DrawMonth(seed int64) Round {
	return plotOf(kind{"quiet month", quietMonth}, seed, 0).play()
}

// DrawRamp makes the month of a seed in which one trouble grows; Key.Onset is
// when it begins.
func DrawRamp(seed int64) Round {
	return plotOf(kind{"slow ramp", slowRamp}, seed, 0).play()
}

// month makes the round a month long and busier, the onset in its third week.
func (p *plot) month() {
	p.rows *= 2
	p.end = p.start.AddDate(0, 0, monthDays)
	p.onset = p.start.Add(time.Duration(p.dice.between(13, 17) * 24 * float64(time.Hour))).Truncate(time.Minute)
	p.key.Onset = p.onset
}

func quietMonth(p *plot) {
	p.month()
	quietWeek(p)
}

// slowRamp grows one of four troubles over three to seven days.
func slowRamp(p *plot) {
	p.month()
	d := p.dice
	p.aim = max(p.aim, 0.08)
	s := p.onLine()
	touch := func(r *row) { r.lag, r.fail = 5, 0.4 }
	cause := analysis.Service
	if which := d.intn(4); which < 3 {
		faults := [][2]int{{softFocus, noFocus}, {dimLamp, deadLamp}, {navyGloves, blackGloves}}[which]
		cause = []analysis.Cause{analysis.Sensor, analysis.Sensor, analysis.Floor}[which]
		fault, _ := p.measureOut(s, faults[0], faults[1])
		touch = func(r *row) { r.setting = fault }
	}
	p.effects = append(p.effects, effect{from: p.onset.UnixNano(), to: forever, ramp: int64(d.between(3, 7) * 24 * float64(time.Hour)),
		scope: s, dose: 1, touch: touch})
	p.answer(cause, s)
	p.key.Says = "It grew over days."
}
