package report

import (
	"encoding/json"
	"math"
	"time"

	"andon/analysis"
)

// What JSON has no word for: a number that is not known, a time that is not
// known, a list that is never null.

// pair is one figure of both windows.
type pair[T any] struct {
	Before T `json:"before"`
	After  T `json:"after"`
}

// known is the mean, or null where nothing is known.
func known(s analysis.Sum) *real {
	if s.Known == 0 {
		return nil
	}
	mean := real(s.Mean())
	return &mean
}

// texts is never null in JSON.
func texts(s []string) []string { return append([]string{}, s...) }

// real is a number that JSON can hold: NaN and the infinities, which mean that
// nothing is known, are null.
type real float64

// MarshalJSON writes the number, or null.
func (r real) MarshalJSON() ([]byte, error) {
	if v := float64(r); math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(r))
}

func bounds(i analysis.Interval) [2]real { return [2]real{real(i.Lo), real(i.Hi)} }

func weights(w map[analysis.Cause]float64) map[analysis.Cause]real {
	out := make(map[analysis.Cause]real, len(w))
	for cause, weight := range w {
		out[cause] = real(weight)
	}
	return out
}

// moment is a time, or null where it is not known.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
