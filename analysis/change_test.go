package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// plan draws an hourly series of right answers from a seed: share(i) is the
// true share in hour i, rows how many are known.
func plan(seed uint64, hours, rows int, share func(i int) float64) Series {
	random := rand.New(rand.NewPCG(seed, 1))
	s := Series{Name: Accuracy, Start: monday, Step: time.Hour}
	for i := range hours {
		good := 0.0
		for range rows {
			if random.Float64() < share(i) {
				good++
			}
		}
		s.Buckets = append(s.Buckets, Sum{rows, rows, good, good})
	}
	return s
}

// stepsAt is a share that takes each level from its hour on.
func stepsAt(levels map[int]float64) func(int) float64 {
	return func(i int) float64 {
		at, level := -1, 0.0
		for from, l := range levels {
			if from <= i && from > at {
				at, level = from, l
			}
		}
		return level
	}
}

func TestChanges(t *testing.T) {
	for _, c := range []struct {
		name    string
		series  Series
		onsets  []int
		signs   []float64 // of Lost
		worst   int       // hour, -1 for none
		warning string
	}{
		{"drop", plan(1, 400, 100, stepsAt(map[int]float64{0: .93, 200: .6})), []int{200}, []float64{1}, 200, ""},
		{"gain", plan(2, 400, 100, stepsAt(map[int]float64{0: .6, 200: .93})), []int{200}, []float64{-1}, -1, ""},
		{"drop and back", plan(3, 400, 100, stepsAt(map[int]float64{0: .93, 150: .6, 250: .93})), []int{150, 250}, []float64{1, -1}, 150, ""},
		{"small, then large", plan(4, 600, 200, stepsAt(map[int]float64{0: .95, 200: .9, 400: .5})), []int{200, 400}, []float64{1, 1}, 400, ""},
		{"nothing", plan(5, 400, 100, stepsAt(map[int]float64{0: .9})), nil, nil, -1, ""},
		{"day and night", plan(6, 600, 100, func(i int) float64 { return .85 + .1*math.Cos(float64(i)/12*math.Pi) }), nil, nil, -1, ""},
		{"weekends", plan(7, 672, 100, func(i int) float64 { return []float64{.93, .85}[min(1, i/24%7/5)] }), nil, nil, -1, ""},
		{"day and night of six days", plan(8, 144, 60, func(i int) float64 { return []float64{.95, .85}[i/12%2] }), nil, nil, -1, "less than two weeks"},
		{"one weekend", plan(14, 192, 400, func(i int) float64 { return []float64{.93, .83}[min(1, i/24%7/5)] }), nil, nil, -1, "taken for the weekend"},
		{"two days", plan(9, 48, 100, stepsAt(map[int]float64{0: .9, 30: .4})), []int{30}, []float64{1}, 30, "less than three days"},
		{"too short", plan(10, 9, 100, stepsAt(map[int]float64{0: .9, 4: .1})), nil, nil, -1, "too short"},
		{"none known", Series{Step: time.Hour, Start: monday, Buckets: make([]Sum, 100)}, nil, nil, -1, "too short"},
	} {
		t.Run(c.name, func(t *testing.T) {
			changes, warnings := Changes(c.series)
			if len(changes) != len(c.onsets) {
				t.Fatalf("%d changes, want %d: %+v", len(changes), len(c.onsets), changes)
			}
			for k, change := range changes {
				if far := apart(c.series.Index(change.Onset), c.onsets[k]); far > 2 {
					t.Errorf("onset %d is %d hours off", k, far)
				}
				if change.Onset.Before(change.Earliest) || change.Onset.After(change.Latest) {
					t.Errorf("onset %v is outside its interval", change)
				}
				if math.Signbit(change.Lost) != (c.signs[k] < 0) {
					t.Errorf("change %d lost %v", k, change.Lost)
				}
			}
			worst := Worst(changes)
			if (worst == nil) != (c.worst < 0) || worst != nil && apart(c.series.Index(worst.Onset), c.worst) > 2 {
				t.Errorf("worst %+v, want hour %d", worst, c.worst)
			}
			if all := strings.Join(warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
		})
	}
}

// TestChangesOfHiddenSteps draws steps that anybody sees, seven standard errors
// high, on few buckets with rows in clumps: before they are cut they look like
// correlated noise. The oracle is the hour that was drawn; the same series
// without a step must stay whole.
func TestChangesOfHiddenSteps(t *testing.T) {
	const hours, cut, trials = 66, 42, 60
	found, alarms := 0, 0
	for seed := range uint64(trials) {
		random := rand.New(rand.NewPCG(seed, 2))
		clumps := make([]float64, hours)
		for i := range clumps {
			clumps[i] = .04 * random.NormFloat64()
		}
		share := func(after float64) func(int) float64 {
			return func(i int) float64 {
				if i < cut {
					return .88 + clumps[i]
				}
				return after + clumps[i]
			}
		}
		stepped, whole := plan(seed, hours, 35, share(.76)), plan(seed, hours, 35, share(.88))
		stepped.Step, whole.Step = 4*time.Hour, 4*time.Hour
		changes, _ := Changes(stepped)
		if w := Worst(changes); w != nil && math.Abs(w.Onset.Sub(stepped.At(cut)).Hours()) <= 24 {
			found++
		}
		if changes, _ := Changes(whole); Worst(changes) != nil {
			alarms++
		}
	}
	if found < 50 || alarms > 3 {
		t.Errorf("%d of %d steps found, %d false alarms", found, trials, alarms)
	}
}

func TestChangeLevels(t *testing.T) {
	s := plan(1, 400, 100, stepsAt(map[int]float64{0: .93, 200: .6}))
	changes, _ := Changes(s)
	if len(changes) != 1 {
		t.Fatal(changes)
	}
	c := changes[0]
	if math.Abs(c.Before-.93) > .01 || math.Abs(c.After-.6) > .02 || c.Z > -20 {
		t.Errorf("%+v, want .93 → .6, far below", c)
	}
	if want := .33 * 20000; math.Abs(c.Lost-want) > .1*want {
		t.Errorf("lost %v, want about %v", c.Lost, want)
	}
}

func TestChangesOfAmounts(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 1))
	s := Series{Name: MAE, Scale: Amount, LowerBetter: true, Start: monday, Step: time.Hour}
	for i := range 400 {
		var b Sum
		for range 20 {
			v := math.Abs(random.NormFloat64()) * []float64{1, 1.6}[min(1, i/250)]
			b = b.Add(Sum{1, 1, v, v * v})
		}
		s.Buckets = append(s.Buckets, b)
	}
	changes, _ := Changes(s)
	if len(changes) != 1 || apart(s.Index(changes[0].Onset), 250) > 2 || changes[0].Lost <= 0 {
		t.Errorf("changes %+v, want one loss at hour 250", changes)
	}
}

