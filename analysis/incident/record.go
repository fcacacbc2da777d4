// Package incident keeps the record of an incident: who does what about it, and
// how far it is.
//
//	        onset ── detected ─────── mitigated ─────── resolved
//	                    │                 │                 │
//	status             open ───────────▶ stable ─────────▶ closed
//	                     ◀────────────── reopened ────────────┘
//
// Every change is a Move with its reason; the record is where they led.
package incident

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Status is how far an incident is.
type Status string

const (
	Open   Status = "open"   // the fault is running
	Stable Status = "stable" // a stop-gap holds; the cause is not gone
	Closed Status = "closed"
)

// Statuses are all of them, in their order.
var Statuses = []Status{Open, Stable, Closed}

// Severities, the worst first.
var Severities = []string{"critical", "major", "minor"}

// Record is one incident. A zero time is not known yet. Cause, Where and
// Signals are what the log looked like, by which it is found again: the leading
// cause, the guilty slice as a filter, the columns that moved most.
type Record struct {
	ID        int64
	Title     string
	Severity  string
	Status    Status
	Owner     string
	Created   time.Time
	Onset     time.Time
	Detected  time.Time
	Mitigated time.Time
	Resolved  time.Time
	People    []string
	Links     []string
	Tags      []string
	Cause     string
	Where     string
	Signals   []string
	Moves     []Move
}

// Move is one change of a record: a field, from what to what, by whom and why.
// Moves are never changed.
type Move struct {
	ID       int64
	Incident int64
	Time     time.Time
	Author   string
	Field    string
	From, To string
	Reason   string
}

// New is an open incident, detected now.
func New(title string, now time.Time) Record {
	return Record{Title: title, Severity: "major", Status: Open, Created: now, Detected: now}
}

// To is the record with another status, and the times that go with it: stable
// is mitigated, closed is resolved (and mitigated, where it never was stable).
// Going back to open clears both, so that the times tell of the present run.
// It fails for a status nobody knows and for the one it has.
func (r Record) To(status Status, now time.Time) (Record, error) {
	if !slices.Contains(Statuses, status) {
		return r, fmt.Errorf("status %q: it is one of open, stable, closed", status)
	}
	if status == r.Status {
		return r, fmt.Errorf("the incident is %s already", status)
	}
	r.Status = status
	switch status {
	case Open:
		r.Mitigated, r.Resolved = time.Time{}, time.Time{}
	case Stable:
		r.Mitigated, r.Resolved = now, time.Time{}
	case Closed:
		r.Resolved = now
		if r.Mitigated.IsZero() {
			r.Mitigated = now
		}
	}
	return r, nil
}

// Fields are what Set can change, in the order they are shown.
var Fields = []string{"title", "severity", "owner", "onset", "detected", "mitigated", "resolved", "people", "links", "tags"}

// Set is the record with one field changed; lists are given with commas, a time
// is read by at, which fails for what is no time. "" empties a field. It fails
// for a field nobody knows and for a severity that is none.
func (r Record) Set(field, value string, at func(string) (time.Time, error)) (Record, error) {
	moment := func(to *time.Time) error {
		if value == "" {
			*to = time.Time{}
			return nil
		}
		t, err := at(value)
		*to = t
		return err
	}
	var err error
	switch field {
	case "title":
		if strings.TrimSpace(value) == "" {
			return r, fmt.Errorf("title: an incident needs one")
		}
		r.Title = value
	case "severity":
		if !slices.Contains(Severities, value) {
			return r, fmt.Errorf("severity %q: it is one of %s", value, strings.Join(Severities, ", "))
		}
		r.Severity = value
	case "owner":
		r.Owner = value
	case "onset":
		err = moment(&r.Onset)
	case "detected":
		err = moment(&r.Detected)
	case "mitigated":
		err = moment(&r.Mitigated)
	case "resolved":
		err = moment(&r.Resolved)
	case "people":
		r.People = list(value)
	case "links":
		r.Links = list(value)
	case "tags":
		r.Tags = list(value)
	default:
		return r, fmt.Errorf("%q is no field of an incident: there are %s", field, strings.Join(Fields, ", "))
	}
	return r, err
}

// Get is a field as Set takes it; times in RFC 3339.
func (r Record) Get(field string) string {
	moment := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	switch field {
	case "title":
		return r.Title
	case "severity":
		return r.Severity
	case "owner":
		return r.Owner
	case "status":
		return string(r.Status)
	case "onset":
		return moment(r.Onset)
	case "detected":
		return moment(r.Detected)
	case "mitigated":
		return moment(r.Mitigated)
	case "resolved":
		return moment(r.Resolved)
	case "people":
		return strings.Join(r.People, ", ")
	case "links":
		return strings.Join(r.Links, ", ")
	case "tags":
		return strings.Join(r.Tags, ", ")
	}
	return ""
}

func list(value string) []string {
	var parts []string
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return parts
}

// Moves are the changes that lead from one state of a record to the next, one a
// field, without times, author and reason. Equal records have none.
func Moves(from, to Record) []Move {
	var moves []Move
	for _, field := range append([]string{"status"}, Fields...) {
		if was, is := from.Get(field), to.Get(field); was != is {
			moves = append(moves, Move{Incident: to.ID, Field: field, From: was, To: is})
		}
	}
	return moves
}

// Span is a named stretch of an incident.
type Span struct {
	Name   string
	Length time.Duration
}

// Spans are the stretches that are known, from the times as they are stored:
// onset to detected, detected to mitigated, detected to resolved. One whose end
// lies before its beginning is left out.
func (r Record) Spans() []Span {
	var spans []Span
	for _, s := range []struct {
		name     string
		from, to time.Time
	}{{"to detect", r.Onset, r.Detected}, {"to mitigate", r.Detected, r.Mitigated}, {"to resolve", r.Detected, r.Resolved}} {
		if !s.from.IsZero() && !s.to.IsZero() && !s.to.Before(s.from) {
			spans = append(spans, Span{s.name, s.to.Sub(s.from)})
		}
	}
	return spans
}

// Current is the incident that is worked on: the last open one, else the last
// stable one, else the last; false where there is none.
func Current(all []Record) (Record, bool) {
	for _, status := range Statuses {
		for _, r := range slices.Backward(all) {
			if r.Status == status {
				return r, true
			}
		}
	}
	return Record{}, false
}
