// Package warning sees trouble coming: quality falls last, and by the time its
// labels have come the drop is days old. What leads it is watched instead.
//
//	rows ─▶ indicators ─▶ blocks of a shift, whole log and slice by slice
//	                             │
//	      first days, and on ────┴─▶ band: what this plant is used to
//	                             │
//	      each new block ────────┴─▶ cumulative sum of what leaves the band
//	                                          │
//	                                 alarms ──┴─▶ warnings ─▶ a line a room
//
// Bands are learned from the file's own history, so that a plant whose nights
// are dark is not warned of every night.
package warning

import (
	"cmp"
	"context"
	"slices"
	"time"

	"andon/analysis"
)

// Report is what was watched and what left its band, oldest first.
type Report struct {
	Watched  analysis.Window // after what was needed to learn from
	Tracks   map[Room]int    // series that were watched
	Warnings []Warning
	Notes    []string // why nothing, or not all, could be watched
}

// Warning is alarms that came one after the other: one thing that several
// indicators see, then its echoes. Grave is false where only what the model is
// shown has moved, and the model, as far as the log tells, does not mind.
type Warning struct {
	Raised time.Time // the first grave alarm, or the first
	Grave  bool
	Alarms []Alarm // those that make it grave first, then by effect
}

// together is how long after the last alarm of a warning the next one still
// belongs to it.
const together = 48 * time.Hour

// Watch learns the bands of every indicator and tells what left them up to end,
// or up to the end of the log where that is zero. It looks only back: what it
// says of a time rests on rows before that time. A log of less than eight
// days, or without anything to watch, gives no warnings and a note.
//
// Cost: a pass over some 250,000 rows at most for every indicator and
// dimension.
func Watch(ctx context.Context, t *analysis.Table, end time.Time) (Report, error) {
	g, ok := newGrid(t, end)
	if !ok {
		return Report{Notes: []string{"the log is too short to learn what is usual: eight days are wanted, four to learn from and four to watch"}}, nil
	}
	r := Report{Watched: analysis.Window{From: g.at(g.learn), To: g.at(g.blocks)}, Tracks: map[Room]int{}}
	var alarms []Alarm
	watched := indicators(t, g)
	minds := slices.ContainsFunc(watched, func(i Indicator) bool { return i.Room == ML })
	for _, i := range watched {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		for _, track := range g.tracks(t, i) {
			r.Tracks[i.Room]++
			alarms = append(alarms, g.alarms(track)...)
		}
	}
	slices.SortStableFunc(alarms, func(a, b Alarm) int { return a.Raised.Compare(b.Raised) })
	r.Warnings = join(alarms, minds)
	return r, nil
}

// join puts alarms that follow each other closely into one warning. Moved
// inputs alone are grave only where nothing tells what the model makes of them.
func join(alarms []Alarm, minds bool) []Warning {
	var all []Warning
	last := time.Time{}
	for _, a := range alarms {
		grave := !a.Indicator.Input || !minds
		if len(all) == 0 || a.Raised.Sub(last) > together {
			all = append(all, Warning{Raised: a.Raised})
		}
		w := &all[len(all)-1]
		if grave && !w.Grave {
			w.Grave, w.Raised = true, a.Raised
		}
		w.Alarms, last = append(w.Alarms, a), a.Raised
	}
	for _, w := range all {
		slices.SortStableFunc(w.Alarms, func(a, b Alarm) int {
			return cmp.Or(cmp.Compare(side(a.Indicator.Input), side(b.Indicator.Input)), -cmp.Compare(a.Effect, b.Effect))
		})
	}
	return all
}

func side(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
