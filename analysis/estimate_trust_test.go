package analysis

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// visionRow is one row of vision; correct is NaN where no label came.
type visionRow struct {
	brightness, counter, confidence, correct float64
	line                                     string
}

// vision is a log of two days, 3000 rows each, the first labelled: a camera's
// brightness, its line, a counter, and an honest confidence. alter changes a
// row of the second day.
func vision(t *testing.T, alter func(i int, r *visionRow, random *rand.Rand)) (*Table, Windows) {
	random := rand.New(rand.NewPCG(2, 8))
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	line := NewBuilder(Field{Name: "line", Role: RoleDimension, Type: Text})
	names := []string{"brightness", "counter", "confidence", "correct"}
	roles := []Role{RoleFeature, RoleFeature, RoleConfidence, RoleCorrect}
	var numbers [4]*Builder
	for k := range numbers {
		numbers[k] = NewBuilder(Field{Name: names[k], Role: roles[k], Type: Number})
	}
	for i := range 6000 {
		r := visionRow{brightness: 100 + 10*random.NormFloat64(), counter: float64(i), confidence: .6 + .4*random.Float64(), line: fmt.Sprintf("L%d", i%3)}
		if random.Float64() < r.confidence {
			r.correct = 1
		}
		if i >= 3000 {
			r.correct = math.NaN()
			alter(i, &r, random)
		}
		clock.Time(monday.Add(time.Duration(i) * oneDay / 3000).UnixNano())
		line.Text(r.line)
		for k, v := range []float64{r.brightness, r.counter, r.confidence, r.correct} {
			numbers[k].Number(v)
		}
	}
	tab := tableOf(t, clock.Column(), line.Column(), numbers[0].Column(), numbers[1].Column(), numbers[2].Column(), numbers[3].Column())
	return tab, Windows{Window{monday, monday.Add(oneDay)}, Window{monday.Add(oneDay), monday.Add(2 * oneDay)}}
}

func TestEstimateTrust(t *testing.T) {
	for _, c := range []struct {
		name    string
		alter   func(i int, r *visionRow, random *rand.Rand)
		trusted bool
		unseen  float64
		warning string
	}{
		{"as before", func(int, *visionRow, *rand.Rand) {}, true, 0, ""},
		{"one in ten darker", func(i int, r *visionRow, _ *rand.Rand) {
			if i%10 == 0 {
				r.brightness = 10
			}
		}, true, .1, ""},
		{"one in three darker", func(i int, r *visionRow, _ *rand.Rand) {
			if i%3 == 0 {
				r.brightness = 10
			}
		}, false, 1. / 3, "a brightness that the labelled ones never had"},
		{"a new line", func(i int, r *visionRow, _ *rand.Rand) {
			if i%3 == 0 {
				r.line = "L9"
			}
		}, false, 1. / 3, "a line that the labelled ones never had"},
		{"two kinds of new", func(i int, r *visionRow, _ *rand.Rand) {
			switch i % 8 {
			case 0:
				r.brightness = 200
			case 1:
				r.line = "L9"
			}
		}, false, .25, "never had"},
		{"a truth that changed, few labels", func(_ int, r *visionRow, random *rand.Rand) {
			if random.Float64() < .05 {
				r.correct = float64(random.IntN(2))
			}
		}, false, 0, "does not show in confidence"},
		{"honest, few labels", func(_ int, r *visionRow, random *rand.Rand) {
			if random.Float64() < .05 {
				r.correct = float64(side(random.Float64() < r.confidence))
			}
		}, true, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab, w := vision(t, c.alter)
			e, err := tab.Estimate(context.Background(), w.Before, w.After, nil)
			if err != nil {
				t.Fatal(err)
			}
			if e.Trusted != c.trusted || math.Abs(e.Unseen-c.unseen) > .02 {
				t.Errorf("trusted %v with %.3f unseen, want %v with %.3f: %v", e.Trusted, e.Unseen, c.trusted, c.unseen, e.Warnings)
			}
			if all := strings.Join(e.Warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
		})
	}
}

// Without confidence, the votes: three members, right in eight of ten cases
// each on the first day, six on the second.
func TestEstimateFromVotes(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	truth := NewBuilder(Field{Name: "label", Role: RoleLabel, Type: Text})
	answer := NewBuilder(Field{Name: "prediction", Role: RolePrediction, Type: Text})
	var votes [3]*Builder
	for k := range votes {
		votes[k] = NewBuilder(Field{Name: fmt.Sprintf("vote_%d", k), Role: RoleVote, Type: Text})
	}
	right := 0
	for i := range 8000 {
		chance, ok := .8, 0
		if i >= 4000 {
			chance = .6
		}
		said := []string{"nok", "ok"}
		clock.Time(monday.Add(time.Duration(i) * oneDay / 4000).UnixNano())
		for k := range votes {
			v := side(random.Float64() < chance)
			ok += v
			votes[k].Text(said[v])
		}
		answer.Text(said[side(ok >= 2)])
		if i >= 4000 {
			right += side(ok >= 2)
			truth.Null()
		} else {
			truth.Text("ok")
		}
	}
	tab := tableOf(t, clock.Column(), answer.Column(), truth.Column(), votes[0].Column(), votes[1].Column(), votes[2].Column())
	e, err := tab.Estimate(context.Background(), Window{monday, monday.Add(oneDay)}, Window{monday.Add(oneDay), monday.Add(2 * oneDay)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if now := float64(right) / 4000; e.From != "votes" || e.Accuracy > .88 || e.Accuracy < now {
		t.Errorf("from %s accuracy %.3f, want votes, below the .9 of before and not below the %.3f of now", e.From, e.Accuracy, now)
	}
}
