package analysis

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestMovedMoment hides a fall that nothing shows by itself behind a column that
// moved when it happened. The oracle is what was planted.
func TestMovedMoment(t *testing.T) {
	onset := monday.Add(5*oneDay + 7*time.Hour)
	for _, test := range []struct {
		name        string
		line        string // where quality falls, everywhere for ""
		fall, moves float64
		found       bool
	}{
		{"nothing moved", "", .06, 0, false},
		{"the contrast moved then", "", .06, 25, true},
		{"and quality did not fall", "", 0, 25, false},
		{"it fell on one line", "L2", .22, 25, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := investigated(t, shopLog(t, 9_000, 8, func(_ *rand.Rand, p *part) {
				p.labelled, p.work, p.share = .12, "press", .93
				if p.at.Before(onset) {
					return
				}
				p.contrast += test.moves
				if test.line == "" || p.line == test.line {
					p.share -= test.fall
				}
			}))
			if (got.Onset != nil) != test.found {
				t.Fatalf("onset %+v, verdict %+v", got.Onset, got.Verdict)
			}
			if test.found && got.Onset.Onset.Sub(onset).Abs() > 2*time.Hour {
				t.Errorf("the onset is at %s, want %s", got.Onset.Onset, onset)
			}
		})
	}
}

// TestMoments draws columns that move and columns that always do. The oracle is
// what was planted: a moment where something moved and stayed, none elsewhere.
func TestMoments(t *testing.T) {
	onset := monday.Add(5*oneDay + 7*time.Hour)
	days := func(at time.Time) float64 { return at.Sub(monday).Hours() / 24 }
	for _, test := range []struct {
		name string
		draw func(p *part, after bool)
		want int
	}{
		{"ordinary days", func(*part, bool) {}, 0},
		{"a step, and stays", func(p *part, after bool) {
			if after {
				p.brightness += 40
			}
		}, 1},
		{"two columns at once", func(p *part, after bool) {
			if after {
				p.brightness, p.contrast = p.brightness+40, p.contrast-25
			}
		}, 1},
		{"a product that never came", func(p *part, after bool) {
			if after && p.sku == "B" && p.at.Minute()%3 == 0 {
				p.sku = "C"
			}
		}, 1},
		{"a counter", func(p *part, _ bool) { p.brightness += 40 * days(p.at) }, 0},
		{"another product every day", func(p *part, _ bool) { p.sku = p.at.Format("0102") }, 0},
		{"a step too small", func(p *part, after bool) {
			if after {
				p.brightness += 10
			}
		}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			log := shopLog(t, 9_000, 8, func(_ *rand.Rand, p *part) { test.draw(p, !p.at.Before(onset)) })
			got, err := plainMoments(t.Context(), log, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != test.want {
				t.Fatalf("moments %+v, want %d", got, test.want)
			}
			if test.want > 0 && got[0].Onset.Sub(onset).Abs() > 2*time.Hour {
				t.Errorf("the moment is %s, want %s", got[0].Onset, onset)
			}
		})
	}
}
