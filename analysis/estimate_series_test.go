package analysis

import (
	"math"
	"testing"
	"time"
)

// A bucket's expectation is the mean worth of its rows' sureness, counted in the
// reference: here 0.9 was right 9 times in 10 and 0.5 half the time, and after
// the reference nothing is labelled.
func TestExpected(t *testing.T) {
	const n = 400
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	clock := Column{Field: Field{Name: "time", Role: RoleTime, Type: Time}}
	confidence := Column{Field: Field{Name: "confidence", Role: RoleConfidence, Type: Number}}
	correct := Column{Field: Field{Name: "correct", Role: RoleCorrect, Type: Number}}
	for i := range n {
		clock.Times = append(clock.Times, start.Add(time.Duration(i)*time.Minute).UnixNano())
		sure, right := 0.9, 1.0
		if i%10 == 0 {
			right = 0
		}
		if i >= n/4 && i < n/2 || i >= 3*n/4 {
			sure, right = 0.5, float64(i%2)
		}
		if i >= n/2 {
			right = math.NaN()
		}
		confidence.Numbers = append(confidence.Numbers, sure)
		correct.Numbers = append(correct.Numbers, right)
	}
	table, err := NewTable([]Column{clock, confidence, correct})
	if err != nil {
		t.Fatal(err)
	}
	reference := Window{From: start, To: start.Add(n / 2 * time.Minute)}
	s, err := table.Expected(t.Context(), reference, nil, n/4*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	got := map[float64]float64{}
	for i, b := range s.Buckets {
		if b.Known > 0 {
			got[math.Round(s.At(i).Sub(start).Minutes()/(n/4))] = b.Mean()
		}
	}
	for quarter, want := range map[float64]float64{2: 0.9, 3: 0.5} {
		if math.Abs(got[quarter]-want) > 0.12 { // buckets begin at multiples since 1970
			t.Errorf("quarter %v is expected at %v, want about %v", quarter, got[quarter], want)
		}
	}
	none, err := table.Expected(t.Context(), Window{From: start, To: start.Add(time.Hour)}, nil, time.Hour)
	if err != nil || none.Over(table.Span()).Known > 0 {
		t.Errorf("60 known rows promise %v (%v), want nothing", none.Over(table.Span()), err)
	}
}
