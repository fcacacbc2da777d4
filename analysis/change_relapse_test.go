package analysis

import (
	"testing"
	"time"
)

// TestRelapses merges falls by hand-made changes: d falls, u heals, by hour of
// the log. The oracle is the number and the onsets of what must be left.
func TestRelapses(t *testing.T) {
	fall := func(hour int) Change {
		return Change{Onset: monday.Add(time.Duration(hour) * time.Hour), Before: .9, After: .6, Z: -5, Lost: 100}
	}
	heal := func(hour int, to float64) Change {
		return Change{Onset: monday.Add(time.Duration(hour) * time.Hour), Before: .6, After: to, Z: 5, Lost: -100}
	}
	for name, c := range map[string]struct {
		end     int // hour
		changes []Change
		want    []int // hours of the onsets left
		lost    float64
	}{
		"none":                    {100, nil, nil, 0},
		"a fall that stays":       {100, []Change{fall(22)}, []int{22}, 100},
		"healed once":             {200, []Change{fall(22), heal(30, .9)}, []int{22, 30}, 100},
		"night after night":       {90, []Change{fall(22), heal(30, .9), fall(46), heal(54, .9), fall(71)}, []int{22}, 300},
		"the last healing too":    {60, []Change{fall(22), heal(30, .9), fall(46), heal(54, .9)}, []int{22}, 200},
		"healed for good":         {200, []Change{fall(22), heal(30, .9), fall(46), heal(54, .9)}, []int{22, 54}, 200},
		"at another time of day":  {100, []Change{fall(22), heal(30, .9), fall(58)}, []int{22, 30, 58}, 100},
		"never healed in between": {100, []Change{fall(22), heal(30, .65), fall(46)}, []int{22, 30, 46}, 100},
		"too long ago":            {400, []Change{fall(22), heal(30, .9), fall(22 + 96)}, []int{22, 30, 118}, 100},
	} {
		t.Run(name, func(t *testing.T) {
			s := Series{Start: monday, Step: time.Hour, Buckets: make([]Sum, c.end)}
			got := Relapses(s, c.changes)
			if len(got) != len(c.want) {
				t.Fatalf("%d changes left, want %d: %+v", len(got), len(c.want), got)
			}
			for i, g := range got {
				if hour := int(g.Onset.Sub(monday).Hours()); hour != c.want[i] {
					t.Errorf("onset %d at hour %d, want %d", i, hour, c.want[i])
				}
			}
			if len(got) > 0 && got[0].Lost != c.lost {
				t.Errorf("lost %v, want %v", got[0].Lost, c.lost)
			}
		})
	}
}
