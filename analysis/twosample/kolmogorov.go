package twosample

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// The law of the largest gap D between a distribution function and that of n
// samples from it. Three ways to the same tail, each where it is right:
//
//	n·D² > 4          twice the one-sided tail, a finite sum
//	n ≤ 140           the Marsaglia-Tsang-Wang matrix power, exact
//	otherwise         the Pelz-Good expansion in 1/√n, within 1e-6

// KolmogorovTail is P(D_n ≥ d) under the null. Outside 0 < d < 1, or n < 1, it
// is 1 or 0 as it must be. Cost: O(n) or O((n·d)³·log n).
// Source: Marsaglia, Tsang and Wang 2003; Simard and L'Ecuyer 2011.
func KolmogorovTail(n int, d float64) float64 {
	switch {
	case n < 1 || d <= 0:
		return 1
	case d >= 1:
		return 0
	case float64(n)*d*d > 4:
		return min(1, 2*smirnovTail(n, d))
	case n <= 140:
		return max(0, 1-kolmogorovBody(n, d))
	}
	return max(0, min(1, 1-pelzGood(float64(n), d)))
}

// smirnovTail is the one-sided P(D⁺_n ≥ d), the Birnbaum-Tingey sum.
func smirnovTail(n int, d float64) float64 {
	size := float64(n)
	logN, _ := math.Lgamma(size + 1)
	var total float64
	for j := 0; float64(j) <= size*(1-d); j++ {
		k := float64(j)
		a, _ := math.Lgamma(k + 1)
		b, _ := math.Lgamma(size - k + 1)
		log := logN - a - b + XLogY(size-k, 1-d-k/size) + (k-1)*math.Log(d+k/size)
		total += math.Exp(log)
	}
	return d * total
}

// kolmogorovBody is P(D_n < d) by the power of a matrix of size 2⌈n·d⌉ - 1.
func kolmogorovBody(n int, d float64) float64 {
	k := int(float64(n)*d) + 1
	m := 2*k - 1
	h := float64(k) - float64(n)*d
	step := mat.NewDense(m, m, nil)
	for i := range m {
		for j := range m {
			if i-j+1 >= 0 {
				step.Set(i, j, 1)
			}
		}
	}
	for i := range m {
		step.Set(i, 0, step.At(i, 0)-math.Pow(h, float64(i+1)))
		step.Set(m-1, i, step.At(m-1, i)-math.Pow(h, float64(m-i)))
	}
	if 2*h > 1 {
		step.Set(m-1, 0, step.At(m-1, 0)+math.Pow(2*h-1, float64(m)))
	}
	for i := range m {
		for j := range m {
			if i-j+1 > 0 {
				step.Set(i, j, step.At(i, j)/math.Gamma(float64(i-j+2)))
			}
		}
	}
	power, exponent := scaledPower(step, n)
	p := power.At(k-1, k-1)
	for i := 1; i <= n; i++ {
		p *= float64(i) / float64(n)
		if p < 1e-140 {
			p, exponent = p*1e140, exponent-140
		}
	}
	return p * math.Pow(10, float64(exponent))
}

// scaledPower is a^n as power × 10^exponent, kept away from overflow.
func scaledPower(a *mat.Dense, n int) (power *mat.Dense, exponent int) {
	if n == 1 {
		return a, 0
	}
	half, e := scaledPower(a, n/2)
	var out mat.Dense
	out.Mul(half, half)
	exponent = 2 * e
	if n%2 == 1 {
		var odd mat.Dense
		odd.Mul(a, &out)
		out = odd
	}
	mid, _ := out.Dims()
	if out.At(mid/2, mid/2) > 1e140 {
		out.Scale(1e-140, &out)
		exponent += 140
	}
	return &out, exponent
}

// pelzGood is P(D_n < d) as the limit law and three corrections,
// K0 + K1/√n + K2/n + K3/n^1.5, each a series in e^{-π²/z²}, z = d·√n.
func pelzGood(n, d float64) float64 {
	z := d * math.Sqrt(n)
	if z < 0.04 {
		return 0 // every term underflows
	}
	z2 := z * z
	z4, z6 := z2*z2, z2*z2*z2
	var k0, k1, k2, k3 float64
	for k := range 60 {
		// Half-integer nodes come in pairs ±(k+½), whole ones in pairs ±k.
		h := math.Pi * math.Pi * (float64(k) + 0.5) * (float64(k) + 0.5)
		w := 2 * math.Exp(-h/(2*z2))
		k0 += w
		k1 += w * (h - z2)
		k2 += w * (6*z6 + 2*z4 + h*(2*z4-5*z2) + h*h*(1-2*z2)) / 72
		k3 += w * (h*h*h*(5-30*z2) + h*h*(212*z4-60*z2) + h*(135*z4-96*z6) - 30*z6 - 90*z4*z4) / 6480
		g := math.Pi * math.Pi * float64(k) * float64(k)
		v := 2 * math.Exp(-g/(2*z2))
		k2 -= v * g * z4 / 36
		k3 += v * (3*g*z2 - g*g) * z4 / 216
	}
	root := math.Sqrt(math.Pi / 2)
	k0 *= root / z
	k1 *= root / (6 * z4)
	k2 *= root / (z4 * z2 * z)
	k3 *= root / (z4 * z4 * z2)
	return k0 + k1/math.Sqrt(n) + k2/n + k3/(n*math.Sqrt(n))
}
