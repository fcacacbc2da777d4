package analysis

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"andon/analysis/camera"
)

// wentUp is a signal of a column of some role that moved by an effect.
func wentUp(name string, role Role, effect float64) Signal {
	return Signal{Column: name, Effect: effect, Direction: "up", Changed: true, Profile: Profile{Field: Field{Name: name, Role: role, Type: Number}}}
}

// TestImageShifted tells a bumped camera from another picture by how much a
// shift explains.
func TestImageShifted(t *testing.T) {
	for _, test := range []struct {
		name   string
		shift  camera.Shift
		tested bool
		yes    float64
		saw    string
	}{
		{"no frames", camera.Shift{}, false, 0, "too few frames"},
		{"a bumped camera", camera.Shift{Right: -.18, Down: .1, Explains: .9, Known: true}, true, 1, "18 % of its width and 10 % of its height away"},
		{"half explained", camera.Shift{Right: .1, Explains: .5, Known: true}, true, .5, "10 % of its width"},
		{"other gloves", camera.Shift{Right: .25, Down: .25, Explains: .32, Known: true}, true, .05, "look where they looked"},
		{"as it was", camera.Shift{Known: true}, true, 0, "look where they looked"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := imageShifted(context.Background(), &scene{shift: test.shift})
			if err != nil || got.tested != test.tested || got.yes < test.yes-1e-9 || got.yes > test.yes+1e-9 || !strings.Contains(got.saw, test.saw) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// TestAnswersAlone asks the plant's question: the answers moved, did the
// pictures?
func TestAnswersAlone(t *testing.T) {
	log := shopLog(t, 200, 2, func(*rand.Rand, *part) {})
	confidence := wentUp("confidence", RoleConfidence, 1)
	for _, test := range []struct {
		name   string
		inside []Signal
		shift  camera.Shift
		yes    float64
		saw    string
	}{
		{"the network changed", []Signal{confidence}, camera.Shift{}, 1, "nothing in the pictures tells why"},
		{"the floor changed", []Signal{confidence, wentUp("brightness", RoleFeature, 1)}, camera.Shift{}, 0, "did not move without"},
		{"the camera moved", []Signal{confidence}, camera.Shift{Right: .2, Explains: .9, Known: true}, 0, "did not move without"},
		{"half of it is in the pictures", []Signal{confidence, wentUp("brightness", RoleFeature, .25)}, camera.Shift{}, .5, "nothing in the pictures tells why"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := answersAlone(context.Background(), &scene{log: log, inside: test.inside, shift: test.shift})
			if err != nil || !got.tested || got.yes < test.yes-1e-9 || got.yes > test.yes+1e-9 || !strings.Contains(got.saw, test.saw) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// TestWholeVolume takes rows away for good in a plant whose quarters of a day
// bring more or less than each other and whose weekends bring half: what came
// since tells how much.
func TestWholeVolume(t *testing.T) {
	onset := monday.Add(4*oneDay + 10*time.Hour)
	random, rough := rand.New(rand.NewPCG(7, 8)), [14 * 4]float64{}
	for i := range rough {
		rough[i] = .5 * random.Float64() // of a quarter of a day do not come
	}
	for name, lost := range map[string]float64{"half of the rows": .5, "none": 0} {
		t.Run(name, func(t *testing.T) {
			log := shopLog(t, 60_000, 14, func(r *rand.Rand, p *part) {
				p.lost = dayOff(p.at) && r.IntN(2) == 0 || r.Float64() < rough[p.at.Sub(monday)/(6*time.Hour)] || !p.at.Before(onset) && r.Float64() < lost
			})
			s := &scene{log: log, measure: log.Measure(), onset: Change{Onset: onset, Earliest: onset, Latest: onset},
				windows: Windows{Window{monday, onset}, Window{onset, log.Span().To}}}
			v, err := s.wholeVolume(context.Background())
			if err != nil || v.days == 0 {
				t.Fatalf("%+v, %v", v, err)
			}
			if v.lost < lost-.12 || v.lost > lost+.12 || lost > 0 && v.lost < missingZ*v.noise {
				t.Errorf("%.2f ± %.2f of the rows are lost, want %.2f", v.lost, v.noise, lost)
			}
		})
	}
}

// TestRhythm knows what a time brings from other days of its kind.
func TestRhythm(t *testing.T) {
	rows := Series{Start: monday, Step: time.Hour, Buckets: make([]Sum, 14*24)}
	for i := range rows.Buckets {
		rows.Buckets[i].Rows = 100 + 10*(i%24)
		if dayOff(rows.At(i)) {
			rows.Buckets[i].Rows /= 2
		}
	}
	for _, test := range []struct {
		name  string
		until time.Duration
		at    time.Duration
		want  float64
	}{
		{"a working day by the others", 14 * oneDay, oneDay + 3*time.Hour, 130},
		{"a weekend by its share of them", 14 * oneDay, 12*oneDay + 3*time.Hour, 65},
		{"a weekend that has begun", 5*oneDay + 6*time.Hour, 5*oneDay + 20*time.Hour, 150},
		{"a weekend before any was seen", 5 * oneDay, 5*oneDay + 20*time.Hour, 0},
		{"the first day of all", time.Hour, 2 * time.Hour, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := rows.rhythm(monday.Add(test.until))[test.at/time.Hour]
			if got < test.want*.99 || got > test.want*1.01 {
				t.Errorf("%.1f rows, want %.1f", got, test.want)
			}
		})
	}
}

// TestMatters draws the line between an incident and a difference that only many
// labels can see.
func TestMatters(t *testing.T) {
	of := func(n int, good float64) Sum { return Sum{Rows: n, Known: n, Good: good, GoodSq: good} }
	accuracy := Measure{Metric: Accuracy, Labelled: 200_000}
	for loss, want := range map[float64]bool{.005: false, .019: false, .021: true, .2: true, -.1: false} {
		q := CompareQuality(accuracy, of(100_000, 93_000), of(100_000, 93_000-loss*100_000))
		if matters(q) != want {
			t.Errorf("a loss of %v matters: %t", loss, !want)
		}
	}
	mae := Measure{Metric: MAE, Scale: Amount, LowerBetter: true, Labelled: 2000}
	for worse, want := range map[float64]bool{1.1: false, 1.3: true, .5: false} {
		q := CompareQuality(mae, of(1000, 200), of(1000, 200*worse))
		if matters(q) != want {
			t.Errorf("%v times the error matters: %t", worse, !want)
		}
	}
}
