package plot_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/style"
	"andon/ui/uitest"
)

func TestBarsGolden(t *testing.T) {
	bars := []plot.Bar{{Label: "grey", Before: 0.75, After: 0.18}, {Label: "black", After: 0.73, New: true},
		{Label: "無色", Before: 0.249, After: 0.09}, {Label: "a very long value of a column", Before: 0.001, After: math.NaN()}}
	tests := []struct {
		name string
		w, h int
	}{{"bars-70x5", 70, 5}, {"bars-36x4", 36, 4}, {"bars-20x3", 20, 3}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			uitest.Golden(t, tt.name, plot.Bars(bars, tt.w, tt.h, uitest.Truecolour(t)), tt.w, tt.h)
			uitest.Golden(t, tt.name+"-ascii", display.ASCII(plot.Bars(bars, tt.w, tt.h, uitest.Mono(t))), tt.w, tt.h)
		})
	}
}

func TestBarsFillAnyBoxWithAnything(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	bar := rapid.Custom(func(t *rapid.T) plot.Bar {
		return plot.Bar{Label: display.Escape(rapid.String().Draw(t, "label")),
			Before: rough().Draw(t, "before"), After: rough().Draw(t, "after"), New: rapid.Bool().Draw(t, "new")}
	})
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(-1, 90).Draw(r, "w"), rapid.IntRange(-1, 12).Draw(r, "h")
		bars := rapid.SliceOfN(bar, 0, 15).Draw(r, "bars")
		uitest.Exact(r, plot.Bars(bars, w, h, sheets[rapid.IntRange(0, len(sheets)-1).Draw(r, "sheet")]), w, h)
	})
}
