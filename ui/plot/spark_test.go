package plot_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/uitest"
)

func TestSpark(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name   string
		values []float64
		w      int
		want   display.Text
	}{
		{"rising", []float64{0, 1, 2, 3, 4, 5, 6, 7}, 8, "▁▂▃▄▅▆▇█"},
		{"gap", []float64{0, nan, 7}, 3, "▁ █"},
		{"constant", []float64{5, 5}, 2, "▄▄"},
		{"stretched", []float64{0, 7}, 4, "▁▁██"},
		{"averaged", []float64{0, 0, 7, 7}, 2, "▁█"},
		{"nothing", nil, 3, "   "},
		{"no room", []float64{1}, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plot.Spark(tt.values, tt.w, uitest.Truecolour(t)); got != tt.want {
				t.Errorf("Spark = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSparkFillsItsCells(t *testing.T) {
	sheet := uitest.Mono(t)
	rapid.Check(t, func(r *rapid.T) {
		w := rapid.IntRange(0, 40).Draw(r, "w")
		got := plot.Spark(rapid.SliceOf(rough()).Draw(r, "values"), w, sheet)
		if display.Width(got) != w {
			t.Fatalf("Spark has %d cells, want %d: %q", display.Width(got), w, got)
		}
	})
}
