package analysis

import "math"

// What is a confidence worth? Where labels are known, it can be counted:
//
//	reference (labelled)                 production (no labels yet)
//	confidence │ right                   confidence │ rows
//	  0.9-0.92 │ 88 %   ──── g(b) ────▶    0.9-0.92 │ 120  ─▶ 120·0.88 right
//
// g is ascending: more confidence never means less quality.

// ConfidenceBins is the number of equal bins of confidence from 0 to 1.
const ConfidenceBins = 50

// Calibration is what confidence was worth in a labelled reference: per bin the
// rows, the right ones, and Rate, the share right that is expected of a row in
// it.
type Calibration struct {
	Rows, Right, Rate [ConfidenceBins]float64
}

// Bin is the bin of a confidence, clamped to 0..1.
func (Calibration) Bin(confidence float64) int {
	return max(0, min(ConfidenceBins-1, int(confidence*ConfidenceBins)))
}

// Calibrate learns what confidence is worth from rows whose quality (1 right, 0
// wrong) is known; a NaN in either leaves the row out. Rate is the isotonic fit
// over the bins with rows, and between them that of the bin below.
func Calibrate(confidence, quality []float64) Calibration {
	var c Calibration
	for i, p := range confidence {
		if p == p && quality[i] == quality[i] {
			b := c.Bin(p)
			c.Rows[b]++
			c.Right[b] += quality[i]
		}
	}
	c.fit()
	return c
}

// CalibrateBins is Calibrate of rows that were counted elsewhere; enough is
// false for fewer than mean something.
func CalibrateBins(rows, right [ConfidenceBins]float64) (c Calibration, enough bool) {
	c = Calibration{Rows: rows, Right: right}
	c.fit()
	known, _ := c.known()
	return c, known >= leastExpected
}

// fit sets Rate from Rows and Right.
func (c *Calibration) fit() {
	var y, w []float64
	for b, n := range c.Rows {
		if n > 0 {
			y, w = append(y, c.Right[b]/n), append(w, n)
		}
	}
	fitted := Isotonic(y, w)
	if len(fitted) == 0 {
		return
	}
	level, next := fitted[0], 0
	for b, n := range c.Rows {
		if n > 0 {
			level, next = fitted[next], next+1
		}
		c.Rate[b] = level
	}
}

// joined is the calibration learned from the rows of both.
func (c Calibration) joined(o Calibration) Calibration {
	for b := range c.Rows {
		c.Rows[b] += o.Rows[b]
		c.Right[b] += o.Right[b]
	}
	c.fit()
	return c
}

// known counts the rows learned from and the right ones among them.
func (c Calibration) known() (rows, right float64) { return total(c.Rows[:]), total(c.Right[:]) }

// Expect is the share right expected of rows spread over the bins as in rows,
// Σ rows·Rate / Σ rows; NaN for none.
func (c Calibration) Expect(rows [ConfidenceBins]float64) float64 {
	var right, all float64
	for b, n := range rows {
		right += n * c.Rate[b]
		all += n
	}
	return right / all
}

// Exceed is the share of rows whose confidence lies above that of the most
// confident share of the reference that is as large as its share right; inside
// a bin rows count as spread evenly. NaN for none.
//
// Source: average thresholded confidence, Garg and others 2022.
func (c Calibration) Exceed(rows [ConfidenceBins]float64) float64 {
	known, right := c.known()
	left := known - right // reference rows below the threshold
	above := 0.0
	for b, n := range rows {
		switch {
		case left <= 0:
			above += n
		case left < c.Rows[b]:
			above += n * (1 - left/c.Rows[b])
		}
		left -= c.Rows[b]
	}
	return above / total(rows[:])
}

// Error is the expected calibration error of c on other rows, whose Rows and
// Right are o's, in tenths g of the range,
//
//	Σ n·|share right − Rate| / Σ n
//
// less what counting alone makes of it, Σ n·√(2/π·p(1−p)/n) / Σ n, and at least
// 0; NaN for no rows.
func (c Calibration) Error(o Calibration) float64 {
	var off, noise, all float64
	for g := 0; g < ConfidenceBins; g += ConfidenceBins / 10 {
		var n, right, expected float64
		for b := g; b < g+ConfidenceBins/10; b++ {
			n += o.Rows[b]
			right += o.Right[b]
			expected += o.Rows[b] * c.Rate[b]
		}
		if n > 0 {
			p := expected / n
			off += math.Abs(right - expected)
			noise += math.Sqrt(2 / math.Pi * p * (1 - p) * n)
			all += n
		}
	}
	return max(0, off-noise) / all
}
