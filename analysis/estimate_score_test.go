package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func unlabelled(int) bool { return false }

// unbinned is the estimate from every single confidence rather than 50 bins.
func unbinned(tab *Table, w Windows) float64 {
	type pair struct{ p, q float64 }
	var known []pair
	var now []float64
	confidence := tab.Column("confidence").Numbers
	tab.eachIn(nil, w, func(i int, isProduction bool) {
		if isProduction {
			now = append(now, confidence[i])
		} else {
			known = append(known, pair{confidence[i], tab.Quality()[i]})
		}
	})
	slices.SortFunc(known, func(a, b pair) int { return cmp.Compare(a.p, b.p) })
	var at, y []float64
	for _, k := range known {
		at, y = append(at, k.p), append(y, k.q)
	}
	g := Isotonic(y, slices.Repeat([]float64{1}, len(y)))
	sum := 0.0
	for _, p := range now {
		i, _ := slices.BinarySearch(at, p)
		sum += g[min(i, len(g)-1)]
	}
	return sum / float64(len(now))
}

// shifts of a pool of points, as the field knows them.
type worldShift struct {
	kind string
	draw func(random *rand.Rand, pool []point, model classifier, k int) []point
}

// weighted draws n points with replacement, each with its weight.
func weighted(random *rand.Rand, pool []point, n int, weight func(i int) float64) []point {
	sums := make([]float64, len(pool))
	sum := 0.0
	for i := range pool {
		sum += weight(i)
		sums[i] = sum
	}
	out := make([]point, n)
	for k := range out {
		i, _ := slices.BinarySearch(sums, random.Float64()*sum)
		out[k] = pool[min(i, len(pool)-1)]
	}
	return out
}

func even(int) float64 { return 1 }

const production = 3000

func worldShifts() []worldShift {
	all := []worldShift{{"none", func(random *rand.Rand, pool []point, _ classifier, _ int) []point {
		return weighted(random, pool, production, even)
	}}}
	for _, a := range []float64{.5, 1, 2} {
		all = append(all, worldShift{"covariate", func(random *rand.Rand, pool []point, _ classifier, _ int) []point {
			j := random.IntN(12)
			return weighted(random, pool, production, func(i int) float64 { return math.Exp(a * pool[i].x[j] / 2) })
		}}, worldShift{"margin", func(random *rand.Rand, pool []point, model classifier, _ int) []point {
			return weighted(random, pool, production, func(i int) float64 {
				p := slices.Sorted(slices.Values(model(pool[i].x)))
				return math.Exp(-2 * a * (p[len(p)-1] - p[len(p)-2]))
			})
		}})
	}
	for _, s := range []float64{.3, 1} {
		all = append(all, worldShift{"label", func(random *rand.Rand, pool []point, _ classifier, k int) []point {
			share := make([]float64, k)
			for c := range share { // about Dirichlet(s): a power of exponentials
				share[c] = math.Pow(random.ExpFloat64(), 1/s)
			}
			sum := total(share)
			return weighted(random, pool, production, func(i int) float64 { return .9*share[pool[i].class]/sum + .1/float64(k) })
		}})
	}
	for _, s := range []float64{.3, .6, 1} {
		all = append(all, worldShift{"corruption", func(random *rand.Rand, pool []point, _ classifier, _ int) []point {
			return blurred(random, weighted(random, pool, production, even), s)
		}})
	}
	for _, f := range []float64{.1, .25} {
		all = append(all, worldShift{"concept", func(random *rand.Rand, pool []point, _ classifier, k int) []point {
			return flipped(random, weighted(random, pool, production, even), f, k)
		}})
	}
	return all
}

// blurred adds noise of s standard deviations to every feature.
func blurred(random *rand.Rand, points []point, s float64) []point {
	var spread [worldFeatures]Sum
	for _, p := range points {
		for j, v := range p.x {
			spread[j] = spread[j].Add(Sum{1, 1, v, v * v})
		}
	}
	for i := range points {
		points[i].x = slices.Clone(points[i].x)
		for j := range points[i].x {
			points[i].x[j] += s * math.Sqrt(spread[j].Variance()) * random.NormFloat64()
		}
	}
	return points
}

// flipped gives a share f of the points a class by chance.
func flipped(random *rand.Rand, points []point, f float64, k int) []point {
	for i := range points {
		if random.Float64() < f {
			points[i].class = random.IntN(k)
		}
	}
	return points
}

func TestScoreLabelFree(t *testing.T) {
	t.Parallel()
	off := map[string]map[string][]float64{}
	trusts, right := 0, 0
	for _, z := range drawWorlds(6) {
		for _, s := range worldShifts() {
			made := s.draw(z.random, z.pool, z.model, z.classes)
			tab, w := worldTable(t, z.model, z.reference, made, unlabelled)
			e, err := tab.Estimate(context.Background(), w.Before, w.After, nil)
			if err != nil {
				t.Fatal(err)
			}
			truth := accuracyOf(z.model, made)
			if off[s.kind] == nil {
				off[s.kind] = map[string][]float64{}
			}
			for method, v := range map[string]float64{"quoted": e.Accuracy, "plain": e.Plain, "unbinned": unbinned(tab, w), "shift": e.Shift,
				"threshold": e.Threshold, "classes": e.Classes, "no change": accuracyOf(z.model, z.reference)} {
				off[s.kind][method] = append(off[s.kind][method], math.Abs(v-truth))
			}
		}
		for _, share := range []float64{0, .1, .3, .5} {
			made := weighted(z.random, z.pool, production, even)
			for i := range int(share * production) {
				made[i].x = slices.Clone(made[i].x)
				made[i].x[3] += 40
			}
			tab, w := worldTable(t, z.model, z.reference, made, unlabelled)
			e, err := tab.Estimate(context.Background(), w.Before, w.After, nil)
			if err != nil {
				t.Fatal(err)
			}
			trusts++
			if e.Trusted == (share <= .2) {
				right++
			} else {
				t.Logf("unseen %.2f of %.2f in %s, trusted %v: %v", e.Unseen, share, e.UnseenIn, e.Trusted, e.Warnings)
			}
		}
	}
	mae := func(kind, method string) float64 { return total(off[kind][method]) / float64(len(off[kind][method])) }
	line := ""
	for _, c := range []struct {
		kind string
		most float64
	}{{"none", .012}, {"covariate", .04}, {"margin", .02}, {"label", .02}, {"corruption", .055}, {"concept", .06}} {
		got := mae(c.kind, "quoted")
		line += fmt.Sprintf(" %s=%.4f", c.kind, got)
		for _, m := range []string{"plain", "unbinned", "shift", "threshold", "classes", "no change"} {
			t.Logf("%-10s %-10s %.4f", c.kind, m, mae(c.kind, m))
		}
		if got > c.most {
			t.Errorf("%s: off by %.4f on average, want at most %v", c.kind, got, c.most)
		}
		if far := math.Abs(mae(c.kind, "plain") - mae(c.kind, "unbinned")); far > .002 {
			t.Errorf("%s: %.4f away from the unbinned estimate", c.kind, far)
		}
	}
	fmt.Printf("score: label_free%s trust=%.3f n=%d\n", line, float64(right)/float64(trusts), len(off["none"]["quoted"]))
	if right < trusts {
		t.Errorf("%d of %d estimates are trusted as they should be", right, trusts)
	}
}