func TestChangesIgnoreGaps(t *testing.T) {
	s := plan(12, 500, 100, stepsAt(map[int]float64{0: .93, 300: .7}))
	for i := range s.Buckets {
		if i%24 < 8 || (i > 100 && i < 160) {
			s.Buckets[i] = Sum{}
		}
	}
	changes, _ := Changes(s)
	if len(changes) != 1 || apart(s.Index(changes[0].Onset), 300) > 9 {
		t.Errorf("changes %+v, want one at hour 300", changes)
	}
}

func TestChangesWarnOfLateLabels(t *testing.T) {
	s := plan(13, 400, 100, stepsAt(map[int]float64{0: .93}))
	for i := 390; i < 400; i++ {
		s.Buckets[i].Known, s.Buckets[i].Good = 5, 5
	}
	_, warnings := Changes(s)
	if all := strings.Join(warnings, "; "); !strings.Contains(all, "labels of the last 10 h") {
		t.Errorf("warnings %q", all)
	}
}

func BenchmarkChanges(b *testing.B) {
	for _, n := range []int{500, 1000, 2000, 4000} {
		s := plan(1, n, 50, stepsAt(map[int]float64{0: .93, n / 2: .8}))
		b.Run(fmt.Sprintf("buckets=%d", n), func(b *testing.B) {
			for b.Loop() {
				Changes(s)
			}
		})
	}
}
