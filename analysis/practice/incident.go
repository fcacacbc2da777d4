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

// keep numbers the records, throws labels and kept pictures, drops the other
// pictures, and collects what people wrote down.
func (in *Incident) keep(s story) {
	d := newDice(in.Seed, streamRecord)
	for i := range in.Records {
		r := &in.Records[i]
		r.ID = fmt.Sprintf("i%06d", i+1)
		r.Label = review(r.Shot, d)
		share := s.frames
		if !in.Truth.Onset.IsZero() && r.Time.Sub(in.Truth.Onset).Abs() < nearOnset {
			share = 0.2
		}
		r.Sampled = d.chance(share)
		if !r.Sampled {
			r.image = nil
		}
	}
	for _, e := range s.episodes {
		if !e.Notice.Time.IsZero() {
			in.Events = append(in.Events, e.Notice)
		}
	}
	slices.SortStableFunc(in.Events, func(a, b analysis.Event) int {
		return a.Time.Compare(b.Time)
	})
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
