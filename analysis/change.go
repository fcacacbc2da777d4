package analysis

import (
	"fmt"
	"math"
	"time"
)

// When did it change?
//
//	Series ─▶ trace ─▶ fit (level, season, noise) ─▶ cuts
//	                                                  │ join ramps
//	                              onset's interval ◀──┤ size, loss
//	                                                  ▼ gate
//	                                              []Change, in time order
//
// Source: weighted optimal partitioning on a variance-stabilised series with
// the penalty widened by the noise's autocorrelation; methods of Killick 2012,
// Anscombe 1948, DerSimonian and Laird 1986 put together.

// rampReach is how many buckets apart two steps in one direction may be and
// still be one ramp.
const rampReach = 36

// Searchable reports whether a series has enough known buckets, 12, for a
// change to be seen at all: two stretches of the shortest length.
func (s Series) Searchable() bool {
	known := 0
	for _, b := range s.Buckets {
		if b.Known > 0 {
			known++
		}
	}
	return known >= 2*minSegment
}

// Changes finds where the level of s changed, in time order, with warnings
// about what could not be seen. Each Change has its onset (the start of the
// first bucket of the new level) with a 90 % interval, the levels on both
// sides with the season taken out, and
//
//	Z    = (after − before) / its standard error, on the stabilised scale
//	Lost = (quality before − quality after) · rows from the onset until
//	       quality is back half way, or the end
//
// Lost is positive where quality got worse, by LowerBetter, and negative where
// it got better. Gaps weigh nothing. Fewer than 12 buckets with known rows
// give no change and a warning. Cost: about linear in the buckets.
func Changes(s Series) ([]Change, []string) {
	t := newTrace(s)
	if !s.Searchable() {
		return nil, []string{fmt.Sprintf("quality is known in %d of the %d buckets of %s that a change needs to be seen: the log is too short", t.known, 2*minSegment, twoUnits(s.Step))}
	}
	c := newCalendar(t)
	var f fit
	if t.plain {
		f = fitPlain(t)
	} else {
		f = fitCounted(t, c)
	}
	var changes []Change
	for _, step := range f.steps(len(t.y)) {
		if change := f.change(s, t, step); substantial(s, change) {
			changes = append(changes, change)
		}
	}
	warnings := cautions(s, t, c)
	if drift := f.drift(s, t); drift != "" {
		warnings = append(warnings, drift)
	}
	if c.daily && !c.weekly {
		var weekends []string
		changes, weekends = withoutWeekends(changes)
		warnings = append(warnings, weekends...)
	}
	lose(s, changes)
	return changes, warnings
}

// step is a cut, or a run of them in one direction, between its neighbours.
type step struct {
	from, at, last, to int // neighbour before, first and last cut, neighbour after
}

// steps joins consecutive cuts in one direction, each within rampReach of the
// one before, into one step that begins at the first.
func (f fit) steps(n int) []step {
	parts := stretches(f.cuts, n)
	var steps []step
	rising := false
	for k, cut := range f.cuts {
		up := f.p.mean(parts[k+1][0], parts[k+1][1]) > f.p.mean(parts[k][0], parts[k][1])
		if last := len(steps) - 1; last >= 0 && up == rising && cut-steps[last].last <= rampReach {
			steps[last].last = cut
			continue
		}
		steps = append(steps, step{from: parts[k][0], at: cut, last: cut, to: parts[k+1][1]})
		rising = up
	}
	return steps
}

// change describes a step on the scale of the series. The stretch after a
// ramp is the one behind its last cut.
func (f fit) change(s Series, t trace, st step) Change {
	end := len(t.y)
	for _, cut := range f.cuts {
		if cut > st.last {
			end = cut
			break
		}
	}
	y0, y1 := f.p.mean(st.from, st.at), f.p.mean(st.last, end)
	se := math.Sqrt(f.spread * (1/f.p.weight(st.from, st.at) + 1/f.p.weight(st.last, end)))
	first, last := f.onset(st.from, st.at, st.to)
	half := s.Step / 2
	return Change{
		Onset:    s.At(st.at),
		Earliest: s.At(first).Add(-half),
		Latest:   s.At(last).Add(half),
		Before:   t.level(y0),
		After:    t.level(y1),
		Z:        (y1 - y0) / se,
		Ramp:     st.last > st.at,
	}
}

// Practical gates: a step smaller than these is of no use to anybody, however
// certain.
const (
	leastShare = 0.002 // of a share
	leastGuess = 0.02  // of an estimated share, which ordinary mixes move by a point
	leastZ     = 2.0
)

func substantial(s Series, c Change) bool {
	least := leastShare
	if s.Name == EstimatedAccuracy {
		least = leastGuess
	}
	if s.Scale == Proportion && math.Abs(c.After-c.Before) < least {
		return false
	}
	return math.Abs(c.Z) >= leastZ
}

// lose fills Lost of each change.
func lose(s Series, changes []Change) {
	for i := range changes {
		c := &changes[i]
		until := s.At(len(s.Buckets))
		for _, later := range changes[i+1:] {
			if healed := (later.After - (c.Before+c.After)/2) * (c.Before - c.After); healed >= 0 {
				until = later.Onset
				break
			}
		}
		rows := s.Over(Window{c.Onset, until}).Rows
		c.Lost = (c.Before - c.After) * float64(rows)
		if s.LowerBetter {
			c.Lost = -c.Lost
		}
	}
}

// Worst is a copy of the change that lost most, or nil where none made quality
// worse.
func Worst(changes []Change) *Change {
	var worst *Change
	for i := range changes {
		if c := &changes[i]; c.Lost > 0 && (worst == nil || c.Lost > worst.Lost) {
			worst = c
		}
	}
	if worst == nil {
		return nil
	}
	found := *worst
	return &found
}

// cautions says what the search could not see or may have mistaken.
func cautions(s Series, t trace, c calendar) []string {
	var out []string
	span := time.Duration(len(t.y)) * t.step
	switch {
	case c.weekly || t.plain:
	case c.daily:
		out = append(out, fmt.Sprintf("%s of data is less than two weeks: a weekend's level cannot be told from a change", days(span)))
	default:
		out = append(out, fmt.Sprintf("%s of data is less than three days: day and night cannot be told from a change", days(span)))
	}
	if gaps := len(t.y) - t.known; gaps*4 > len(t.y) {
		out = append(out, fmt.Sprintf("%d of %d buckets of %s have no known quality", gaps, len(t.y), twoUnits(s.Step)))
	}
	if late := immature(s); late > 0 {
		out = append(out, fmt.Sprintf("labels of the last %s are still coming in: that stretch may change", twoUnits(time.Duration(late)*s.Step)))
	}
	return out
}

func days(d time.Duration) string {
	if d < 48*time.Hour {
		return fmt.Sprintf("%.0f hours", d.Hours())
	}
	return fmt.Sprintf("%.1f days", d.Hours()/24)
}

// immature counts the buckets at the end in which the share of rows with known
// quality is less than half of what it is in the median bucket.
func immature(s Series) int {
	var shares []float64
	for _, b := range s.Buckets {
		if b.Rows > 0 {
			shares = append(shares, float64(b.Known)/float64(b.Rows))
		}
	}
	usual := median(shares)
	late := 0
	for i := len(s.Buckets) - 1; i >= 0; i-- {
		b := s.Buckets[i]
		if b.Rows > 0 && float64(b.Known) >= usual/2*float64(b.Rows) {
			break
		}
		late++
	}
	return late
}
