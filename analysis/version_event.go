package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A version that appears in the log is a change that nobody need write down.
//
//	model_version  3.1 3.1 3.1 3.1 3.2 3.2 3.2        at L2
//	                               └ event "model_version 3.1 → 3.2", scope line=L2
//
// A column is one of versions by its role or its name: model_version,
// preprocess_version, firmware.
const (
	versionValues = 20               // distinct values at most: more are serial numbers
	versionRows   = 20               // rows that a version must have to count as in use
	versionNear   = 30 * time.Minute // of a recorded event that tells of the same
	versionScope  = time.Hour        // in which a new version's place is looked for
)

// VersionEvents are the first appearances of versions in the log, as change
// events in the order of their times; a version that is there from the first
// hour on is none. known are the events on record: a deploy or pipeline change
// within half an hour tells of it already. Scope is every dimension that the
// new version's first hour has one value of while the log has several. Kind is
// deploy, pipeline for a preprocess version, sensor for firmware. Cost: a pass
// over each column of versions, and one over the dimensions for each event.
func VersionEvents(t *Table, known []Event) []Event {
	var events []Event
	for i := range t.columns {
		c := &t.columns[i]
		if c.Type != Text || c.Role != RoleVersion && !namesVersion(c.Name) || len(c.Dict) > versionValues || len(c.Dict) < 2 {
			continue
		}
		events = append(events, t.appearances(c)...)
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return recorded(e, known) })
	slices.SortStableFunc(events, func(a, b Event) int { return a.Time.Compare(b.Time) })
	return events
}

// namesVersion reports whether a column is called a version of something.
func namesVersion(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, "_version") || strings.Contains(name, "firmware")
}

// appearances are the events of one column.
func (t *Table) appearances(c *Column) []Event {
	first, rows := make([]int64, len(c.Dict)+1), make([]int, len(c.Dict)+1)
	codes, _ := c.coded()
	for i := range t.times {
		code := codes.at(i)
		if code != 0 && (rows[code] == 0 || t.times[i] < first[code]) {
			first[code] = t.times[i]
		}
		rows[code]++
	}
	var order []int
	for code := 1; code < len(first); code++ {
		if rows[code] >= versionRows {
			order = append(order, code)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(first[a], first[b]) })
	var events []Event
	for k, code := range order {
		at := time.Unix(0, first[code]).UTC()
		if k == 0 || at.Sub(t.span.From) < versionScope {
			continue
		}
		events = append(events, Event{Time: at, Kind: versionKind(c.Name), Scope: t.place(c, uint32(code), first[code]),
			Title:  fmt.Sprintf("%s %s → %s", c.Name, c.Dict[order[k-1]-1], c.Dict[code-1]),
			Detail: "met in the log"})
	}
	return events
}

// place is where a version's first hour was.
func (t *Table) place(c *Column, code uint32, from int64) map[string]string {
	codes, _ := c.coded()
	scope := map[string]string{}
	var rows []int
	hour := span64{from, from + int64(versionScope)}
	begin, end, _ := t.run(hour)
	for row := begin; row < end; row++ {
		if hour.holds(t.times[row]) && codes.at(row) == code {
			rows = append(rows, row)
		}
	}
	for i := range t.columns {
		d := &t.columns[i]
		if d == c || d.Type != Text || d.Role != RoleDimension && d.Role != RoleModel || len(d.Dict) < 2 || namesVersion(d.Name) {
			continue
		}
		only, several := uint32(0), false
		codes, _ := d.coded()
		for _, row := range rows {
			here := codes.at(row)
			if here == 0 {
				continue
			}
			several = several || only != 0 && here != only
			only = here
		}
		if only != 0 && !several {
			scope[d.Name] = d.Dict[only-1]
		}
	}
	return scope
}

func versionKind(column string) string {
	column = strings.ToLower(column)
	switch {
	case strings.Contains(column, "firmware"):
		return "sensor"
	case strings.Contains(column, "preprocess"), strings.Contains(column, "pipeline"):
		return "pipeline"
	}
	return "deploy"
}

// recorded reports whether an event on record tells of the same change.
func recorded(e Event, known []Event) bool {
	return slices.ContainsFunc(known, func(k Event) bool {
		near := k.Time.Sub(e.Time).Abs() <= versionNear
		return near && (k.Kind == e.Kind || k.Kind == "deploy" || k.Kind == "pipeline")
	})
}
