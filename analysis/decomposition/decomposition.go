// Package decomposition splits the change of a weighted mean Σ w·r into what
// the weights did and what the rates did. Each split answers another "compared
// with what?":
//
//	Kitagawa   half way between the windows; every cell alone
//	Shared     on the inputs both windows have, with what only one has apart
//	Shapley    all orders of changing one thing after another, averaged
package decomposition

// Kitagawa is one cell: its weight and rate before (0) and after (1).
type Kitagawa struct{ W0, R0, W1, R1 float64 }

// Mix is what the weight did at the middle rate: (w1-w0)·(r0+r1)/2. Over all
// cells it does not depend on a constant taken off the rates.
// Source: Kitagawa 1955; Oaxaca and Blinder 1973.
func (k Kitagawa) Mix() float64 { return (k.W1 - k.W0) * (k.R0 + k.R1) / 2 }

// Within is what the rate did at the middle weight: (r1-r0)·(w0+w1)/2.
func (k Kitagawa) Within() float64 { return (k.R1 - k.R0) * (k.W0 + k.W1) / 2 }

// Shared is a change split on the inputs both windows have in common: from
// before's inputs to the shared ones, the change of rate on those, and from
// them to after's inputs. The three add up to the change. A large last part
// means new kinds of input.
type Shared struct{ ToShared, Rate, FromShared float64 }

// SharedShift splits over cells with the shared inputs s ∝ w0·w1/(w0+w1). The
// weights of a window sum to 1; a cell without rows in a window counts with
// whatever rate it is given there only where its weight is 0. No shared cell
// puts everything into ToShared and FromShared.
// Source: Cai, Namkoong and Yadlowsky 2023 on cells, methods 4.1.
func SharedShift(cells []Kitagawa) Shared {
	var norm float64
	for _, c := range cells {
		norm += common(c)
	}
	var out Shared
	for _, c := range cells {
		s := 0.0
		if norm > 0 {
			s = common(c) / norm
		}
		out.ToShared += (s - c.W0) * c.R0
		out.Rate += s * (c.R1 - c.R0)
		out.FromShared += (c.W1 - s) * c.R1
	}
	return out
}

func common(c Kitagawa) float64 {
	if c.W0+c.W1 == 0 {
		return 0
	}
	return c.W0 * c.W1 / (c.W0 + c.W1)
}

// Shapley shares value(all) - value(none) among n players: player j's part is
// its mean contribution over all orders,
//
//	φ_j = Σ_{S∌j} |S|!·(n-1-|S|)!/n! · (value(S∪j) - value(S))
//
// value is asked once for each of the 2^n subsets, bit j set where j is in.
// The parts add up to the whole to rounding. n is at most 20.
// Source: Shapley 1953.
func Shapley(n int, value func(set uint) float64) []float64 {
	worth := make([]float64, 1<<n)
	for set := range worth {
		worth[set] = value(uint(set))
	}
	weight := make([]float64, n) // by |S|
	for size := range weight {
		weight[size] = 1 / float64(n)
		for k := 1; k <= size; k++ {
			weight[size] *= float64(k) / float64(n-k)
		}
	}
	parts := make([]float64, n)
	for set := range worth {
		size := 0
		for j := range n {
			size += set >> j & 1
		}
		for j := range n {
			if set>>j&1 == 0 {
				parts[j] += weight[size] * (worth[set|1<<j] - worth[set])
			}
		}
	}
	return parts
}
