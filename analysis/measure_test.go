package analysis

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestMeasure(t *testing.T) {
	nan := math.NaN()
	many := make([]float64, 101)
	for i := range many {
		many[i] = float64(i)
	}
	for _, c := range []struct {
		name    string
		columns []Column
		metric  string
		quality []float64 // of the first rows
		warning string
	}{
		{"classes", []Column{textColumn("p", RolePrediction, "ok", "nok", "ok", ""), textColumn("l", RoleLabel, "ok", "ok", "", "ok")},
			Accuracy, []float64{1, 0, nan, nan}, ""},
		{"canonical classes", []Column{textColumn("p", RolePrediction, "3", "3.0", "2"), numberColumn("l", RoleLabel, 3, 3, 3)},
			Accuracy, []float64{1, 1, 0}, ""},
		{"right or wrong", []Column{textColumn("c", RoleCorrect, "true", "False", "", "maybe")},
			Accuracy, []float64{1, 0, nan, nan}, ""},
		{"right or wrong as numbers", []Column{numberColumn("c", RoleCorrect, 1, 0, nan, 7)},
			Accuracy, []float64{1, 0, nan, nan}, ""},
		{"right or wrong, else label", []Column{textColumn("c", RoleCorrect, "false", ""), textColumn("p", RolePrediction, "a", "a"), textColumn("l", RoleLabel, "a", "a")},
			Accuracy, []float64{0, 1}, ""},
		{"fractions", []Column{numberColumn("p", RolePrediction, 1.5, 2, nan), numberColumn("l", RoleLabel, 1, 4, 1)},
			MAE, []float64{0.5, 2, nan}, ""},
		{"many numbers", []Column{numberColumn("p", RolePrediction, many...), numberColumn("l", RoleLabel, many...)},
			MAE, []float64{0, 0}, ""},
		{"number texts", []Column{textColumn("p", RolePrediction, "1.5", "2"), textColumn("l", RoleLabel, "1", "")},
			MAE, []float64{0.5, nan}, ""},
		{"failure is wrong", []Column{textColumn("p", RolePrediction, "a", "a", "a", ""), textColumn("l", RoleLabel, "a", "a", "", "a"), textColumn("s", RoleStatus, "ok", "timeout", "error", "504")},
			Accuracy, []float64{1, 0, nan, 0}, "2 labelled rows failed"},
		{"confidence", []Column{numberColumn("c", RoleConfidence, 0.5, 1, nan)},
			EstimatedAccuracy, []float64{0.5, 1, nan}, "estimated from confidence"},
		{"percent", []Column{numberColumn("c", RoleConfidence, 50, 100)},
			EstimatedAccuracy, []float64{0.5, 1}, "percent"},
		{"one class's score", []Column{numberColumn("c", RoleConfidence, 0.1, 0.9, 0.2), textColumn("p", RolePrediction, "ok", "nok", "ok")},
			EstimatedAccuracy, []float64{0.9, 0.9, 0.8}, "one class of two"},
		{"constant confidence", []Column{numberColumn("c", RoleConfidence, 0.9, 0.9)},
			"", []float64{nan, nan}, "always 0.9"},
		{"no probability", []Column{numberColumn("c", RoleConfidence, -4, 3)},
			"", []float64{nan, nan}, "no probability"},
		{"votes", []Column{textColumn("p", RolePrediction, "a", "a", "b", ""), textColumn("vote_x", RoleVote, "a", "b", "b", "a"), textColumn("vote_y", RoleVote, "a", "a", "", "a")},
			EstimatedAccuracy, []float64{1, 0.5, nan, nan}, "how many members agree"},
		{"votes alone", []Column{textColumn("vote_x", RoleVote, "a", "b"), textColumn("vote_y", RoleVote, "a", "a"), textColumn("vote_z", RoleVote, "a", "a")},
			EstimatedAccuracy, []float64{1, 2. / 3}, "how many members agree"},
		{"votes and confidence", []Column{numberColumn("c", RoleConfidence, 0.8, 0.6, nan), textColumn("p", RolePrediction, "a", "a", "a"), textColumn("vote_x", RoleVote, "a", "b", "a"), textColumn("vote_y", RoleVote, "a", "a", "a")},
			EstimatedAccuracy, []float64{0.9, 0.55, 1}, "confidence and from how many members"},
		{"votes and constant confidence", []Column{numberColumn("c", RoleConfidence, 0.9, 0.9), textColumn("p", RolePrediction, "a", "a"), textColumn("vote_x", RoleVote, "a", "b"), textColumn("vote_y", RoleVote, "a", "a")},
			EstimatedAccuracy, []float64{1, 0.5}, "always 0.9"},
		{"confidence and a failure", []Column{numberColumn("c", RoleConfidence, 0.8, 0.6, nan), textColumn("s", RoleStatus, "ok", "ok", "timeout")},
			EstimatedAccuracy, []float64{0.8, 0.6, 0}, "1 rows failed by status"},
		{"votes that are amounts", []Column{numberColumn("p", RolePrediction, 1.5, 2.5), numberColumn("vote_x", RoleVote, 1.4, 2.5), numberColumn("vote_y", RoleVote, 1.6, 2.4)},
			"", []float64{nan, nan}, "quality is unknown"},
		{"a label without an answer", []Column{textColumn("p", RolePrediction, "a", ""), textColumn("l", RoleLabel, "a", "a")},
			Accuracy, []float64{1, nan}, "have no prediction"},
		{"nothing", []Column{numberColumn("luma", RoleFeature, 1, 2)},
			"", []float64{nan, nan}, "quality is unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab := tableOf(t, append([]Column{minuteColumn(slices.Repeat([]int{0}, c.columns[0].Len())...)}, c.columns...)...)
			m := tab.Measure()
			if m.Metric != c.metric {
				t.Fatalf("metric %q, want %q", m.Metric, c.metric)
			}
			for i, want := range c.quality {
				if got := tab.Quality()[i]; math.Abs(got-want) > 1e-12 || math.IsNaN(got) != math.IsNaN(want) {
					t.Errorf("row %d has quality %v, want %v", i, got, want)
				}
			}
			if all := strings.Join(m.Warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
			if m.Realised() != (c.metric == Accuracy || c.metric == MAE) || m.LowerBetter != (c.metric == MAE) {
				t.Errorf("measure %+v", m)
			}
		})
	}
}

func TestFailed(t *testing.T) {
	for _, fine := range []string{"", "ok", "OK", "success", "200", "204", "399", "0", "completed", "no error", "cached", "false"} {
		if Failed(fine) {
			t.Errorf("%q counts as a failure", fine)
		}
	}
	for _, bad := range []string{"error", "TIMEOUT", "Timed out", "500", "404", "-1", "14", "CUDA out of memory", "connection reset", "deadline exceeded", "true"} {
		if !Failed(bad) {
			t.Errorf("%q counts as fine", bad)
		}
	}
}
