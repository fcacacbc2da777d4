package analysis

import (
	"context"
	"fmt"
	"math"
)

// Quality without labels, from how sure the model says it is:
//
//	reference (labelled)                 production (no labels yet)
//	confidence │ right                   confidence │ rows
//	  0.9-0.92 │ 88 %   ──── g(b) ────▶    0.9-0.92 │ 120  ─▶ 120·0.88 right
//
// g is ascending: more confidence never means less quality. It sees what makes
// the model unsure; it is blind to a world whose truth changed and to labels
// that are wrong. Source: CBPE, methods of NannyML.

// ConfidenceBins is the number of equal bins of confidence from 0 to 1.
const ConfidenceBins = 50

// When an estimate is not to be trusted.
const (
	trustKnown  = 100  // labelled rows of the reference, at least
	trustError  = 0.05 // calibration error on held-out rows, at most
	trustUnseen = 0.2  // share of production in bins the reference never had, at most
)

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

// Estimate is quality expected without labels, and whether to believe it.
type Estimate struct {
	Accuracy    float64  // CBPE
	Shift       float64  // difference of confidence: reference accuracy − fall of mean confidence
	Interval    Interval // 95 % by counting, widened to hold Shift
	Calibration float64  // error of the calibration on held-out reference rows
	Unseen      float64  // share of rows in bins the reference never had
	Rows        int      // rows estimated
	Trusted     bool
	Warnings    []string
}

// Estimate is the quality expected in a window from a labelled reference, over
// the rows of where. A log without varying confidence, or windows without rows
// to learn from or to estimate, give an Estimate that is not trusted and says
// why. Cost: one pass.
func (t *Table) Estimate(ctx context.Context, reference, production Window, where Where) (Estimate, error) {
	if err := ctx.Err(); err != nil {
		return Estimate{}, err
	}
	mask, err := t.Match(where)
	if err != nil {
		return Estimate{}, fmt.Errorf("estimate quality: %w", err)
	}
	scores := t.Role(RoleConfidence)
	if scores == nil || scores.Type != Number {
		return Estimate{Warnings: []string{"no confidence is logged: quality without labels cannot be estimated"}}, nil
	}
	confidence, warnings := topConfidence(scores.Numbers, t.Role(RolePrediction))
	if confidence == nil {
		return Estimate{Warnings: warnings}, nil
	}
	halves, rows := t.gather(confidence, mask, reference, production)
	e := estimate(halves, rows)
	e.Warnings = append(warnings, e.Warnings...)
	return e, nil
}

// gather counts the reference's known rows in two calibrations, every other
// row in turn, and the production window's rows per bin.
func (t *Table) gather(confidence []float64, mask Mask, reference, production Window) (halves [2]Calibration, rows [ConfidenceBins]float64) {
	turn := 0
	t.eachIn(mask, Windows{reference, production}, func(i int, isProduction bool) {
		p, q := confidence[i], t.quality[i]
		if p != p {
			return
		}
		b := halves[0].Bin(p)
		switch {
		case isProduction:
			rows[b]++
		case q == q && t.measure.Realised() && t.measure.Scale == Proportion:
			halves[turn].Rows[b]++
			halves[turn].Right[b] += q
			turn = 1 - turn
		}
	})
	halves[0].fit()
	halves[1].fit()
	return halves, rows
}

// estimate puts the two halves of a reference and a production window's bins
// together.
func estimate(halves [2]Calibration, rows [ConfidenceBins]float64) Estimate {
	var whole Calibration
	var known, right, confidence float64
	for b := range whole.Rows {
		whole.Rows[b] = halves[0].Rows[b] + halves[1].Rows[b]
		whole.Right[b] = halves[0].Right[b] + halves[1].Right[b]
		known += whole.Rows[b]
		right += whole.Right[b]
		confidence += whole.Rows[b] * middle(b)
	}
	whole.fit()
	var all, unseen, now float64
	for b, n := range rows {
		all += n
		now += n * middle(b)
		if whole.Rows[b] == 0 {
			unseen += n
		}
	}
	e := Estimate{Rows: int(all)}
	if known == 0 || all == 0 {
		e.Warnings = []string{"no labelled rows to learn from, or none to estimate"}
		return e
	}
	e.Calibration = (halves[0].Error(halves[1]) + halves[1].Error(halves[0])) / 2
	e.Unseen = unseen / all
	e.Accuracy = whole.Expect(rows)
	e.Shift = max(0, min(1, right/known-(confidence/known-now/all)))
	half := z95 * math.Sqrt(right/known*(1-right/known)*(1/known+1/all))
	e.Interval = Interval{max(0, min(e.Accuracy-half, e.Shift)), min(1, max(e.Accuracy+half, e.Shift))}
	e.trust(known)
	return e
}

// middle is the confidence in the middle of a bin.
func middle(bin int) float64 { return (float64(bin) + 0.5) / ConfidenceBins }

// trust sets Trusted and says why not.
func (e *Estimate) trust(known float64) {
	if known < trustKnown {
		e.Warnings = append(e.Warnings, fmt.Sprintf("only %.0f labelled rows to learn from", known))
	}
	if !(e.Calibration <= trustError) {
		e.Warnings = append(e.Warnings, fmt.Sprintf("confidence is off by %.0f points on held-out rows", 100*e.Calibration))
	}
	if e.Unseen > trustUnseen {
		e.Warnings = append(e.Warnings, fmt.Sprintf("%.0f %% of the rows have a confidence the labelled ones never had", 100*e.Unseen))
	}
	e.Trusted = len(e.Warnings) == 0
}
