package clock

import (
	"bytes"
	"math"
	"time"
)

// Layout is how the times of one column are written. The zero Layout reads
// nothing; [Infer] makes the others.
type Layout struct {
	// Name is the layout for people: "2006-01-02 15:04:05", "epoch ms".
	Name string
	// Zone reports whether the values carry a zone; without one they are
	// taken as UTC.
	Zone bool
	// Note is what Infer had to assume, as a sentence, or "".
	Note string

	parse func(b []byte) (ns int64, ok bool)
}

// Times outside these bounds are mistakes: a device clock at zero, a value in
// the wrong unit.
var (
	Earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()
	Latest   = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()
)

// Zero reports whether the layout reads nothing.
func (l Layout) Zero() bool { return l.parse == nil }

// Parse reads b as nanoseconds since 1970 UTC. It reports false when b is not
// written in the layout; the bounds are not checked, see [Plausible].
func (l Layout) Parse(b []byte) (ns int64, ok bool) {
	if l.parse == nil {
		return 0, false
	}
	return l.parse(bytes.TrimSpace(b))
}

// Plausible reports whether a time lies between 2000 and 2100.
func Plausible(ns int64) bool { return ns >= Earliest && ns < Latest }

// epoch is the layout of numbers since 1970 in a unit.
func epoch(name string, unit int64) Layout {
	return Layout{Name: "epoch " + name, Zone: true, parse: func(b []byte) (int64, bool) {
		return scaled(b, unit)
	}}
}

// scaled reads a number of units, with a decimal point or comma, as nanoseconds. It stays within
// integers, because a float64 of epoch nanoseconds is off by up to 128.
func scaled(b []byte, unit int64) (int64, bool) {
	whole, fraction, point := b, []byte(nil), false
	if i := bytes.IndexAny(b, ".,"); i >= 0 {
		whole, fraction, point = b[:i], b[i+1:], true
	}
	if point && unit == 1 && len(bytes.Trim(fraction, "0")) > 0 {
		return 0, false
	}
	ns, digits := int64(0), 0
	for _, c := range whole {
		if c < '0' || c > '9' || ns > math.MaxInt64/10-9 {
			return 0, false
		}
		ns = ns*10 + int64(c-'0')
		digits++
	}
	if digits == 0 || ns > math.MaxInt64/unit-1 {
		return 0, false
	}
	ns *= unit
	for _, c := range fraction {
		if c < '0' || c > '9' {
			return 0, false
		}
		unit /= 10
		ns += int64(c-'0') * unit
	}
	return ns, true
}

// Elapsed is the layout of seconds (in the given length of one unit) since an
// anchor: the column does not say when, only how long after the beginning.
func Elapsed(unit time.Duration, anchor int64) Layout {
	return Layout{Name: "elapsed", Zone: true, parse: func(b []byte) (int64, bool) {
		ns, ok := scaled(b, int64(unit))
		return anchor + ns, ok && ns < Latest-anchor
	}}
}

// Stopwatch is the layout of m:ss or h:mm:ss since an anchor.
func Stopwatch(anchor int64) Layout {
	return Layout{Name: "elapsed m:ss", Zone: true, parse: func(b []byte) (int64, bool) {
		parts := bytes.Split(b, []byte{':'})
		if len(parts) < 2 || len(parts) > 3 {
			return 0, false
		}
		total := int64(0)
		for i, p := range parts {
			last := i == len(parts)-1
			if len(p) == 0 || len(p) > 6 && !last || i > 0 && len(p) < 2 || bytes.IndexAny(p, ".,") >= 0 && !last {
				return 0, false
			}
			ns, ok := scaled(p, int64(time.Second))
			if !ok || i > 0 && ns >= int64(time.Minute) {
				return 0, false
			}
			total = total*60 + ns
		}
		return anchor + total, total < Latest-anchor
	}}
}
