package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// Quality without labels, from what the model itself betrays, by methods
// that err in different ways:
//
//	reference (labelled)  ──▶  calibrated sureness of each row     Accuracy, Plain
//	                           fall of mean sureness               Shift
//	                           rows surer than the right ones      Threshold
//	                           mix of classes by the confusion     Classes
//	                                        │
//	production (no labels) ────────────────▶┘ their spread is the uncertainty
//
// All of them see what makes the model unsure, and are blind to a world whose
// truth changed and to labels that are wrong. Source: methods 5; CBPE and DoC,
// methods of NannyML; ATC, Garg 2022; BBSE, Lipton 2018.

// BlindSpot is what no estimate without labels can see, for whoever reads one.
const BlindSpot = "no estimate without labels sees a changed truth (a new rule, a new kind of fault the model is sure about) or wrong labels: label some rows to know"

// When an estimate is not to be trusted.
const (
	trustKnown  = 100  // labelled rows of the reference, at least
	trustError  = 0.05 // calibration error on held-out rows, at most
	trustUnseen = 0.2  // share of production with inputs the reference never had, at most
	trustSpread = 0.15 // between Accuracy and Shift, at most
)

// Estimate is quality expected without labels, and whether to believe it. A
// method that could not be asked is NaN.
type Estimate struct {
	From        string   // "confidence", or "votes": the share of members that agree with the answer
	Accuracy    float64  // sureness, calibrated by layers of strangeness; the one to quote
	Plain       float64  // sureness, calibrated once for all rows
	Shift       float64  // reference accuracy − fall of mean sureness
	Threshold   float64  // share of rows surer than the reference's right ones
	Classes     float64  // by the answers' mix and the reference's confusion
	Interval    Interval // 95 % by counting, widened to hold Plain, Shift and Threshold, down by Unseen, which may all be wrong
	Calibration float64  // error of the calibration on held-out reference rows
	Unseen      float64  // share of rows with an input or a sureness the reference never had
	UnseenIn    string   // the column that tells most of them
	Realised    Sum      // the production rows whose labels have come
	Known       int      // labelled rows learned from
	Rows        int      // rows estimated
	Trusted     bool
	Warnings    []string

	counting float64 // half the width of the interval by counting alone
}

// Estimate is the quality expected in a window from a labelled reference, over
// the rows of where. It reads confidence, or without a usable one the votes. A
// log with neither, or windows without rows to learn from or to estimate, give
// an Estimate that is not trusted and says why. Cost: a few passes, and two
// over each input column for at most 20,000 rows a window.
func (t *Table) Estimate(ctx context.Context, reference, production Window, where Where) (Estimate, error) {
	if err := ctx.Err(); err != nil {
		return Estimate{}, err
	}
	mask, err := t.Match(where)
	if err != nil {
		return Estimate{}, fmt.Errorf("estimate quality: %w", err)
	}
	nothing := Estimate{Accuracy: math.NaN(), Plain: math.NaN(), Shift: math.NaN(), Threshold: math.NaN(), Classes: math.NaN(), Interval: Interval{0, 1}}
	if t.measure.Scale != Proportion {
		nothing.Warnings = []string{"quality is an amount here, not right or wrong: nothing logged tells it without labels"}
		return nothing, nil
	}
	sureness, from, warnings := t.sureness()
	if sureness == nil {
		nothing.Warnings = append(warnings, "nothing logged tells how sure the model was: quality without labels cannot be estimated")
		return nothing, nil
	}
	w := Windows{reference, production}
	r := t.read(sureness, mask, w)
	if len(r.reference) == 0 || len(r.production) == 0 {
		nothing.Warnings = append(warnings, "no labelled rows to learn from, or none to estimate")
		return nothing, nil
	}
	e := r.estimate()
	if layered, ok := t.layered(sureness, r); ok {
		e.quote(layered)
	}
	e.From, e.Known, e.Classes = from, len(r.reference), t.byClasses(mask, w)
	inputs, column := t.unseen(t.sampled(r.reference), t.sampled(r.production))
	if inputs >= e.Unseen {
		e.Unseen, e.UnseenIn = inputs, column
	} else {
		e.UnseenIn = from
	}
	e.Interval.Lo = max(0, e.Interval.Lo-e.Unseen)
	e.trust()
	e.Warnings = append(warnings, e.Warnings...)
	return e, nil
}

// sureness is how sure of each answer the model seems, 0 to 1, and where that
// was read; nil where nothing tells.
func (t *Table) sureness() (values []float64, from string, warnings []string) {
	if c := t.Role(RoleConfidence); c != nil && c.Type == Number {
		values, warnings = topConfidence(c.Numbers, t.Role(RolePrediction))
		if values != nil {
			return values, "confidence", warnings
		}
	}
	if values = t.agreement(); values != nil {
		return values, "votes", append(warnings, "sureness is the share of members that agree with the answer")
	}
	return nil, "", warnings
}

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
	t.eachIn(mask, w, func(i int, isProduction bool) {
		p, q := sureness[i], t.quality[i]
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
		counting:    z95 * math.Sqrt(accuracy*(1-accuracy)*(1/known+1/all)),
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

// trust sets Trusted and says why not.
func (e *Estimate) trust() {
	distrust := func(format string, args ...any) {
		e.Warnings = append(e.Warnings, fmt.Sprintf(format, args...))
	}
	if e.Known < trustKnown {
		distrust("only %d labelled rows to learn from", e.Known)
	}
	if !(e.Calibration <= trustError) {
		distrust("%s is off by %.0f points on held-out rows", e.From, 100*e.Calibration)
	}
	if e.Unseen > trustUnseen {
		distrust("%.0f %% of the rows have a %s that the labelled ones never had: what the model is worth there is unknown", 100*e.Unseen, e.UnseenIn)
	}
	if apart := math.Abs(e.Accuracy - e.Shift); apart > trustSpread {
		distrust("two ways to estimate are %.0f points apart", 100*apart)
	}
	if e.blind() {
		distrust("the %d rows labelled since are right in %.0f %% of cases, not %.0f %%: this fault does not show in %s",
			e.Realised.Known, 100*e.Realised.Mean(), 100*e.Accuracy, e.From)
	}
	e.Trusted = len(e.Warnings) == 0
}

// blind reports whether labels that came since contradict the estimate beyond
// chance and by more than a calibration may be off.
func (e *Estimate) blind() bool {
	if e.Realised.Known == 0 {
		return false
	}
	i := Wilson(e.Realised.Good, float64(e.Realised.Known))
	return e.Accuracy > i.Hi+trustError || e.Accuracy < i.Lo-trustError
}
