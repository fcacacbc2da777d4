package clock

import (
	"bytes"
	"fmt"
)

// candidates are the layouts that need no decision, most common first.
var candidates = []Layout{
	{Name: "2006-01-02 15:04:05", parse: iso},
	epoch("seconds", 1_000_000_000),
	epoch("ms", 1_000_000),
	epoch("us", 1_000),
	epoch("ns", 1),
	{Name: "20060102_150405", parse: compact},
	{Name: "02-Jan-2006 15:04:05", parse: named},
}

// mostOf is the share of values a layout must read: a few values of any log
// are broken, and one broken value must not hide the times of all others.
const mostOf = 0.9

// Infer finds the layout of a column from its values, empty ones left out. It
// reports false where no layout reads at least 90 % of them as a plausible
// time.
//
// Dates of digits with the year last are read day first or month first,
// whichever reads more of them; on a tie, the way in which the values are in
// order; if that ties too, day first, and Note says so.
//
// Cost: a few parses a value.
func Infer(values []string) (Layout, bool) {
	if len(values) == 0 {
		return Layout{}, false
	}
	for _, l := range candidates {
		if good, _ := l.reads(values); enough(good, len(values)) {
			l.Zone = l.Zone || zoned(values)
			return l, true
		}
	}
	return inferNumeric(values)
}

func enough(good, of int) bool { return float64(good) >= mostOf*float64(of) }

// reads counts the values that are plausible times, and those among them that
// come before the value before.
func (l Layout) reads(values []string) (good, backward int) {
	last := int64(0)
	for _, v := range values {
		ns, ok := l.Parse([]byte(v))
		if !ok || !Plausible(ns) {
			continue
		}
		if good > 0 && ns < last {
			backward++
		}
		good++
		last = ns
	}
	return good, backward
}

// inferNumeric decides between 31.12.2006 and 12/31/2006.
func inferNumeric(values []string) (Layout, bool) {
	day := Layout{Name: "02/01/2006 15:04:05", parse: numeric(true)}
	month := Layout{Name: "01/02/2006 15:04:05", parse: numeric(false)}
	days, daysBack := day.reads(values)
	months, monthsBack := month.reads(values)
	best, good := day, days
	switch {
	case months > days:
		best, good = month, months
	case months < days:
	case monthsBack < daysBack:
		best = month
		best.Note = "day and month tie; taken as month first, because the times are in order that way"
	case daysBack < monthsBack:
		best.Note = "day and month tie; taken as day first, because the times are in order that way"
	case bytes.ContainsRune([]byte(values[0]), '/'):
		best.Note = fmt.Sprintf("%q may be day or month first; taken as day first, please check", values[0])
	}
	if !enough(good, len(values)) {
		return Layout{}, false
	}
	best.Zone = zoned(values)
	return best, true
}

// zoned reports whether the first value ends in a zone.
func zoned(values []string) bool {
	v := bytes.TrimSpace([]byte(values[0]))
	at := bytes.LastIndexByte(v, ':')
	if at < 0 {
		return false
	}
	tail := v[at:]
	return bytes.ContainsAny(tail, "Zz+-UG") || at >= 6 && (v[at-3] == '+' || v[at-3] == '-') && bytes.Count(v, []byte{':'}) > 1
}
