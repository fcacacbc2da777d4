package analysis

import (
	"context"
	"fmt"
	"math"
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
	if t.measure.Scale != Proportion {
		return noEstimate("quality is an amount here, not right or wrong: nothing logged tells it without labels"), nil
	}
	sureness, from, warnings := t.sureness()
	if sureness == nil {
		return noEstimate(append(warnings, "nothing logged tells how sure the model was: quality without labels cannot be estimated")...), nil
	}
	w := Windows{reference, production}
	r := t.read(sureness, mask, w)
	if len(r.reference) == 0 || len(r.production) == 0 {
		return noEstimate(append(warnings, "no labelled rows to learn from, or none to estimate")...), nil
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

// noEstimate is where nothing could be asked, and why.
func noEstimate(why ...string) Estimate {
	nan := math.NaN()
	return Estimate{Accuracy: nan, Plain: nan, Shift: nan, Threshold: nan, Classes: nan, Interval: Interval{0, 1}, Warnings: why}
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
