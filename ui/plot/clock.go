package plot

import (
	"math"
	"strings"
	"time"

	"andon/themes"
	"andon/ui/display"
)

// beat is a distance of time labels: n of a unit, and how they are written.
type beat struct {
	unit   unit
	n      int
	layout string
}

// unit is a step of the calendar.
type unit uint8

const (
	second unit = iota
	day
	month
)

// length is about the time between two labels.
func (b beat) length() float64 {
	of := [...]time.Duration{time.Second, 24 * time.Hour, 30 * 24 * time.Hour}
	return float64(of[b.unit]) * float64(b.n)
}

// beats are the distances to choose from, shortest first.
var beats = []beat{
	{second, 1, "15:04:05"}, {second, 5, "15:04:05"}, {second, 15, "15:04:05"}, {second, 30, "15:04:05"},
	{second, 60, "15:04"}, {second, 300, "15:04"}, {second, 900, "15:04"}, {second, 1800, "15:04"},
	{second, 3600, "15:04"}, {second, 2 * 3600, "15:04"}, {second, 3 * 3600, "15:04"},
	{second, 6 * 3600, "15:04"}, {second, 12 * 3600, "15:04"},
	{day, 1, "2 Jan"}, {day, 2, "2 Jan"}, {day, 7, "2 Jan"}, {day, 14, "2 Jan"},
	{month, 1, "Jan 2006"}, {month, 3, "Jan 2006"}, {month, 12, "2006"},
	{month, 60, "2006"}, {month, 120, "2006"}, {month, 600, "2006"},
}

// instant is a place on the time axis and its label.
type instant struct {
	at    time.Time
	label display.Text
}

// instants are the places to label: the shortest distance at which labels
// leave two cells between them, on round times of the chart's zone. A time of
// day at midnight is its date.
func (f *frame) instants() []instant {
	if !f.span.timed {
		return nil
	}
	from, zone := time.Unix(0, int64(f.span.from)).In(f.zone()), f.zone()
	for _, b := range beats {
		cells := b.length() / (f.span.to - f.span.from) * float64(f.cols)
		if cells < float64(len(b.layout)+2) {
			continue
		}
		var found []instant
		first := b.first(from)
		for k := first; k < first+f.cols+2; k++ { // a place takes more than a cell; times near the end of their range wrap
			t := b.time(from, k)
			if at := float64(t.UnixNano()); at >= f.span.from && at < f.span.to {
				found = append(found, instant{t, b.label(t, zone)})
			}
		}
		return found
	}
	return nil
}

// first is the number of the last place at or before a time.
func (b beat) first(from time.Time) int {
	switch b.unit {
	case second:
		hour, minute, sec := from.Clock()
		return (3600*hour + 60*minute + sec) / b.n
	case day:
		y, m, d := from.Date()
		days := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 3600)
		return int(math.Floor(float64(days) / float64(b.n)))
	}
	return (12*from.Year() + int(from.Month()) - 1) / b.n
}

// time is place k in the zone of from. Seconds count from its midnight, days
// from 1970, months from the year 0, so that panning does not move the places.
func (b beat) time(from time.Time, k int) time.Time {
	switch b.unit {
	case second:
		y, m, d := from.Date()
		return time.Date(y, m, d, 0, 0, k*b.n, 0, from.Location())
	case day:
		return time.Date(1970, 1, 1+k*b.n, 0, 0, 0, 0, from.Location())
	}
	return time.Date(0, time.Month(1+k*b.n), 1, 0, 0, 0, 0, from.Location())
}

// label writes a place.
func (b beat) label(t time.Time, zone *time.Location) display.Text {
	t = t.In(zone)
	if h, m, s := t.Clock(); b.unit == second && h+m+s == 0 {
		return display.Day(t, zone)
	}
	return display.Text(t.Format(b.layout))
}

// zone is the chart's zone.
func (f *frame) zone() *time.Location {
	if f.Zone == nil {
		return time.UTC
	}
	return f.Zone
}

// drawTimes writes the time labels, each from its place to the right; the last
// may begin before its place to end within the chart. A day is named at least
// once: where no label is a date, the first one has it too.
func (f *frame) drawTimes() {
	y, ok := f.at[times]
	if !ok {
		return
	}
	places := f.instants()
	if len(places) == 0 {
		f.alone(y)
		return
	}
	dated := false
	for _, p := range places {
		dated = dated || strings.ContainsAny(string(p.label), "aeu") // "7 Mar", not "06:28": every month has one
	}
	if !dated && len(places[0].label) > 4 {
		places[0].label = display.Day(places[0].at, f.zone()) + " " + places[0].label
	}
	end := -1
	for _, p := range places {
		x, _ := f.span.column(p.at, f.cols)
		wide := display.Width(p.label)
		start := max(0, min(f.cols-wide, x))
		if start > end {
			f.grid.write(f.left+start, y, p.label, themes.Muted)
			end = start + wide
		}
	}
}

// alone writes the start of a chart too narrow for two labels.
func (f *frame) alone(y int) {
	start := time.Unix(0, int64(f.span.from)).In(f.zone())
	f.grid.write(f.left, y, display.Short(start, f.zone()), themes.Muted)
}
