package report

import (
	"fmt"
	"strings"
	"time"

	"andon/analysis/incident"
)

// A report is about the incident of the file that is worked on, where one was
// begun: then the page tells how far it is and who has it.

// recordFacts are the lines of the head about the incident record.
func (r Report) recordFacts() []Fact {
	if r.Record == nil {
		return nil
	}
	state := fmt.Sprintf("%s, %s", r.Record.Status, r.Record.Severity)
	if r.Record.Owner != "" {
		state += ", " + r.Record.Owner
	}
	if len(r.Record.People) > 0 {
		state += " with " + strings.Join(r.Record.People, ", ")
	}
	facts := []Fact{{"Incident", state}}
	if times := r.recordTimes(); times != "" {
		facts = append(facts, Fact{"Times", times})
	}
	if links := strings.Join(append(append([]string{}, r.Record.Links...), r.Record.Tags...), ", "); links != "" {
		facts = append(facts, Fact{"Links and tags", links})
	}
	return facts
}

// recordTimes are the times that are known and the spans between them.
func (r Report) recordTimes() string {
	var parts []string
	for _, t := range []struct {
		name string
		at   time.Time
	}{{"detected", r.Record.Detected}, {"mitigated", r.Record.Mitigated}, {"resolved", r.Record.Resolved}} {
		if !t.at.IsZero() {
			parts = append(parts, t.name+" "+r.at(t.at))
		}
	}
	for _, s := range r.Record.Spans() {
		parts = append(parts, fmt.Sprintf("%s %s", span(s.Length), s.Name))
	}
	return strings.Join(parts, ", ")
}

// span is a length of time in its two largest units: "3 d 4 h".
func span(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return fmt.Sprintf("%d d %d h", d/(24*time.Hour), d%(24*time.Hour)/time.Hour)
	case d >= time.Hour:
		return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%d min", d/time.Minute)
}

// Record is an incident in JSON. A time that is not known is null; seconds are
// the lengths between the times that are.
type Record struct {
	ID        int64            `json:"id"`
	Title     string           `json:"title"`
	Severity  string           `json:"severity"`
	Status    incident.Status  `json:"status"`
	Owner     string           `json:"owner"`
	Created   *time.Time       `json:"created"`
	Onset     *time.Time       `json:"onset"`
	Detected  *time.Time       `json:"detected"`
	Mitigated *time.Time       `json:"mitigated"`
	Resolved  *time.Time       `json:"resolved"`
	People    []string         `json:"people"`
	Links     []string         `json:"links"`
	Tags      []string         `json:"tags"`
	Cause     string           `json:"cause"`
	Where     string           `json:"where"`
	Signals   []string         `json:"signals"`
	Seconds   map[string]int64 `json:"seconds"`
	Moves     []recordMove     `json:"moves"`
}

type recordMove struct {
	Time   time.Time `json:"time"`
	Author string    `json:"author"`
	Field  string    `json:"field"`
	From   string    `json:"from"`
	To     string    `json:"to"`
	Reason string    `json:"reason"`
}

// NewRecord puts an incident into the contract's shape.
func NewRecord(r incident.Record) Record {
	j := Record{ID: r.ID, Title: r.Title, Severity: r.Severity, Status: r.Status, Owner: r.Owner,
		Created: moment(r.Created), Onset: moment(r.Onset), Detected: moment(r.Detected), Mitigated: moment(r.Mitigated), Resolved: moment(r.Resolved),
		People: texts(r.People), Links: texts(r.Links), Tags: texts(r.Tags), Cause: r.Cause, Where: r.Where, Signals: texts(r.Signals),
		Seconds: map[string]int64{}, Moves: []recordMove{}}
	for _, span := range r.Spans() {
		j.Seconds[span.Name] = int64(span.Length.Seconds())
	}
	for _, m := range r.Moves {
		j.Moves = append(j.Moves, recordMove{m.Time.UTC(), m.Author, m.Field, m.From, m.To, m.Reason})
	}
	return j
}
