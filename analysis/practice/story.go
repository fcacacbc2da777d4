package practice

import (
	"fmt"
	"slices"
	"time"
)

// story is a week before it is played: the calendar, everything that happens
// (ordinary life and the cause, if there is one), how many pictures are kept,
// and the truth as far as it is known beforehand.
type story struct {
	calendar Calendar
	episodes []Episode
	frames   float64 // share of pictures kept
	truth    Truth
}

// stories are the incidents by name. Each is written from a seed.
var stories = map[string]func(seed int64) story{
	"gloves": gloves,
	"quiet":  quiet,
}

// DefaultSeed is the seed of the bundled incidents.
const DefaultSeed int64 = 1

// Names are the names of the practice incidents, sorted.
func Names() []string {
	names := make([]string, 0, len(stories))
	for name := range stories {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// quiet is eight days in which nothing goes wrong.
func quiet(seed int64) story {
	a := &almanac{start: monday.AddDate(0, 0, 14), dice: newDice(seed, streamStory)}
	a.ordinary()
	return story{
		calendar: Calendar{Start: a.start, Days: 8, Volume: 0.33, Surges: surges(a.start)},
		episodes: a.diary,
		frames:   0.005,
		truth:    Truth{Kind: "nothing", Cause: "none", Says: "An ordinary week. Nothing changed for the worse."},
	}
}

// gloves is the same plant in the week in which line L2 gets black gloves. The
// stores write down that the vendor changed, as they did for L3 before; the
// first gloves of the new box are on some minutes later.
func gloves(seed int64) story {
	a := &almanac{start: monday, dice: newDice(seed, streamStory)}
	a.ordinary()
	opened := a.at(6, 6, 31).Truncate(time.Minute)
	onset := opened.Add(5 * time.Minute)
	line := on("line", "L2")
	a.note(opened, "material", "Gloves for L2: vendor now Handgard, lot HG-2291", "", line, nil)
	a.diary = append(a.diary, Episode{From: onset, Scope: line, Touch: func(s *Shot) { s.Scene.Glove = blackGlove }})
	return story{
		calendar: Calendar{Start: a.start, Days: 8, Volume: 0.61, Surges: surges(a.start)},
		episodes: a.diary,
		frames:   0.008,
		truth: Truth{
			Kind: "black gloves on a line", Cause: "floor", Onset: onset, Slice: line,
			Event: &TruthEvent{opened, "material", "Gloves for L2: vendor now Handgard, lot HG-2291"},
			Says:  "Line L2 got black gloves. The models know gray ones and take black fingers for the dark gasket.",
		},
	}
}

// Play makes an incident: the same name and seed give the same incident. An
// unknown name is an error that lists the known ones. Takes some seconds for
// every 30,000 inspections.
func Play(name string, seed int64) (*Incident, error) {
	write, ok := stories[name]
	if !ok {
		return nil, fmt.Errorf("play practice incident %q: no such incident; there are %q", name, Names())
	}
	return write(seed).play(name, seed), nil
}

// play makes the shots, lets everything happen to them, and inspects them.
func (s story) play(name string, seed int64) *Incident {
	shots := newPlant(seed).schedule(s.calendar, seed)
	for _, shot := range shots {
		for i := range s.episodes {
			s.episodes[i].touch(shot)
		}
	}
	in := &Incident{Name: name, Seed: seed, Calendar: s.calendar, Truth: s.truth,
		Records: s.records(shots, seed), Events: s.notices()}
	inspect(in.Records, seed)
	in.measure()
	return in
}
