package slo

import (
	"testing"
	"time"

	"andon/analysis"
)

// Labels of yesterday that come today are new; rows seen before are not.
func TestNewsUnderLabelDelay(t *testing.T) {
	day := func(labelled, wrong int) []Count {
		hours := make([]Count, 24*60)
		hours[30] = Count{Sum: analysis.Sum{Rows: 200, Known: labelled, Good: float64(labelled - wrong)}}
		return hours
	}
	o := Objective{Metric: "accuracy", Least: true, Limit: nan, Target: .9}
	first := Keep(o, monday, append(day(200, 10), day(0, 0)...), false)
	mark := first.Mark(first.Stand(48 * time.Hour).State)
	if mark.State != OK || mark.Count.Known != 200 {
		t.Fatalf("first %+v", mark)
	}
	again, ok := first.News(mark)
	if !ok || again.State != OK || again.Count.Known != 0 || again.Why == "met" {
		t.Errorf("nothing came: %+v, %v", again, ok)
	}
	// A day later 150 labels of the second day have come, half of them wrong.
	second := Keep(o, monday, append(append(day(200, 10), day(150, 75)...), day(0, 0)...), false)
	s, ok := second.News(mark)
	if !ok || s.State != Out || s.Count.Known != 150 || s.Level != .5 {
		t.Errorf("150 labels came: %s, %d known at %v, %v", s.State, s.Count.Known, s.Level, ok)
	}
	// Another log, and a mark from before all the ledger holds.
	if _, ok := Keep(o, monday, day(20, 1), false).News(mark); ok {
		t.Error("a log that lost rows was compared")
	}
	mark.Start = monday.Add(-time.Hour)
	if _, ok := second.News(mark); ok {
		t.Error("a mark from before the ledger was compared")
	}
}
