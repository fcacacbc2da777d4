package analysis

import (
	"math"

	"andon/analysis/twosample"
)

// The tests of one column. Values are compared among the rows that have one,
// and the share that has none on its own, so that a column filled on one row
// in a hundred is compared like any other.

// testBins compares the distributions of the values, or with nulls the shares
// of rows without one, and returns the distance with its p.
func testBins(p Profile, seed uint64, nulls bool) (separation, float64) {
	width := len(p.Bins)
	if nulls {
		width = 2
	}
	b := newBlocked(p.Before, p.After, width, func(block Block) (float64, []float64) {
		sums := make([]float64, width)
		var rows float64
		for i, s := range block.Bins {
			n := float64(s.Rows)
			switch {
			case nulls:
				sums[side(p.Bins[i].Null)] += n
			case p.Bins[i].Null:
				continue
			default:
				sums[i] += n
			}
			rows += n
		}
		return rows, sums
	})
	n0, _ := b.size(false)
	n1, _ := b.size(true)
	if n0 == 0 || n1 == 0 {
		return separation{}, 1
	}
	inflation := b.decorrelate()
	d := b.divergence(inflation)
	if d.raw == 0 {
		return d, 1
	}
	return d, b.permute(twosample.JSD, inflation, seed)
}

// testMean compares the means of a number: the shift, its p, and both means,
// Before's at After's times of day.
func testMean(p Profile, seed uint64) (shift, float64, [2]float64) {
	_, mean, sd := moments(p.Before)
	if _, _, other := moments(p.After); sd == 0 {
		sd = other
	}
	if sd == 0 {
		// One value throughout each window: the bins tell, a mean has no scale.
		return shift{}, 1, [2]float64{mean, mean}
	}
	b := newBlocked(p.Before, p.After, 1, func(block Block) (float64, []float64) {
		n := float64(block.N)
		return n, []float64{block.Sum - n*mean}
	})
	n0, _ := b.size(false)
	n1, _ := b.size(true)
	if n0 == 0 || n1 == 0 {
		return shift{}, 1, [2]float64{mean, mean}
	}
	inflation := b.decorrelate()
	before, now := b.means(b.after)
	means := [2]float64{mean + before[0], mean + now[0]}
	return b.drift(sd, inflation), b.permute(func(p, q []float64) float64 {
		return (q[0] - p[0]) * (q[0] - p[0])
	}, inflation, seed), means
}

// leastUnseen is the share of unseen values from which they are the news.
const leastUnseen = .02

// unseenShare is the share of After's values that Before never had. The values
// beyond the most frequent ones are taken as seen.
func unseenShare(p Profile) float64 {
	var unseen, all float64
	for i, c := range singleCells(p) {
		if p.Bins[i].Null {
			continue
		}
		all += float64(c.After.Rows)
		if c.Before.Rows == 0 && !p.Bins[i].Other {
			unseen += float64(c.After.Rows)
		}
	}
	if all == 0 {
		return 0
	}
	return unseen / all
}

// unseenByChance is the share of unseen values to expect when nothing changed:
// the share of Before's rows whose value occurs only once there.
// Source: Good 1953, with Turing.
func unseenByChance(p Profile) float64 {
	var once, all float64
	for i, c := range singleCells(p) {
		if p.Bins[i].Null {
			continue
		}
		all += float64(c.Before.Rows)
		if c.Before.Rows == 1 {
			once++
		}
	}
	if all == 0 {
		return 0
	}
	return once / all
}

// nullShares is the share of rows without a value, before and after.
func nullShares(p Profile) [2]float64 {
	var missing, all [2]float64
	for i, c := range singleCells(p) {
		for s, sum := range []Sum{c.Before, c.After} {
			all[s] += float64(sum.Rows)
			if p.Bins[i].Null {
				missing[s] += float64(sum.Rows)
			}
		}
	}
	for s := range missing {
		missing[s] /= max(1, all[s])
	}
	return missing
}

// transport is the earth mover's distance between the windows in standard
// deviations of Before, with its floor taken off. An open bin reaches as far
// as its neighbour is wide.
func transport(p Profile) float64 {
	var a, b, mids []float64
	for i, c := range singleCells(p) {
		if p.Bins[i].Null {
			continue
		}
		a = append(a, float64(c.Before.Rows))
		b = append(b, float64(c.After.Rows))
		mids = append(mids, midOf(p.Bins, i))
	}
	_, _, sd := moments(p.Before)
	if sd == 0 || len(mids) < 2 {
		return 0
	}
	_, _, w1 := twosample.Ordered(a, b, mids)
	floor := twosample.W1Floor(a, b, mids)
	return math.Sqrt(max(0, w1*w1-floor*floor)) / sd
}

func midOf(bins []Bin, i int) float64 {
	lo, hi := bins[i].Lo, bins[i].Hi
	switch {
	case math.IsInf(lo, -1) && math.IsInf(hi, 1):
		return 0
	case math.IsInf(lo, -1):
		if i+1 < len(bins) && !bins[i+1].Null && !math.IsInf(bins[i+1].Hi, 1) {
			return hi - (bins[i+1].Hi-bins[i+1].Lo)/2
		}
		return hi
	case math.IsInf(hi, 1):
		if i > 0 && !math.IsInf(bins[i-1].Lo, -1) {
			return lo + (bins[i-1].Hi-bins[i-1].Lo)/2
		}
		return lo
	}
	return lo + (hi-lo)/2
}
