package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Which logged change brought it about? Each event is weighed by three
// questions, and so is the answer "none of them":
//
//	time    ──●───────┬─┬──▶   the onset follows the event at the lag its
//	         event    onset    kind takes, over the whole onset interval
//	scope   line=L2 against the slice: the same, another, or not said
//	kind    material against the causes' probabilities
//
// Time alone hardly beats "the nearest event"; scope and kind are what adds.

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

// What the weighing rests on.
//
// Source: methods 6; the scope ratios for scopes that are right in four of five
// causes and one of five bystanders.
const (
	noEvent      = .2             // that none of the logged events did it
	eventReach   = 48 * time.Hour // how far from the onset events are candidates
	lagFloor     = 1e-4           // an hour's density whatever the lag
	sameScope    = 4.0
	otherScope   = .25
	rareKind     = 4   // pseudo-events a kind's frequency is held by
	kindFarthest = 4.0 // the kind's fit counts at most this, or its inverse
)

// MatchEvents weighs every event near the onset, the likeliest first, with
// "no logged event explains this" (Event nil) always among them; the
// probabilities sum to 1. found[0], where accepted, is the guilty slice whose
// scope is compared; causes are the causes' probabilities and may be nil.
//
//	score(e) ∝ π(e) · ∫P(onset = t)·lag(t - e)dt · scope(e) · kind(e)
//
// with π(e) falling with how many events of the kind there are: a deploy a day
// explains little. Events farther than 48 h from the onset are left out. Ties
// keep time order. Source: methods 6. Cost: events × 65.
func MatchEvents(events []Event, onset Change, found []SliceScore, causes map[Cause]float64) []EventMatch {
	near := nearOnset(events, onset)
	moments := onsetMoments(onset)
	matches := make([]EventMatch, 0, len(near)+1)
	weights := rarity(near)
	total := 0.0
	for i, e := range near {
		scope, scopeWhy := scopeFit(e, found)
		kind, kindWhy := kindFit(e.Kind, causes)
		p := (1 - noEvent) * weights[i] * lagDensity(e, moments) * scope * kind
		total += p
		matches = append(matches, EventMatch{Event: &near[i], Probability: p, Lag: onset.Onset.Sub(e.Time),
			Why: sentence(lagWords(onset, e), scopeWhy, kindWhy)})
	}
	// Without an event the onset lies anywhere within reach.
	none := noEvent / (2 * eventReach.Hours())
	total += none
	matches = append(matches, EventMatch{Probability: none, Why: noneWhy(len(near))})
	for i := range matches {
		matches[i].Probability /= total
	}
	sortMatches(matches)
	return matches
}

func sortMatches(matches []EventMatch) {
	slices.SortStableFunc(matches, func(a, b EventMatch) int { return cmp.Compare(b.Probability, a.Probability) })
}

func nearOnset(events []Event, onset Change) []Event {
	var near []Event
	for _, e := range events {
		if lag := onset.Onset.Sub(e.Time); lag.Abs() <= eventReach+onsetWidth(onset) {
			near = append(near, e)
		}
	}
	slices.SortStableFunc(near, func(a, b Event) int { return a.Time.Compare(b.Time) })
	return near
}

func onsetWidth(c Change) time.Duration { return max(0, c.Latest.Sub(c.Earliest)) }

// rarity gives every event a share of what the events explain together, less
// to each of a frequent kind: 1/(number of the kind + rareKind).
func rarity(events []Event) []float64 {
	count := map[string]float64{}
	for _, e := range events {
		count[e.Kind]++
	}
	weights := make([]float64, len(events))
	var total float64
	for i, e := range events {
		weights[i] = 1 / (count[e.Kind] + rareKind)
		total += weights[i]
	}
	for i := range weights {
		weights[i] /= total
	}
	return weights
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

// lagWords says when the event was, in words.
func lagWords(onset Change, e Event) string {
	kind := e.Kind
	if kind == "" {
		kind = "other"
	}
	lag := onset.Onset.Sub(e.Time)
	if lag.Abs() < time.Minute {
		return kind + " event at the onset"
	}
	if lag < 0 {
		return fmt.Sprintf("%s event %s after the onset", kind, twoUnits(-lag))
	}
	return fmt.Sprintf("%s event %s before the onset", kind, twoUnits(lag))
}

// twoUnits writes a duration in its two largest units.
func twoUnits(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return fmt.Sprintf("%d d %d h", d/(24*time.Hour), d%(24*time.Hour)/time.Hour)
	case d >= time.Hour:
		return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%d min", d/time.Minute)
}

func sentence(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, ", ")
}

func noneWhy(candidates int) string {
	if candidates == 0 {
		return "no event is logged within two days of the onset"
	}
	return "none of the logged events explains this"
}
