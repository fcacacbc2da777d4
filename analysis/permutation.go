package analysis

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Rows of a log are not independent: the light of one minute is the light of
// the next. What can be exchanged are blocks of time, and only with blocks of
// the same time of day, or the night would be a change:
//
//	        before                     after
//	day 1   ▓▓░░    day 2  ▓▓░░  │  day 3  ▓▓░░      ▓ day, ░ night
//	         └──────── ▓ may swap with ▓ ────┘
//
// A test statistic is worked out again for such relabellings; where the real
// one stands among them is its p.

// relabellings is how many relabellings a p is worked out from. Below about
// ten that reach the statistic, the tail of a gamma law with their mean and
// variance takes over, so that a p far below 1/relabellings can be told.
const relabellings = 299

// permute is the p of a statistic of both windows' means, where large means far
// apart: the share of relabellings within phases that reach statistic /
// inflation, never below one over the number of relabellings there are.
func (b *blocked) permute(statistic func(p, q []float64) float64, inflation float64, seed uint64) float64 {
	observed := statistic(b.means(b.after)) / inflation
	room, p, q := b.newPhased(), make([]float64, b.width), make([]float64, b.width)
	random := rand.New(rand.NewPCG(seed, uint64(len(b.rows))))
	labels := slices.Clone(b.after)
	members := make([][]int, b.phases)
	for i, p := range b.phase {
		members[p] = append(members[p], i)
	}
	var reached, sum, squares float64
	for range relabellings {
		for _, m := range members {
			for i := len(m) - 1; i > 0; i-- {
				j := random.IntN(i + 1)
				labels[m[i]], labels[m[j]] = labels[m[j]], labels[m[i]]
			}
		}
		s := statistic(b.meansInto(labels, room, p, q))
		if s >= observed*(1-1e-12) {
			reached++
		}
		sum += s
		squares += s * s
	}
	empirical := (reached + 1) / (relabellings + 1)
	mean := sum / relabellings
	variance := squares/relabellings - mean*mean
	if reached >= 10 || mean <= 0 || variance <= 0 {
		return empirical
	}
	tail := distuv.Gamma{Alpha: mean * mean / variance, Beta: mean / variance}.Survival(observed)
	return min(empirical, max(tail, b.rarest(members)))
}

// rarest is one over the number of distinct relabellings.
func (b *blocked) rarest(members [][]int) float64 {
	var log float64
	for _, m := range members {
		n1 := 0
		for _, i := range m {
			n1 += side(b.after[i])
		}
		all, _ := math.Lgamma(float64(len(m) + 1))
		a, _ := math.Lgamma(float64(n1 + 1))
		c, _ := math.Lgamma(float64(len(m) - n1 + 1))
		log += all - a - c
	}
	return math.Exp(-log)
}
