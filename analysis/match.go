package analysis

import (
	"cmp"
	"fmt"
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

// twoUnits writes a duration in its two largest units, a zero left out: "1 d
// 4 h", "2 h".
func twoUnits(d time.Duration) string {
	units := []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}}
	for i, u := range units {
		if d < u.length && i < len(units)-1 {
			continue
		}
		text := fmt.Sprintf("%d %s", d/u.length, u.name)
		if i+1 < len(units) {
			if rest := d % u.length / units[i+1].length; rest > 0 {
				text += fmt.Sprintf(" %d %s", rest, units[i+1].name)
			}
		}
		return text
	}
	return ""
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
