package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// Oracle: worked by hand. Groups of 2 and 2 rows with sums 2 and 0: m = 0.5,
// the sandwich is √(2/1·((2−1)²+(0−1)²))/4 = 0.5 and t(0.975, 1) = 12.706.
func TestClustered(t *testing.T) {
	mean, i := Clustered([]Sum{{2, 2, 2, 2}, {}, {2, 2, 0, 0}})
	if mean != .5 || math.Abs(i.Hi-(.5+12.7062*.5)) > 1e-3 || math.Abs(i.Lo-(.5-12.7062*.5)) > 1e-3 {
		t.Errorf("mean %v, interval %v", mean, i)
	}
	if _, i := Clustered([]Sum{{1, 1, 1, 1}}); !math.IsInf(i.Hi, 1) {
		t.Errorf("one row has interval %v", i)
	}
}

// Rows that hang together in blocks: of 95 % intervals about 95 % hold the
// truth; an interval that takes them for independent would not hold half.
func TestClusteredCovers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	held, rounds := 0, 400
	for range rounds {
		groups := make([]Sum, 20)
		for g := range groups {
			level := .5 + .1*random.NormFloat64()
			for range 100 {
				v := level + random.NormFloat64()*.1
				groups[g] = groups[g].Add(Sum{1, 1, v, v * v})
			}
		}
		if _, i := Clustered(groups); i.Lo <= .5 && .5 <= i.Hi {
			held++
		}
	}
	if share := float64(held) / float64(rounds); share < .91 || share > .985 {
		t.Errorf("%.3f of the intervals hold the truth, want about .95", share)
	}
}

func TestMinus(t *testing.T) {
	d, i := Minus(3, Interval{2, 5}, 1, Interval{-2, 2})
	if d != 2 || math.Abs(i.Lo-(2-math.Hypot(1, 1))) > 1e-12 || math.Abs(i.Hi-(2+math.Hypot(2, 3))) > 1e-12 {
		t.Errorf("%v in %v", d, i)
	}
}

func TestTimeBlocks(t *testing.T) {
	w := hoursWindow(0, 10)
	block := TimeBlocks(w, 5)
	for hour, want := range map[int]int{0: 0, 1: 0, 2: 1, 9: 4, -3: 0, 30: 4} {
		if got := block(w.From.Add(time.Duration(hour) * time.Hour).UnixNano()); got != want {
			t.Errorf("hour %d in block %d, want %d", hour, got, want)
		}
	}
}
