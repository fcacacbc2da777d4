package analysis

import (
	"cmp"
	"math"
	"slices"
)

// reading is a sureness read against the truth: two halves of the reference to
// learn from, and the production window's rows per bin.
type reading struct {
	halves     [2]Calibration
	rows       [ConfidenceBins]float64
	mean       [2]float64 // of the sureness, reference and production
	reference  []int      // rows of known quality
	production []int
	realised   Sum
}

// read counts the reference's known rows in two calibrations, every other row
// in turn, and the production window's rows per bin.
func (t *Table) read(sureness []float64, mask Mask, w Windows) reading {
	var r reading
	quality := t.Quality()
	t.eachIn(mask, w, func(i int, isProduction bool) {
		p, q := sureness[i], quality[i]
		if p != p {
			return
		}
		known := q == q && t.measure.Realised()
		b := r.halves[0].Bin(p)
		switch {
		case isProduction:
			r.rows[b]++
			r.mean[1] += p
			r.production = append(r.production, i)
			if known {
				t.count(&r.realised, i)
			}
		case known:
			half := &r.halves[len(r.reference)%2]
			half.Rows[b]++
			half.Right[b] += q
			r.mean[0] += p
			r.reference = append(r.reference, i)
		}
	})
	r.halves[0].fit()
	r.halves[1].fit()
	r.mean[0] /= float64(max(1, len(r.reference)))
	r.mean[1] /= float64(max(1, len(r.production)))
	return r
}

// estimate puts the two halves of a reference and a production window's bins
// together; neither is empty.
func (r reading) estimate() Estimate {
	whole := r.halves[0].joined(r.halves[1])
	known, right := whole.known()
	all := total(r.rows[:])
	unseen := 0.0
	for b, n := range r.rows {
		if whole.Rows[b] == 0 {
			unseen += n
		}
	}
	accuracy := right / known
	e := Estimate{
		Rows:        int(all),
		Plain:       whole.Expect(r.rows),
		Shift:       max(0, min(1, accuracy-(r.mean[0]-r.mean[1]))),
		Threshold:   whole.Exceed(r.rows),
		Classes:     math.NaN(),
		Calibration: (r.halves[0].Error(r.halves[1]) + r.halves[1].Error(r.halves[0])) / 2,
		Unseen:      unseen / all,
		Realised:    r.realised,
		counting:    Z95 * math.Sqrt(accuracy*(1-accuracy)*(1/known+1/all)),
	}
	e.quote(e.Plain)
	return e
}

// quote sets Accuracy and the interval that holds the other methods too.
func (e *Estimate) quote(accuracy float64) {
	e.Accuracy = accuracy
	e.Interval = Interval{
		max(0, min(accuracy-e.counting, e.Plain, e.Shift, e.Threshold)),
		min(1, max(accuracy+e.counting, e.Plain, e.Shift, e.Threshold)),
	}
}

// sampled are at most maxSample of the rows, evenly taken, in time order.
func (t *Table) sampled(rows []int) []int {
	stride := (len(rows) + maxSample - 1) / maxSample
	var out []int
	for i := 0; i < len(rows); i += max(1, stride) {
		out = append(out, rows[i])
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(t.times[a], t.times[b]) })
	return out
}
