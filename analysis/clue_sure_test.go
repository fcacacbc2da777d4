package analysis

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"
)

// TestSureness plants shapes of confidence. The oracle is what was planted: which
// end of the distribution moved.
func TestSureness(t *testing.T) {
	onset := monday.Add(3 * oneDay)
	type asked = func(context.Context, *scene) (answer, error)
	checks := map[string]asked{"fewer": sureFewer, "more": sureMore, "unsure": unsureMore}
	for _, test := range []struct {
		name string
		draw func(r *rand.Rand, p *part) // after the onset
		yes  []string
	}{
		{"as it was", func(*rand.Rand, *part) {}, nil},
		{"sure answers are lost", func(_ *rand.Rand, p *part) { p.lost = p.confidence > .93 }, []string{"fewer"}},
		{"sure of everything", func(r *rand.Rand, p *part) {
			if r.IntN(2) == 0 {
				p.confidence = .99
			}
		}, []string{"more"}},
		{"unsure of some", func(r *rand.Rand, p *part) {
			if r.IntN(4) == 0 {
				p.confidence = .702
			}
		}, []string{"unsure"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			log := shopLog(t, 12_000, 6, func(r *rand.Rand, p *part) {
				p.confidence = .7 + .25*r.Float64()
				if !p.at.Before(onset) {
					test.draw(r, p)
				}
			})
			s := &scene{log: log, measure: log.Measure(), windows: Windows{Window{monday, onset}, Window{onset, log.Span().To}}}
			want := map[string]bool{}
			for _, id := range test.yes {
				want[id] = true
			}
			for id, check := range checks {
				got, err := check(context.Background(), s)
				if err != nil || !got.tested || (got.yes > .3) != want[id] {
					t.Errorf("%s: %+v, %v, want yes: %t", id, got, err, want[id])
				}
			}
		})
	}
}

// TestSurenessUntold asks logs that cannot tell.
func TestSurenessUntold(t *testing.T) {
	log := shopLog(t, 2_000, 4, func(_ *rand.Rand, p *part) { p.confidence, p.labelled = 1, 0 })
	early := Windows{Window{monday, monday.Add(time.Hour)}, Window{monday.Add(time.Hour), monday.Add(2 * time.Hour)}}
	for name, s := range map[string]*scene{
		"one value": {log: log, measure: log.Measure(), windows: Windows{Window{monday, monday.Add(oneDay)}, Window{monday.Add(oneDay), log.Span().To}}},
		"few rows":  {log: shopLog(t, 200, 8, func(*rand.Rand, *part) {}), windows: early},
	} {
		for id, check := range map[string]func(context.Context, *scene) (answer, error){"fewer": sureFewer, "more": sureMore, "unsure": unsureMore} {
			if got, err := check(context.Background(), s); err != nil || got.tested {
				t.Errorf("%s, %s: %+v, %v", name, id, got, err)
			}
		}
	}
}
