package analysis

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// Somebody wrote down when things were done, and a new version dates itself.
// Where nothing shows that it changed, each of these moments is asked whether
// quality fell there: far fewer labels answer that than tell when.
//
//	events    · ·  ·   ·     ·        ten moments
//	quality   ▆▇▅▆▇▆▅▄▆▅▄▆▅▄▆▅▄      around the third: 93 %, then 86 %, z 3.9

// How surely labels must agree with a moment that somebody wrote down, and how
// long after it what was done may show.
//
// Source: quiet practice weeks; with M moments asked, z² must grow by 2 ln M.
const (
	toldZ     = 3
	toldDelay = time.Hour
	toldKnown = 40 // rows of known quality on either side at least
	toldBlock = 6 * time.Hour
)

// searchTold is the loss of quality at one of the events that stands out most,
// everywhere or where the event applied, or nil.
func searchTold(ctx context.Context, q Inquiry, m Measure) (*sighting, error) {
	if !m.Realised() || m.Labelled > fewLabels {
		return nil, nil
	}
	var best *sighting
	asked := 0
	for _, e := range q.Events {
		places := []Where{nil}
		if scope := scopeIn(q.Log, e); len(scope) > 0 {
			places = append(places, scope)
		}
		for _, slice := range places {
			found, err := ask(ctx, q, e.Time, slice)
			if err != nil {
				return nil, err
			}
			if found == nil {
				continue
			}
			if asked++; best == nil || found.z > best.z {
				best = found
			}
		}
	}
	if best == nil || best.z < math.Sqrt(toldZ*toldZ+2*math.Log(float64(asked))) {
		return nil, nil
	}
	return best, nil
}

// ask is how far quality fell at a moment within a slice; nil where too little
// is known of it, or the fall is no matter.
func ask(ctx context.Context, q Inquiry, at time.Time, slice Where) (*sighting, error) {
	c := Change{Onset: at, Earliest: at, Latest: at.Add(toldDelay)}
	where, flank := slices.Concat(q.Where, slice), flanks(q.Log.Span(), c, nil)
	before, after, err := windowSums(ctx, q.Log, where, flank)
	if err != nil || before.Known < toldKnown || after.Known < toldKnown {
		return nil, err
	}
	quality := CompareQuality(q.Log.Measure(), before, after)
	if !matters(quality) {
		return &sighting{}, nil
	}
	series, err := q.Log.Series(ctx, where, toldBlock)
	if err != nil {
		return nil, fmt.Errorf("plot %s around %s: %w", where, day(at), err)
	}
	z := lossZ(quality) / math.Sqrt(max(1, series.dispersion(flank.Before, flank.After)))
	c.Before, c.After, c.Lost = before.Mean(), after.Mean(), quality.Loss()*float64(after.Rows)
	c.Z = math.Copysign(z, c.After-c.Before)
	return &sighting{c, slice, z}, nil
}

// dispersion is how much further the buckets of the windows lie from their
// window's mean than chance lets them, as a ratio of variances: shifts and
// weekends differ without anybody having changed a thing.
func (s Series) dispersion(windows ...Window) float64 {
	far, free := 0.0, 0
	for _, w := range windows {
		all := s.Over(w)
		p := all.Mean()
		chance := p * (1 - p)
		if s.Scale == Amount {
			chance = all.Variance()
		}
		if chance <= 0 {
			continue
		}
		blocks := 0
		for i := s.before(w.From); i < s.before(w.To); i++ {
			if b := s.Buckets[i]; b.Known > 0 {
				d := b.Mean() - p
				far += d * d * float64(b.Known) / chance
				blocks++
			}
		}
		free += max(0, blocks-1)
	}
	if free == 0 {
		return 1
	}
	return far / float64(free)
}

// scopeIn is where an event applied, by the columns that the log has.
func scopeIn(log Log, e Event) Where {
	var scope Where
	for _, f := range log.Fields() {
		if value, ok := e.Scope[f.Name]; ok {
			scope = append(scope, Condition{Column: f.Name, Op: Equal, Value: value})
		}
	}
	return scope
}
