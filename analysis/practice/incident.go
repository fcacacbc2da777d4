package practice

import (
	"fmt"
	"slices"
	"time"

	"andon/analysis"
)

// Incident is a story that was played: all that happened, in time order.
type Incident struct {
	Name     string
	Seed     int64
	Calendar Calendar
	Records  []Record
	Events   []analysis.Event
	Truth    Truth
}

// Truth is what really happened, which only truth.json tells. Onset is zero,
// Slice empty and Event nil where nothing did. Accuracy counts every part,
// labelled or not, and failed calls as wrong; without an onset Before is the
// whole week and After is 0.
type Truth struct {
	Name     string            `json:"name"`
	Seed     int64             `json:"seed"`
	Kind     string            `json:"kind"`
	Cause    analysis.Cause    `json:"cause"`
	Onset    time.Time         `json:"onset,omitzero"`
	Slice    map[string]string `json:"slice,omitempty"`
	Event    *TruthEvent       `json:"event,omitempty"`
	Accuracy struct {
		Before float64 `json:"before"`
		After  float64 `json:"after,omitempty"`
	} `json:"accuracy"`
	Drop float64 `json:"drop"`
	Says string  `json:"says"`
}

// TruthEvent is the logged event behind the incident.
type TruthEvent struct {
	Time  time.Time `json:"time"`
	Kind  string    `json:"kind"`
	Title string    `json:"title"`
}

// nearOnset is how long before and after the onset pictures are kept more
// often: when a line stops being itself, somebody turns sampling up.
const nearOnset = 2 * time.Hour

// records numbers the shots and throws which parts a person looks at and which
// pictures are kept.
func (s story) records(shots []*Shot, seed int64) []Record {
	d := newDice(seed, streamRecord)
	records := make([]Record, len(shots))
	for i, shot := range shots {
		share := s.frames
		if onset := s.truth.Onset; !onset.IsZero() && shot.Time.Sub(onset).Abs() < nearOnset {
			share = 0.2
		}
		records[i] = Record{Shot: shot, ID: fmt.Sprintf("i%06d", i+1), Label: review(shot, d), Sampled: d.chance(share)}
	}
	return records
}

// notices are what people wrote down, in time order.
func (s story) notices() []analysis.Event {
	var events []analysis.Event
	for _, e := range s.episodes {
		if !e.Notice.Time.IsZero() {
			events = append(events, e.Notice)
		}
	}
	slices.SortStableFunc(events, func(a, b analysis.Event) int { return a.Time.Compare(b.Time) })
	return events
}

// measure completes the truth with what can only be counted.
func (in *Incident) measure() {
	t := &in.Truth
	t.Name, t.Seed = in.Name, in.Seed
	var right, all [2]float64
	for i := range in.Records {
		r, after := &in.Records[i], 0
		if !t.Onset.IsZero() && !r.Time.Before(t.Onset) {
			after = 1
		}
		all[after]++
		if r.Right() {
			right[after]++
		}
	}
	t.Accuracy.Before = round(right[0]/max(1, all[0]), 4)
	t.Accuracy.After = round(right[1]/max(1, all[1]), 4)
	if all[1] > 0 {
		t.Drop = round(t.Accuracy.Before-t.Accuracy.After, 4)
	}
}
