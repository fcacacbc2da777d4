package practice

import (
	"time"

	"andon/analysis"
)

// almanac writes episodes against a calendar: day and clock time, with some
// minutes thrown so that no two seeds keep the same diary.
type almanac struct {
	start time.Time
	dice  dice
	diary []Episode
}

func (a *almanac) at(day, hour, minute int) time.Time {
	jitter := time.Duration(a.dice.intn(9*60)) * time.Second
	return a.start.AddDate(0, 0, day).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + jitter)
}

// note adds an episode that begins when it is written down.
func (a *almanac) note(t time.Time, kind, title, detail string, scope map[string]string, touch func(*Shot)) {
	a.diary = append(a.diary, Episode{
		Notice: analysis.Event{Time: t, Kind: kind, Title: title, Detail: detail, Scope: scope},
		From:   t, Scope: scope, Touch: touch,
	})
}

func on(column, value string) map[string]string { return map[string]string{column: value} }

// ordinary fills the diary of eight days in which nothing goes wrong: people,
// supplies, lenses, a release, the schedule. Every entry is true; those with a
// touch really change the shots, none of them for the worse.
func (a *almanac) ordinary() {
	a.people()
	a.lenses()
	a.supplies()
	a.software()
	a.note(a.at(2, 14, 0), "schedule", "HX-140 brought forward on L1", "order 5518, until further notice", on("line", "L1"), nil)
	a.note(a.at(5, 11, 0), "schedule", "Weekend order: L3 runs at higher takt", "order 5530", on("line", "L3"), nil)
	a.note(a.at(3, 21, 50), "other", "Reminder: hall lamps at reduced power from 22:00 to 06:00", "energy plan, since January", nil, nil)
}

// surges are the schedule's side of ordinary: the entries above, as volumes.
func surges(start time.Time) []Surge {
	return []Surge{
		{start.AddDate(0, 0, 2).Add(14 * time.Hour), "L1", 1, []float64{0.30, 0.25, 0.32, 0.13}},
		{start.AddDate(0, 0, 5).Add(11 * time.Hour), "L3", 1.2, nil},
	}
}

func (a *almanac) people() {
	a.note(a.at(0, 6, 5), "staffing", "Crew list published", "operators change stations every morning at 06:00", nil, nil)
	a.note(a.at(3, 13, 30), "staffing", "New operator trained at S2", "with a second person for two shifts", on("station", "S2"), nil)
	a.note(a.at(5, 5, 40), "staffing", "Weekend crews on duty", "", nil, nil)
	a.note(a.at(7, 5, 45), "staffing", "Crew list published", "", nil, nil)
}

// lenses: haze settles on one lens for two days until it is wiped; the other
// wipes are routine.
func (a *almanac) lenses() {
	from, wiped := a.at(1, 4, 0), a.at(3, 9, 20)
	a.diary = append(a.diary, Episode{From: from, To: wiped, Scope: on("camera", "C11"), Touch: func(s *Shot) {
		s.Scene.Camera.Haze = 0.25 * float64(s.Time.Sub(from)) / float64(wiped.Sub(from))
	}})
	a.note(wiped, "maintenance", "Lens wiped", "camera looked pale", on("camera", "C11"), nil)
	a.note(a.at(0, 10, 15), "maintenance", "Lens wiped", "weekly round", on("camera", "C05"), nil)
	a.note(a.at(5, 19, 55), "maintenance", "Lens wiped", "weekly round", on("camera", "C02"), nil)
	a.note(a.at(6, 2, 40), "sensor", "C14 refocused after vibration alarm", "", on("camera", "C14"), func(s *Shot) {
		s.Scene.Camera.X += 0.5
	})
	a.note(a.at(7, 9, 30), "maintenance", "Lens wiped", "weekly round", on("camera", "C08"), nil)
}

func (a *almanac) supplies() {
	a.note(a.at(1, 17, 30), "material", "HX-120 cartons from second supplier", "same drawing, revision C", on("sku", "HX-120"), nil)
	a.note(a.at(2, 17, 10), "material", "Gloves for L3: lot GR-0417 opened", "", on("line", "L3"), func(s *Shot) {
		s.Scene.Glove = grayGlove.mix(paleGlove, 0.6)
	})
	a.note(a.at(4, 15, 20), "material", "Assembly grease lot 88-214 opened", "", on("line", "L1"), nil)
}

func (a *almanac) software() {
	a.note(a.at(1, 13, 0), "config", "Inference batch size 4 to 8", "latency up by some milliseconds, as planned", nil, func(s *Shot) {
		s.Latency += 3
	})
	a.note(a.at(4, 9, 5), "deploy", "seating 3.5.0 replaces 3.4.1", "regular retraining, all lines", nil, func(s *Shot) {
		s.Ensemble = secondRelease
	})
	a.note(a.at(6, 5, 20), "config", "Recipients of the shift report changed", "", nil, nil)
}
