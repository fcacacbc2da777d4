package analysis

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"andon/analysis/analysistest"

	"pgregory.net/rapid"
)

// Oracle: sklearn IsotonicRegression.
func TestIsotonic(t *testing.T) {
	type regression struct {
		Y   []float64 `json:"y"`
		W   []float64 `json:"w"`
		Fit []float64 `json:"fit"`
	}
	for _, c := range analysistest.Oracle[regression](t, "isotonic.json") {
		for i, got := range Isotonic(c.Y, c.W) {
			analysistest.Near(t, "fit", got, c.Fit[i], 1e-9)
		}
	}
}

func TestIsotonicAscends(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOf(rapid.Float64Range(-10, 10)).Draw(t, "y")
		w := make([]float64, len(y))
		var want, got float64
		for i := range w {
			w[i] = rapid.Float64Range(0.1, 5).Draw(t, "w")
			want += w[i] * y[i]
		}
		fit := Isotonic(y, w)
		for i, v := range fit {
			got += w[i] * v
			if i > 0 && v < fit[i-1] {
				t.Fatalf("%v falls", fit)
			}
		}
		if len(fit) != len(y) || got-want > 1e-9 || want-got > 1e-9 {
			t.Fatalf("fit %v of %v moves the mean", fit, y)
		}
	})
}

// labelFree is what numpy and scikit-learn make of one labelled and one
// unlabelled sample of scores of the positive class. Its histograms hold the
// scores in 50 bins; doc and atc_mc were worked out from the scores themselves.
type labelFree struct {
	Val        []float64 `json:"hist_val"`
	Pos        []float64 `json:"hist_val_pos"`
	Target     []float64 `json:"hist_target"`
	Calibrated []float64 `json:"calibrated"`
	CBPE       struct {
		TP, FP   float64
		Accuracy float64 `json:"accuracy"`
	} `json:"cbpe"`
	Source float64 `json:"source_accuracy"`
	DoC    float64 `json:"doc"`
	ATC    float64 `json:"atc_mc"`
	BBSE   struct {
		C      [][]float64
		Mu     []float64 `json:"mu"`
		Target float64   `json:"target_pos_rate"`
	} `json:"bbse"`
}

// Oracle: CBPE from the same 50 bins in numpy. A score of the positive class
// stands for either answer, so the accuracy is that of the calibrated
// probability above one half and of its complement below.
func TestCalibration(t *testing.T) {
	want := analysistest.Decode[labelFree](t, "oracles", "label_free.json")
	c := Calibration{Rows: [ConfidenceBins]float64(want.Val), Right: [ConfidenceBins]float64(want.Pos)}
	c.fit()
	var above, below [ConfidenceBins]float64
	var positive, negative float64
	for b, n := range want.Target {
		analysistest.Near(t, "calibrated rate", c.Rate[b], want.Calibrated[b], 1e-9)
		if b >= ConfidenceBins/2 {
			above[b], positive = n, positive+n
		} else {
			below[b], negative = n, negative+n
		}
	}
	analysistest.Near(t, "TP", c.Expect(above)*positive, want.CBPE.TP, 1e-9)
	analysistest.Near(t, "FP", (1-c.Expect(above))*positive, want.CBPE.FP, 1e-9)
	accuracy := (c.Expect(above)*positive + (1-c.Expect(below))*negative) / (positive + negative)
	analysistest.Near(t, "accuracy", accuracy, want.CBPE.Accuracy, 1e-9)
}

// Oracle: difference of confidence and average thresholded confidence from the
// unbinned scores; binning may move a mean by half a bin at most, and a share
// by what one bin holds.
func TestSurenessOfTheAnswer(t *testing.T) {
	want := analysistest.Decode[labelFree](t, "oracles", "label_free.json")
	var r reading
	fill := func(side int, rows []float64, right func(b int) float64) {
		n := 0.0
		for b, rows := range rows {
			sure, good := b, right(b)
			if b < ConfidenceBins/2 { // the other class's score
				sure, good = ConfidenceBins-1-b, rows-right(b)
			}
			if side == 0 {
				r.halves[0].Rows[sure] += rows
				r.halves[0].Right[sure] += good
			} else {
				r.rows[sure] += rows
			}
			r.mean[side] += rows * (float64(sure) + .5) / ConfidenceBins
			n += rows
		}
		r.mean[side] /= n
	}
	fill(0, want.Val, func(b int) float64 { return want.Pos[b] })
	fill(1, want.Target, func(int) float64 { return 0 })
	e := r.estimate()
	known, right := r.halves[0].known()
	analysistest.Near(t, "accuracy of the reference", right/known, want.Source, 1e-9)
	if math.Abs(e.Shift-want.DoC) > .5/ConfidenceBins {
		t.Errorf("difference of confidence %.4f, unbinned %.4f", e.Shift, want.DoC)
	}
	if bin := slices.Max(r.rows[:]) / total(r.rows[:]); math.Abs(e.Threshold-want.ATC) > min(bin, .01) {
		t.Errorf("thresholded confidence %.4f, unbinned %.4f", e.Threshold, want.ATC)
	}
}

