package analysis

import (
	"testing"
	"time"
)

// TestRowsStopOnAWeekend places an onset by the rows that did not come, in a log
// whose weekend has no other to be held against. The oracle is what rows can
// tell: the half hour on a working day, the weekend and no more on a Saturday.
func TestRowsStopOnAWeekend(t *testing.T) {
	friday := monday.Add(4 * oneDay)
	saturday := monday.Add(5*oneDay + 10*time.Hour)
	back := monday.Add(7 * oneDay)
	for _, test := range []struct {
		name  string
		stops time.Time
		said  Change // by the labels
		want  Window // that holds the onset
	}{
		{"on a working day", friday.Add(10 * time.Hour), Change{Earliest: friday, Onset: friday.Add(14 * time.Hour), Latest: friday.Add(20 * time.Hour)},
			Window{friday.Add(9*time.Hour + 30*time.Minute), friday.Add(10*time.Hour + 30*time.Minute)}},
		{"on a Saturday", saturday, Change{Earliest: friday.Add(20 * time.Hour), Onset: saturday.Add(-2 * time.Hour), Latest: back.Add(-4 * time.Hour)},
			Window{saturday.Add(-2 * time.Hour), saturday}},
	} {
		t.Run(test.name, func(t *testing.T) {
			clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
			correct := NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number})
			for i := range 9 * 24 * 60 {
				at := monday.Add(time.Duration(i) * time.Minute)
				if !at.Before(test.stops) && i%5 > 1 {
					continue
				}
				clock.Time(at.UnixNano())
				correct.Number(float64(min(1, i%10)))
			}
			tab := tableOf(t, clock.Column(), correct.Column())
			got, err := placedByVolume(t.Context(), tab, nil, test.said)
			if err != nil {
				t.Fatal(err)
			}
			if got.Onset.Before(test.want.From) || got.Onset.After(test.want.To) || got.Earliest.After(got.Onset) || got.Latest.Before(got.Onset) {
				t.Errorf("the onset is at %s (%s to %s), want one in %v", got.Onset, got.Earliest, got.Latest, test.want)
			}
			if got.Latest.Sub(got.Earliest) > test.said.Latest.Sub(test.said.Earliest) {
				t.Errorf("%s to %s is wider than before", got.Earliest, got.Latest)
			}
		})
	}
}
