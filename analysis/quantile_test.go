package analysis

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestQuantilesProperty finds in codes what sorting the values finds.
func TestQuantilesProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		slow, fast := twins(rt, drawLog(rt))
		shares := rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 6).Draw(rt, "shares")
		slices.Sort(shares)
		w := Window{From: monday.Add(-100 * oneDay), To: monday.Add(time.Duration(rapid.IntRange(-72, 72).Draw(rt, "to")) * time.Hour)}
		got, err := fast.Quantiles(rt.Context(), "brightness", nil, w, shares)
		want, wrong := slow.Quantiles(rt.Context(), "brightness", nil, w, shares)
		if err != nil || wrong != nil || !slices.Equal(got, want) {
			rt.Fatalf("%v, %v, want %v, %v", got, err, want, wrong)
		}
	})
}

// TestQuantiles has the quartiles of 1 to 9 from the definition, and refuses
// what has none.
func TestQuantiles(t *testing.T) {
	columns := plainColumns(9)
	for i := range columns[2].Numbers {
		columns[2].Numbers[i] = float64(9 - i)
	}
	table := tableOf(t, columns...)
	got, err := table.Quantiles(t.Context(), "luma", nil, table.Span(), []float64{0, .25, .5, .75, 1})
	if want := []float64{1, 3, 5, 7, 9}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	for _, column := range []string{"line", "lumen"} {
		if _, err := table.Quantiles(t.Context(), column, nil, table.Span(), nil); err == nil {
			t.Errorf("%s has quantiles", column)
		}
	}
}