// Oracle: black box shift estimation in numpy.
func TestConfusionShifted(t *testing.T) {
	want := analysistest.Decode[labelFree](t, "oracles", "label_free.json")
	shares, accuracy, ok := Confusion{want.BBSE.C}.Shifted(want.BBSE.Mu)
	if !ok {
		t.Fatal("the confusion was not inverted")
	}
	analysistest.Near(t, "share of the positive class", shares[1], want.BBSE.Target, 1e-9)
	recall := func(j int) float64 { return want.BBSE.C[j][j] / (want.BBSE.C[0][j] + want.BBSE.C[1][j]) }
	analysistest.Near(t, "accuracy", accuracy, shares[0]*recall(0)+shares[1]*recall(1), 1e-12)
	for _, c := range []struct {
		name string
		rows [][]float64
	}{{"nothing", nil}, {"one class", [][]float64{{5}}}, {"no rows", [][]float64{{0, 0}, {0, 0}}}, {"answers that tell nothing", [][]float64{{5, 5}, {5, 5}}}} {
		if _, v, ok := (Confusion{c.rows}).Shifted([]float64{1, 1}[:len(c.rows)]); ok || v == v {
			t.Errorf("%s: accuracy %v", c.name, v)
		}
	}
}

// sureness draws a day of labelled reference and a day of unlabelled
// production whose confidence is drawn from other ends of the range.
func sureness(t testing.TB, honest bool, lo, hi float64) *Table {
	random := rand.New(rand.NewPCG(1, 3))
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	confidence := NewBuilder(Field{Name: "confidence", Role: RoleConfidence, Type: Number})
	correct := NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number})
	for i := range 8000 {
		p := .6 + .4*random.Float64()
		if i >= 4000 {
			p = lo + (hi-lo)*random.Float64()
		}
		clock.Time(monday.Add(time.Duration(i) * 21 * time.Second).UnixNano())
		confidence.Number(p)
		chance := p
		if !honest {
			chance = .5 + .4*float64(i/100%2)
		}
		switch {
		case i >= 4000:
			correct.Null()
		case random.Float64() < chance:
			correct.Number(1)
		default:
			correct.Number(0)
		}
	}
	return tableOf(t, clock.Column(), confidence.Column(), correct.Column())
}

func TestEstimate(t *testing.T) {
	half := monday.Add(4000 * 21 * time.Second)
	reference, production := Window{monday, half}, Window{half, half.Add(oneDay)}
	for _, c := range []struct {
		name    string
		lo, hi  float64
		trusted bool
		want    float64
	}{
		{"as sure as before", .6, 1, true, .8},
		{"less sure", .6, .8, true, .7},
		{"never seen", .2, .5, false, .56},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := sureness(t, true, c.lo, c.hi).Estimate(context.Background(), reference, production, nil)
			if err != nil {
				t.Fatal(err)
			}
			if e.Trusted != c.trusted || e.Accuracy < c.want-.03 || e.Accuracy > c.want+.03 || e.Rows != 4000 {
				t.Errorf("%+v, want accuracy %v, trusted %v", e, c.want, c.trusted)
			}
			if e.Interval.Lo > e.Accuracy || e.Interval.Hi < e.Accuracy {
				t.Errorf("interval %v misses %v", e.Interval, e.Accuracy)
			}
		})
	}
	e, err := sureness(t, false, .6, 1).Estimate(context.Background(), reference, production, nil)
	if err != nil || e.Accuracy < .67 || e.Accuracy > .73 {
		t.Errorf("confidence that says nothing: %+v, %v; want the mean, .7", e, err)
	}
	e, err = sureness(t, true, .6, 1).Estimate(context.Background(), production, production, nil)
	if err != nil || e.Trusted || len(e.Warnings) == 0 {
		t.Errorf("without labels: %+v, %v", e, err)
	}
}
