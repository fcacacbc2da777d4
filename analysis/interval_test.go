package analysis

import (
	"math"
	"testing"

	"andon/analysis/analysistest"

	"pgregory.net/rapid"
)

// Oracle: statsmodels, with Wilson and Newcombe of the errors.
func TestIntervalsOfShares(t *testing.T) {
	type proportions struct {
		Err0     float64    `json:"err0"`
		N0       float64    `json:"n0"`
		Err1     float64    `json:"err1"`
		N1       float64    `json:"n1"`
		Wilson0  [2]float64 `json:"wilson0"`
		Wilson1  [2]float64 `json:"wilson1"`
		Newcombe [2]float64 `json:"newcombe_diff_ci95"`
	}
	for _, c := range analysistest.Oracle[proportions](t, "two_proportions.json") {
		w0, w1 := Wilson(c.Err0, c.N0), Wilson(c.Err1, c.N1)
		analysistest.Near(t, "wilson before, lower", w0.Lo, c.Wilson0[0], 1e-9)
		analysistest.Near(t, "wilson before, upper", w0.Hi, c.Wilson0[1], 1e-9)
		analysistest.Near(t, "wilson after, lower", w1.Lo, c.Wilson1[0], 1e-9)
		analysistest.Near(t, "wilson after, upper", w1.Hi, c.Wilson1[1], 1e-9)
		d := Newcombe(c.Err0, c.N0, c.Err1, c.N1)
		analysistest.Near(t, "newcombe lower", d.Lo, c.Newcombe[0], 1e-9)
		analysistest.Near(t, "newcombe upper", d.Hi, c.Newcombe[1], 1e-9)
	}
}

// sumOfAmounts adds amounts up.
func sumOfAmounts(values ...float64) Sum {
	var s Sum
	for _, v := range values {
		s = s.Add(Sum{1, 1, v, v * v})
	}
	return s
}

// Oracle: scipy.stats.t and Welch's formula.
func TestMeanDifference(t *testing.T) {
	before := sumOfAmounts(3.35, 3.82, 3.33, 1.7, 3.91, 3.45, 2.46, 3.58, 3.36, 3.29, 3.03, 3.55)
	after := sumOfAmounts(2.16, 3.59, 2.79, 5.5, 4.1, 3.27, 2.05)
	got := MeanDifference(before, after)
	analysistest.Near(t, "lower", got.Lo, -1.0120060500821775, 1e-9)
	analysistest.Near(t, "upper", got.Hi, 1.2431965262726536, 1e-9)
	if one := MeanDifference(before, sumOfAmounts(2)); !math.IsInf(one.Lo, -1) || !math.IsInf(one.Hi, 1) {
		t.Errorf("one row after gives %v, want no bounds", one)
	}
	if same := MeanDifference(sumOfAmounts(1, 1), sumOfAmounts(3, 3)); same != (Interval{2, 2}) {
		t.Errorf("without variance: %v, want exactly 2", same)
	}
}

func TestIntervalsHoldTheirEstimate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n0, n1 := rapid.IntRange(1, 500).Draw(t, "n0"), rapid.IntRange(1, 500).Draw(t, "n1")
		k0, k1 := rapid.IntRange(0, n0).Draw(t, "k0"), rapid.IntRange(0, n1).Draw(t, "k1")
		d := Newcombe(float64(k0), float64(n0), float64(k1), float64(n1))
		delta := float64(k1)/float64(n1) - float64(k0)/float64(n0)
		if d.Lo > delta+1e-12 || d.Hi < delta-1e-12 || d.Lo < -1-1e-12 || d.Hi > 1+1e-12 {
			t.Fatalf("%v does not hold %v within -1..1", d, delta)
		}
		back := Newcombe(float64(k1), float64(n1), float64(k0), float64(n0))
		if math.Abs(back.Lo+d.Hi) > 1e-12 || math.Abs(back.Hi+d.Lo) > 1e-12 {
			t.Fatalf("the windows exchanged give %v, not the mirror of %v", back, d)
		}
	})
}

func TestCompareQuality(t *testing.T) {
	before, after := Sum{100, 50, 45, 45}, Sum{80, 40, 20, 20}
	realised := CompareQuality(Measure{Metric: Accuracy, Labelled: 90}, before, after)
	if realised.Delta != -0.4 || realised.Labelled != [2]int{50, 40} || realised.Loss() != 0.4 {
		t.Errorf("realised %+v", realised)
	}
	estimated := CompareQuality(Measure{Metric: EstimatedAccuracy}, before, after)
	if estimated.Labelled != [2]int{} {
		t.Errorf("an estimate has labels: %v", estimated.Labelled)
	}
	amount := CompareQuality(Measure{Metric: MAE, Scale: Amount, LowerBetter: true, Labelled: 1}, sumOfAmounts(1, 2, 3), sumOfAmounts(4, 5, 6))
	if amount.Loss() != 3 || amount.Interval.Lo > 3 || amount.Interval.Hi < 3 {
		t.Errorf("amounts %+v", amount)
	}
}
