package clock

import (
	"fmt"
	"strings"
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

// Most logs have a few broken times, and a short one may have many: a device
// clock at zero until the network is up. A layout that reads mostOf the values
// is taken at once, and the best one if it reads at least leastOf.
const (
	mostOf  = 0.9
	leastOf = 0.5
)

// Infer finds the layout of a column from its values, empty ones left out. It
// reports false where no layout reads at least half of them as plausible
// times.
//
// Dates of digits with the year last are read day first or month first,
// whichever reads more of them; on a tie, the way in which the values are in
// order; if that ties too, day first unless with AM or PM, and Note says so.
//
// Cost: a few parses a value.
func Infer(values []string) (Layout, bool) {
	best, most := Layout{}, 0
	for _, l := range candidates {
		good, _ := l.reads(values)
		if good > most {
			best, most = l, good
		}
		if float64(good) >= mostOf*float64(len(values)) {
			break
		}
	}
	if l, good := inferNumeric(values); good > most {
		best, most = l, good
	}
	if most == 0 || float64(most) < leastOf*float64(len(values)) {
		return Layout{}, false
	}
	best.Zone = best.Zone || best.zoned(values)
	return best, true
}

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

// inferNumeric decides between 31.12.2006 and 12/31/2006, and counts the values
// that it reads.
func inferNumeric(values []string) (Layout, int) {
	day := Layout{Name: "02/01/2006 15:04:05", parse: numeric(true)}
	month := Layout{Name: "01/02/2006 15:04:05", parse: numeric(false)}
	days, daysBack := day.reads(values)
	months, monthsBack := month.reads(values)
	switch {
	case months > days:
		return month, months
	case months < days:
	case monthsBack < daysBack:
		month.Note = "day and month tie; taken as month first, because the times are in order that way"
		return month, months
	case daysBack < monthsBack:
		day.Note = "day and month tie; taken as day first, because the times are in order that way"
	case days > 0 && strings.ContainsRune(values[0], '/') && twelve(values[0]):
		month.Note = fmt.Sprintf("%q may be day or month first; taken as month first, as who writes AM and PM does, please check", values[0])
		return month, months
	case days > 0 && strings.ContainsRune(values[0], '/'):
		day.Note = fmt.Sprintf("%q may be day or month first; taken as day first, please check", values[0])
	}
	return day, days
}

// twelve reports whether a time is of the clock of twelve hours.
func twelve(v string) bool {
	v = strings.ToUpper(strings.TrimSpace(v))
	return strings.HasSuffix(v, "AM") || strings.HasSuffix(v, "PM")
}

// zoned reports whether the first value that is a time ends in a zone: a Z, a
// name, or an offset after the last part of the clock.
func (l Layout) zoned(values []string) bool {
	for _, v := range values {
		if _, ok := l.Parse([]byte(v)); !ok {
			continue
		}
		v = strings.TrimSpace(v)
		if strings.HasSuffix(v, "Z") || strings.HasSuffix(v, "z") || strings.HasSuffix(v, "UTC") || strings.HasSuffix(v, "GMT") {
			return true
		}
		sign := strings.LastIndexAny(v, "+-")
		return sign > strings.IndexByte(v, ':') && strings.Contains(v, ":")
	}
	return false
}
