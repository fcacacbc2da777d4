package practice

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// dice is a seeded source of chance. Every shot, camera and story owns a
// stream of its own, so that one more throw here moves nothing there.
type dice struct{ pcg *rand.PCG }

// The streams, so that no two uses of a seed share their throws.
const (
	streamPlant uint64 = iota << 32
	streamSchedule
	streamShot
	streamTrain
	streamRecord
	streamMetric
	streamStory
	streamGallery
	streamRound
)

func newDice(seed int64, stream uint64) dice {
	return dice{rand.NewPCG(uint64(seed), stream)}
}

// unit is uniform on [0, 1).
func (d dice) unit() float64 { return float64(d.pcg.Uint64()>>11) / (1 << 53) }

// between is uniform on [lo, hi).
func (d dice) between(lo, hi float64) float64 { return lo + float64((hi-lo)*d.unit()) }

// intn is uniform on 0..n-1; the bias of the remainder is below n / 2^63.
func (d dice) intn(n int) int { return int(d.pcg.Uint64() >> 1 % uint64(n)) }

// chance is true with probability p.
func (d dice) chance(p float64) bool { return d.unit() < p }

// normal has mean 0 and variance 1: the number of heads in 128 throws of a
// coin plus a uniform, which hides the steps. Unlike the usual methods it
// needs no exponential, so every processor throws the same.
func (d dice) normal() float64 {
	heads := bits.OnesCount64(d.pcg.Uint64()) + bits.OnesCount64(d.pcg.Uint64())
	return (float64(heads-64) + d.unit() - 0.5) / math.Sqrt(32+1.0/12)
}

// lognormal has median 1 and the given standard deviation of its logarithm.
func (d dice) lognormal(sigma float64) float64 { return exp(float64(sigma * d.normal())) }

// permutation is 0..n-1 in random order.
func (d dice) permutation(n int) []int {
	order := make([]int, n)
	for i := range order {
		j := d.intn(i + 1)
		order[i], order[j] = order[j], i
	}
	return order
}

// weighted draws an index with probability proportional to its weight.
func (d dice) weighted(weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	at := float64(d.unit() * total)
	for i, w := range weights {
		if at < w {
			return i
		}
		at -= w
	}
	return len(weights) - 1
}

// exp is e^x. math.Exp is written in assembly on some processors and differs
// there in the last digit; training would carry that into the weights. The
// argument is halved until small, the series summed, and the result squared
// back; the relative error is below 1e-12 for |x| ≤ 40, beyond which it stays
// at the ends.
func exp(x float64) float64 {
	x = max(-40, min(40, x))
	const halvings = 8
	x /= 1 << halvings
	sum, term := 1.0, 1.0
	for n := 1; n <= 9; n++ {
		term = term * x / float64(n)
		sum += term
	}
	for range halvings {
		sum *= sum
	}
	return sum
}

// grain is the noise of one pixel in three channels, each of mean 0 and
// variance 1: heads among 21 coins, all from one throw, since a picture needs
// 1600 of them.
func (d dice) grain() rgb {
	const mask = 1<<21 - 1
	u := d.pcg.Uint64()
	heads := func(v uint64) float64 {
		return (float64(bits.OnesCount64(v&mask)) - 10.5) / math.Sqrt(21.0/4)
	}
	return rgb{heads(u), heads(u >> 21), heads(u >> 42)}
}
