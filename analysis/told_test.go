package analysis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// fewLabelled is a log with a label on every eighth of its rows, whose quality
// falls on one line at an onset by less than the whole log's noise tells.
func fewLabelled(t testing.TB, onset time.Time, fall float64) *Table {
	return shopLog(t, 9_000, 8, func(_ *rand.Rand, p *part) {
		p.labelled, p.work, p.share = .12, "press", .93
		if !p.at.Before(onset) && p.line == "L2" {
			p.share -= fall
		}
	})
}

// TestToldMoment hides a fall that nothing shows by itself behind an event that
// tells when and where. The oracle is what was planted.
func TestToldMoment(t *testing.T) {
	onset := monday.Add(5*oneDay + 7*time.Hour)
	diary := func(at time.Time) []Event {
		var events []Event
		for i := range 12 {
			events = append(events, Event{ID: int64(i + 1), Time: monday.Add(time.Duration(i) * 14 * time.Hour), Kind: "maintenance",
				Title: fmt.Sprintf("Round %d", i), Scope: map[string]string{"line": "L4"}})
		}
		return append(events, Event{ID: 13, Time: at, Kind: "material", Title: "Gloves for L2", Scope: map[string]string{"line": "L2"}})
	}
	for _, test := range []struct {
		name   string
		fall   float64
		events []Event
		found  bool
	}{
		{"nobody wrote it down", .22, nil, false},
		{"somebody did", .22, diary(onset.Add(-10 * time.Minute)), true},
		{"nothing fell", 0, diary(onset.Add(-10 * time.Minute)), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Investigate(context.Background(), Inquiry{Log: fewLabelled(t, onset, test.fall), Events: test.events})
			if err != nil {
				t.Fatal(err)
			}
			if (got.Onset != nil) != test.found {
				t.Fatalf("onset %+v, verdict %+v", got.Onset, got.Verdict)
			}
			if test.found && got.Onset.Onset.Sub(onset).Abs() > 2*time.Hour {
				t.Errorf("the onset is at %s, want %s", got.Onset.Onset, onset)
			}
		})
	}
}

// TestDispersion compares blocks that differ by chance with blocks that do not
// stay alike; the oracle is the ratio of variances that was planted, 1 for coins
// and far more for shifts of two kinds.
func TestDispersion(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	series := func(swing float64) Series {
		s := Series{Start: monday, Step: toldBlock, Buckets: make([]Sum, 200)}
		for i := range s.Buckets {
			p := .8 + swing*float64(i%2*2-1)
			for range 100 {
				v := 0.0
				if random.Float64() < p {
					v = 1
				}
				s.Buckets[i].Note(v)
			}
		}
		return s
	}
	whole := Window{monday, monday.Add(200 * toldBlock)}
	if got := series(0).dispersion(whole); got < .7 || got > 1.3 {
		t.Errorf("coins: %.2f, want 1", got)
	}
	// 100 · .1² / (.8 · .2) = 6.25 from the swing, and nearly 1 from the coins.
	if got := series(.1).dispersion(whole); got < 6 || got > 8.5 {
		t.Errorf("two kinds of shift: %.2f, want about 7.2", got)
	}
	if got := (Series{Step: toldBlock}).dispersion(whole); got != 1 {
		t.Errorf("nothing known: %v, want 1", got)
	}
}
