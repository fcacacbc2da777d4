package analysis

import (
	"math"
	"time"
)

// What an event is weighed by: how long its kind takes to show, where it was,
// and what its kind brings about.

// lagLaw is how long a kind of event takes to show, on average, where it does
// not show at once, and what it brings about: P(cause | event of the kind did it), other causes sharing the
// rest.
type lagLaw struct {
	mean   time.Duration
	causes map[Cause]float64
}

// lagLaws are per kind. Source: methods 6 for the lags; the causes are the
// kinds' meanings in the design's list of causes, one in ten left to others.
var lagLaws = map[string]lagLaw{
	"deploy":      {time.Hour, map[Cause]float64{Model: .6, Pipeline: .2, Service: .1}},
	"config":      {time.Hour, map[Cause]float64{Pipeline: .5, Model: .2, Service: .2}},
	"pipeline":    {time.Hour, map[Cause]float64{Pipeline: .8, Service: .1}},
	"material":    {6 * time.Hour, map[Cause]float64{Floor: .8, Traffic: .1}},
	"maintenance": {6 * time.Hour, map[Cause]float64{Sensor: .6, Floor: .2, Service: .1}},
	"staffing":    {6 * time.Hour, map[Cause]float64{Floor: .5, Labels: .2, Traffic: .2}},
	"schedule":    {6 * time.Hour, map[Cause]float64{Traffic: .5, Floor: .4}},
	"sensor":      {6 * time.Hour, map[Cause]float64{Sensor: .85, Pipeline: .05}},
	"label":       {24 * time.Hour, map[Cause]float64{Labels: .9}},
	"infra":       {time.Hour, map[Cause]float64{Service: .8, Pipeline: .1}},
	"other":       {2 * time.Hour, nil},
}

// moment is a possible onset with its probability.
type moment struct {
	at     time.Time
	weight float64
}

// onsetMoments is the onset's posterior on a grid. Away from the onset the
// likelihood of a change point falls like a random walk, so each side is
// exponential, with a tenth of it beyond the change's 90 % interval; never
// narrower than the clock's slop.
func onsetMoments(c Change) []moment {
	const steps, reach = 32, 5.0
	slop := 5 * time.Minute
	left := max(slop, c.Onset.Sub(c.Earliest)).Seconds() / math.Ln10
	right := max(slop, c.Latest.Sub(c.Onset)).Seconds() / math.Ln10
	var out []moment
	var total float64
	for i := -steps; i <= steps; i++ {
		x := reach * float64(i) / steps
		scale := right
		if i < 0 {
			scale = left
		}
		w := math.Exp(-math.Abs(x)) * scale
		total += w
		out = append(out, moment{c.Onset.Add(time.Duration(x * scale * float64(time.Second))), w})
	}
	for i := range out {
		out[i].weight /= total
	}
	return out
}

// lagDensity is the probability per hour of the onset under the event: half of
// the events of any kind show within the hour, half take the kind's exponential
// lag; a clock slop smears both to before the event.
func lagDensity(e Event, onset []moment) float64 {
	mean := lawFor(e.Kind).mean.Hours()
	const slop = .2 // hours a clock or a bucket may be early
	var density float64
	for _, m := range onset {
		lag := m.at.Sub(e.Time).Hours()
		d := lagFloor
		switch {
		case lag >= 0:
			d += math.Exp(-lag)/2 + math.Exp(-lag/mean)/(2*mean)
		case lag > -4*slop:
			d += math.Exp(lag*lag/(-2*slop*slop)) * (1 + 1/mean) / 2
		}
		density += m.weight * d
	}
	return density
}

func lawFor(kind string) lagLaw {
	if law, ok := lagLaws[kind]; ok {
		return law
	}
	return lagLaws["other"]
}

// scopeFit compares an event's scope with the guilty slice, column by column.
// A column that only one of them names says nothing either way.
func scopeFit(e Event, found []SliceScore) (ratio float64, why string) {
	if len(e.Scope) == 0 || len(found) == 0 || !found[0].Accepted {
		return 1, ""
	}
	same := 0
	for _, c := range found[0].Where {
		value, scoped := e.Scope[c.Column]
		switch {
		case !scoped || c.Op != Equal:
			continue
		case Canonical(value) != Canonical(c.Value):
			return otherScope, "elsewhere than the guilty slice"
		}
		same++
	}
	if same == 0 {
		return 1, ""
	}
	if same < len(e.Scope) {
		// Narrower than the slice: it cannot have done all of it alone.
		return math.Sqrt(sameScope), "in a part of the guilty slice"
	}
	return sameScope, "where the guilty slice is"
}

// kindFit is how well the kind's effects agree with the causes' probabilities,
// against an event that could have done anything.
func kindFit(kind string, causes map[Cause]float64) (ratio float64, why string) {
	law := lawFor(kind)
	if len(causes) == 0 || law.causes == nil {
		return 1, ""
	}
	rest := 1.0
	for _, p := range law.causes {
		rest -= p
	}
	others := float64(len(Causes) - len(law.causes))
	best, leader := 0.0, Cause("")
	for _, c := range Causes {
		p, own := law.causes[c]
		if !own {
			p = rest / others
		}
		ratio += causes[c] * p * float64(len(Causes))
		if own && causes[c]*p > best {
			best, leader = causes[c]*p, c
		}
	}
	ratio = min(kindFarthest, max(1/kindFarthest, ratio))
	if ratio > 1.2 && leader != "" {
		return ratio, "of a kind that fits " + string(leader)
	}
	return ratio, ""
}
