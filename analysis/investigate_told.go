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
	toldStep  = 15 * time.Minute
	toldBlock = 6 * time.Hour
)

// searchTold is the loss of quality at one of the events that stands out most,
// everywhere or where the event applied, or nil. Each place is plotted once,
// however many events it had.
func searchTold(ctx context.Context, q Inquiry, m Measure) (*sighting, error) {
	if !m.Realised() || m.Labelled > fewLabels {
		return nil, nil
	}
	var best *sighting
	asked, plots := 0, plotted{}
	for _, e := range q.Events {
		places := []Where{nil}
		if scope := scopeIn(q.Log, e); len(scope) > 0 {
			places = append(places, scope)
		}
		for _, slice := range places {
			plot, err := plots.of(ctx, q, slice)
			if err != nil {
				return nil, err
			}
			found := fallAt(plot, m, q.Log.Span(), Change{Onset: e.Time, Earliest: e.Time, Latest: e.Time.Add(toldDelay)})
			if found == nil {
				continue
			}
			if asked++; best == nil || found.z > best.z {
				found.where, best = slice, found
			}
		}
	}
	return best.unlessOf(asked, toldZ), nil
}

// unlessOf is the best sighting of as many asked, or nil where it stands out no
// further than z, or than chance makes the best of so many.
func (s *sighting) unlessOf(asked int, z float64) *sighting {
	if s == nil || s.z < math.Sqrt(z*z+2*math.Log(float64(asked))) {
		return nil
	}
	return s
}

// plotted is quality over time by slice.
type plotted map[string]Series

// of plots a slice, unless it is plotted.
func (p plotted) of(ctx context.Context, q Inquiry, slice Where) (Series, error) {
	if s, ok := p[slice.String()]; ok {
		return s, nil
	}
	where := slices.Concat(q.Where, slice)
	s, err := q.Log.Series(ctx, where, stepFrom(toldStep, q.Log.Span()))
	if err != nil {
		return s, fmt.Errorf("plot %s to ask about events: %w", where, err)
	}
	p[slice.String()] = s
	return s, nil
}

// fallAt is how far quality fell at a moment, by nothing where that is no
// matter; nil where too little is known of it on either side.
func fallAt(s Series, m Measure, span Window, c Change) *sighting {
	flank := flanks(span, c, nil)
	before, after := s.Over(flank.Before), s.Over(flank.After)
	if before.Known < toldKnown || after.Known < toldKnown {
		return nil
	}
	quality := CompareQuality(m, before, after)
	if !matters(quality) {
		return &sighting{}
	}
	z := lossZ(quality) / math.Sqrt(max(1, s.dispersion(flank.Before, flank.After)))
	c.Before, c.After, c.Lost = before.Mean(), after.Mean(), quality.Loss()*float64(after.Rows)
	c.Z = math.Copysign(z, c.After-c.Before)
	return &sighting{change: c, z: z}
}

// dispersion is how much further blocks of hours lie from their window's mean
// than chance lets them, as a ratio of variances: shifts and weekends differ
// without anybody having changed a thing. 1 where too little is known.
func (s Series) dispersion(windows ...Window) float64 {
	far, free := 0.0, 0
	for _, w := range windows {
		all := s.Over(w)
		p := all.Mean()
		chance := p * (1 - p)
		if s.Scale == Amount {
			chance = all.Variance()
		}
		blocks := 0
		for from := w.From; from.Before(w.To) && chance > 0; from = from.Add(toldBlock) {
			if b := s.Over(Window{from, earlierOf(from.Add(toldBlock), w.To)}); b.Known > 0 {
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
	return slices.DeleteFunc(e.Where(), func(is Condition) bool {
		return !slices.ContainsFunc(log.Fields(), func(f Field) bool { return f.Name == is.Column })
	})
}
