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

// record is the incident record in JSON. A time that is not known is null.
type record struct {
	ID        int64           `json:"id"`
	Title     string          `json:"title"`
	Severity  string          `json:"severity"`
	Status    incident.Status `json:"status"`
	Owner     string          `json:"owner"`
	Onset     *time.Time      `json:"onset"`
	Detected  *time.Time      `json:"detected"`
	Mitigated *time.Time      `json:"mitigated"`
	Resolved  *time.Time      `json:"resolved"`
	People    []string        `json:"people"`
	Links     []string        `json:"links"`
	Tags      []string        `json:"tags"`
}

func newRecord(r *incident.Record) *record {
	if r == nil {
		return nil
	}
	known := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		t = t.UTC()
		return &t
	}
	return &record{r.ID, r.Title, r.Severity, r.Status, r.Owner, known(r.Onset), known(r.Detected), known(r.Mitigated), known(r.Resolved),
		texts(r.People), texts(r.Links), texts(r.Tags)}
}
