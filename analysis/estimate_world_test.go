package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// A small world with a really trained model in it, to shift about:
//
//	points ─▶ train │ validate (labelled reference) │ pool
//	                              pool ─ shift ─▶ production, labels kept back

const worldFeatures = 20 // 8 tell, 4 repeat them, 8 are noise

// point is one input with its true class.
type point struct {
	x     []float64
	class int
}

// drawWorld draws n points of k classes, each class two clouds at corners of a
// cube with their own covariance, one label in twenty wrong.
func drawWorld(random *rand.Rand, n, k int) []point {
	const tell, repeat = 8, 4
	matrix := func(rows, columns int) [][]float64 {
		m := make([][]float64, rows)
		for i := range m {
			for range columns {
				m[i] = append(m[i], 2*random.Float64()-1)
			}
		}
		return m
	}
	clouds := 2 * k
	corners := random.Perm(1 << tell)[:clouds]
	shapes := make([][][]float64, clouds)
	for c := range shapes {
		shapes[c] = matrix(tell, tell)
	}
	mix := matrix(repeat, tell)
	points := make([]point, n)
	for i := range points {
		c := random.IntN(clouds)
		x := make([]float64, 0, worldFeatures)
		for j := range tell {
			v := .8 * float64(2*(corners[c]>>j&1)-1)
			x = append(x, v)
		}
		for j := range tell {
			z := random.NormFloat64()
			for l := range tell {
				x[l] += z * shapes[c][j][l]
			}
		}
		for _, row := range mix {
			v := 0.0
			for j, w := range row {
				v += w * x[j]
			}
			x = append(x, v)
		}
		for len(x) < worldFeatures {
			x = append(x, random.NormFloat64())
		}
		points[i] = point{x, c % k}
		if random.Float64() < .05 {
			points[i].class = random.IntN(k)
		}
	}
	return points
}

// classifier is the probability of each class.
type classifier func(x []float64) []float64

func softmax(logs []float64) []float64 {
	most, sum := slices.Max(logs), 0.0
	for k, l := range logs {
		logs[k] = math.Exp(l - most)
		sum += logs[k]
	}
	for k := range logs {
		logs[k] /= sum
	}
	return logs
}

// trainLogistic fits a multinomial logistic regression by gradient descent.
func trainLogistic(points []point, k int) classifier {
	w, step := make([][]float64, k), make([][]float64, k)
	for c := range w {
		w[c], step[c] = make([]float64, worldFeatures+1), make([]float64, worldFeatures+1)
	}
	logs := func(x []float64) []float64 {
		out := make([]float64, k)
		for c := range out {
			out[c] = w[c][worldFeatures]
			for j, v := range x {
				out[c] += w[c][j] * v
			}
		}
		return out
	}
	for range 80 {
		for c := range step {
			for j := range step[c] {
				step[c][j] *= .9
			}
		}
		for _, p := range points {
			for c, q := range softmax(logs(p.x)) {
				if c == p.class {
					q--
				}
				g := .05 * q / float64(len(points))
				for j, v := range p.x {
					step[c][j] -= g * v
				}
				step[c][worldFeatures] -= g
			}
		}
		for c := range w {
			for j := range w[c] {
				w[c][j] += step[c][j]
			}
		}
	}
	return func(x []float64) []float64 { return softmax(logs(x)) }
}

// trainBayes fits independent normals per class: far too sure of itself, since
// its features repeat each other.
func trainBayes(points []point, k int) classifier {
	sums := make([][worldFeatures]Sum, k)
	for _, p := range points {
		for j, v := range p.x {
			sums[p.class][j] = sums[p.class][j].Add(Sum{1, 1, v, v * v})
		}
	}
	return func(x []float64) []float64 {
		logs := make([]float64, k)
		for c := range logs {
			for j, v := range x {
				far, s := v-sums[c][j].Mean(), sums[c][j].Variance()
				logs[c] -= (far*far/s + math.Log(s)) / 2
			}
		}
		return softmax(logs)
	}
}

// worldTable is a log of the reference, labelled, on the first day and of the
// production on the second, labelled where label says so.
func worldTable(t testing.TB, model classifier, reference, production []point, label func(i int) bool) (*Table, Windows) {
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	answer := NewBuilder(Field{Name: "prediction", Role: RolePrediction, Type: Text})
	truth := NewBuilder(Field{Name: "label", Role: RoleLabel, Type: Text})
	sure := NewBuilder(Field{Name: "confidence", Role: RoleConfidence, Type: Number})
	features := make([]*Builder, worldFeatures)
	for j := range features {
		features[j] = NewBuilder(Field{Name: fmt.Sprintf("f%d", j), Role: RoleFeature, Type: Number})
	}
	for day, points := range [][]point{reference, production} {
		for i, p := range points {
			clock.Time(monday.Add(time.Duration(day)*oneDay + time.Duration(i)*oneDay/time.Duration(len(points))).UnixNano())
			chances := model(p.x)
			best := slices.Index(chances, slices.Max(chances))
			answer.Text(fmt.Sprintf("c%d", best))
			sure.Number(chances[best])
			if day == 0 || label(i) {
				truth.Text(fmt.Sprintf("c%d", p.class))
			} else {
				truth.Null()
			}
			for j, v := range p.x {
				features[j].Number(v)
			}
		}
	}
	columns := []Column{clock.Column(), answer.Column(), truth.Column(), sure.Column()}
	for _, f := range features {
		columns = append(columns, f.Column())
	}
	return tableOf(t, columns...), Windows{Window{monday, monday.Add(oneDay)}, Window{monday.Add(oneDay), monday.Add(2 * oneDay)}}
}

// world is a trained model with its labelled reference and a pool to draw from.
type world struct {
	random          *rand.Rand
	model           classifier
	classes         int
	reference, pool []point
}

func drawWorlds(seeds int) []world {
	var worlds []world
	for seed := range seeds {
		random := rand.New(rand.NewPCG(uint64(seed), 9))
		k := []int{5, 2}[seed%2]
		points := drawWorld(random, 8000, k)
		for _, train := range []func([]point, int) classifier{trainLogistic, trainBayes} {
			worlds = append(worlds, world{random, train(points[:2400], k), k, points[2400:4000], points[4000:]})
		}
	}
	return worlds
}

func accuracyOf(model classifier, points []point) float64 {
	right := 0
	for _, p := range points {
		chances := model(p.x)
		if slices.Index(chances, slices.Max(chances)) == p.class {
			right++
		}
	}
	return float64(right) / float64(len(points))
}
