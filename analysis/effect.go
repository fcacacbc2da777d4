package analysis

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"andon/analysis/twosample"
)

// How far apart are the windows once the noise is taken off? Blocks of one
// window and time of day should agree; how much they do not is the noise:
//
//	distance²   ├───floor───┤────────── effect² ──────────┤
//	            what blocks of one      what is left
//	            window differ by
//
// The noise is measured between blocks, never from the number of rows.

// separation is a distance of two distributions: the raw Jensen-Shannon
// divergence in nats, what chance alone shows of it, and the lower and upper
// 95 % bounds of the divergence itself.
type separation struct{ raw, floor, lo, hi float64 }

// distance is the Jensen-Shannon distance with its floor taken off.
func (a separation) distance() float64 { return math.Sqrt(max(0, a.raw-a.floor)) }

// divergence compares the distributions of the windows, Before at After's
// times of day. The floor generalises (k-1)/(8·Ne) to blocks that differ:
// Σ_bins Var(p-q)/mean / 8, with at least the variance of independent rows,
// times inflation. The bounds take 8·Ne·JSD as a scaled χ² of the matching
// degrees of freedom, decentred by what exceeds them.
// Source: methods 2.2; Rao and Scott 1981 for the scale.
func (b *blocked) divergence(inflation float64) separation {
	p, q := b.means(b.after)
	n0, _ := b.size(false)
	n1, _ := b.size(true)
	if n0 == 0 || n1 == 0 || floats.Sum(q) == 0 {
		return separation{}
	}
	variance := b.variances()
	var sum, squares float64
	for k := range p {
		mid := (p[k] + q[k]) / 2
		if mid <= 0 {
			continue
		}
		v := max(variance[k], mid*(1-mid)*(1/n0+1/n1)) / mid
		sum += v
		squares += v * v
	}
	a := separation{raw: twosample.JSD(p, q), floor: inflation * sum / 8}
	if sum == 0 {
		return a
	}
	df := sum * sum / squares
	unit := a.floor / df
	beyond := max(0, a.raw/unit-df)
	half := 1.645 * math.Sqrt(2*df+4*beyond)
	a.lo = max(0, a.raw/unit-df-half) * unit
	a.hi = (beyond + half) * unit
	return a
}

// variances is the variance of every bin's difference of shares, from how much
// the blocks of a window and phase differ.
func (b *blocked) variances() []float64 {
	out := make([]float64, b.width)
	residual := b.residuals()
	for _, after := range []bool{false, true} {
		rows, blocks := b.size(after)
		if blocks < 2 {
			continue
		}
		correct := float64(blocks) / float64(max(1, blocks-b.phasesOf(after)))
		for i := range b.rows {
			if b.after[i] != after {
				continue
			}
			w := b.rows[i] / rows
			for k, r := range residual[i] {
				out[k] += correct * w * w * r * r
			}
		}
	}
	return out
}

// phasesOf is how many times of day a window has.
func (b *blocked) phasesOf(after bool) int {
	seen := make([]bool, b.phases)
	n := 0
	for i, p := range b.phase {
		if b.after[i] == after && !seen[p] {
			seen[p] = true
			n++
		}
	}
	return n
}

// moments is the mean and the standard deviation of the values of some blocks.
func moments(blocks []Block) (n, mean, sd float64) {
	var sum, squares float64
	for _, b := range blocks {
		n += float64(b.N)
		sum += b.Sum
		squares += b.SumSq
	}
	if n == 0 {
		return 0, 0, 0
	}
	mean = sum / n
	return n, mean, math.Sqrt(max(0, squares/n-mean*mean))
}

// shift is how far a mean moved, in standard deviations of Before: signed, and
// with its standard error.
type shift struct{ size, se float64 }

// beyond is the size with its noise taken off, √max(0, size² - se²), ≥ 0.
func (s shift) beyond() float64 { return math.Sqrt(max(0, s.size*s.size-s.se*s.se)) }

// lo is the 95 % bound of |size| nearest to 0.
func (s shift) lo() float64 { return max(0, math.Abs(s.size)-1.96*s.se) }

// drift is the shift of the mean between the windows, where b holds one sum a
// block, in standard deviations: Before at After's times of day, the standard
// error from how much blocks differ.
func (b *blocked) drift(sd, inflation float64) shift {
	p, q := b.means(b.after)
	n0, _ := b.size(false)
	n1, _ := b.size(true)
	if n0 == 0 || n1 == 0 {
		return shift{}
	}
	variance := max(b.variances()[0], sd*sd*(1/n0+1/n1)) * inflation
	return shift{(q[0] - p[0]) / sd, math.Sqrt(variance) / sd}
}
