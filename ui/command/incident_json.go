package command

import (
	"time"

	"andon/analysis/incident"
)

// recordJSON is an incident in JSON. A time that is not known is null.
type recordJSON struct {
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

func newRecords(all []incident.Record) []recordJSON {
	out := []recordJSON{}
	for _, r := range all {
		out = append(out, newRecord(r))
	}
	return out
}

func newRecord(r incident.Record) recordJSON {
	list := func(s []string) []string { return append([]string{}, s...) }
	j := recordJSON{ID: r.ID, Title: r.Title, Severity: r.Severity, Status: r.Status, Owner: r.Owner,
		Created: moment(r.Created), Onset: moment(r.Onset), Detected: moment(r.Detected), Mitigated: moment(r.Mitigated), Resolved: moment(r.Resolved),
		People: list(r.People), Links: list(r.Links), Tags: list(r.Tags), Cause: r.Cause, Where: r.Where, Signals: list(r.Signals),
		Seconds: map[string]int64{}, Moves: []recordMove{}}
	for _, span := range r.Spans() {
		j.Seconds[span.Name] = int64(span.Length.Seconds())
	}
	for _, m := range r.Moves {
		j.Moves = append(j.Moves, recordMove{m.Time.UTC(), m.Author, m.Field, m.From, m.To, m.Reason})
	}
	return j
}

// moment is a time, or null where it is not known.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// likenessJSON is a past incident like this one.
type likenessJSON struct {
	File     string     `json:"file"`
	Score    float64    `json:"score"`
	Why      []string   `json:"why"`
	Incident recordJSON `json:"incident"`
}

func newLikenesses(found []incident.Likeness) []likenessJSON {
	out := []likenessJSON{}
	for _, l := range found {
		out = append(out, likenessJSON{l.Past.File, l.Score, append([]string{}, l.Why...), newRecord(l.Past.Record)})
	}
	return out
}
