package version

import (
	"cmp"
	"context"
	"slices"
	"time"

	"andon/analysis"
)

// The line of versions, as the log met them:
//
//	3.4.1  ████████████▅▃            everywhere
//	3.5.0            ▂▅███████████   first at line=L2, all there in 40 h
//	           staged ┘

// Reign is one version's time: First to Last row, its rows, and Place, the
// value of each dimension that all rows of its first hour share while the log
// has several. Takes is how long it took from its first row until it answered
// nine in ten rows of an hour; 0 where it never did or was there from the start.
// Event is the change on record nearest to First within half an hour, or nil.
type Reign struct {
	Value string
	First time.Time
	Last  time.Time
	Rows  int
	Place map[string]string
	Takes time.Duration
	Event *analysis.Event
}

const (
	nearEvent = 30 * time.Minute
	takenOver = .9
)

// Lineage lists the versions of a column in the order of their first rows.
// events are those on record; unlisted versions have fewer than 20 rows. A
// column that does not exist has no lineage. Cost: two passes.
func Lineage(ctx context.Context, t *analysis.Table, column string, where analysis.Where, events []analysis.Event) ([]Reign, error) {
	c := t.Column(column)
	if c == nil || c.Type != analysis.Text {
		return nil, nil
	}
	_, rows, err := t.Split(where, analysis.Windows{After: t.Span()})
	if err != nil || ctx.Err() != nil {
		return nil, cmp.Or(err, ctx.Err())
	}
	times := t.Role(analysis.RoleTime).Times
	reigns := make([]Reign, len(c.Dict))
	first, last := make([]int64, len(c.Dict)), make([]int64, len(c.Dict))
	for _, i := range rows {
		code := int(c.Codes[i]) - 1
		if code < 0 {
			continue
		}
		if reigns[code].Rows == 0 {
			first[code], last[code] = times[i], times[i]
		}
		reigns[code].Rows++
		first[code], last[code] = min(first[code], times[i]), max(last[code], times[i])
	}
	appeared := map[string]map[string]string{}
	for _, e := range analysis.VersionEvents(t, nil) {
		appeared[e.Title] = e.Scope
	}
	var out []Reign
	for code, r := range reigns {
		if r.Rows < fewRows {
			continue
		}
		r.Value, r.First, r.Last = c.Dict[code], at(first[code]), at(last[code])
		r.Takes = takes(c.Codes, rows, times, uint32(code+1), first[code])
		r.Event = nearest(events, r.First)
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b Reign) int { return a.First.Compare(b.First) })
	for k := 1; k < len(out); k++ {
		out[k].Place = appeared[column+" "+out[k-1].Value+" → "+out[k].Value]
	}
	return out, nil
}

const fewRows = 20

func at(ns int64) time.Time { return time.Unix(0, ns).UTC() }

// takes is the time from the first row of a version to the first hour in which
// it gives nine in ten of the answers.
func takes(codes []uint32, rows []int, times []int64, code uint32, first int64) time.Duration {
	type hour struct{ own, all int }
	hours := map[int64]hour{}
	for _, i := range rows {
		if times[i] < first || codes[i] == 0 {
			continue
		}
		k := (times[i] - first) / int64(time.Hour)
		h := hours[k]
		h.all++
		if codes[i] == code {
			h.own++
		}
		hours[k] = h
	}
	best := int64(-1)
	for k, h := range hours {
		if float64(h.own) >= takenOver*float64(h.all) && (best < 0 || k < best) {
			best = k
		}
	}
	return time.Duration(max(0, best)) * time.Hour
}

func nearest(events []analysis.Event, when time.Time) *analysis.Event {
	var best *analysis.Event
	for i := range events {
		e := &events[i]
		if off := e.Time.Sub(when).Abs(); off <= nearEvent && (best == nil || off < best.Time.Sub(when).Abs()) {
			best = e
		}
	}
	return best
}
