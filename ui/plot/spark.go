package plot

import (
	"math"
	"strings"

	"andon/ui/display"
	"andon/ui/style"
)

// level is the least difference that is drawn, of the greatest value.
const level = 0.005

// Spark is a series as one line of w cells, each a bar as high as the mean of
// its share of the values between their least and greatest; a cell without a
// finite value is a space. Values that differ by less than half a percent are
// level: drawn as high as a fall, their last digit would look like one. The
// caller paints it.
func Spark(values []float64, w int, s style.Sheet) display.Text {
	lines, _, _ := Sparks(w, s, values)
	return lines[0]
}

// Sparks are several series as lines of w cells on one scale, to be read one
// below the other, and the ends of that scale: +Inf and -Inf without a finite
// value.
func Sparks(w int, s style.Sheet, series ...[]float64) (lines []display.Text, lo, hi float64) {
	lines = make([]display.Text, len(series))
	lo, hi = math.Inf(1), math.Inf(-1)
	if w <= 0 {
		return lines, lo, hi
	}
	cells := make([][]float64, len(series))
	for i, values := range series {
		cells[i] = Line{}.average(values, span{0, 1, false}, w)
		for _, v := range cells[i] {
			if !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	for i := range lines {
		lines[i] = bars(cells[i], lo, hi, s)
	}
	return lines, lo, hi
}

// bars are the cells of one line on the scale from lo to hi.
func bars(cells []float64, lo, hi float64, s style.Sheet) display.Text {
	var b strings.Builder
	for _, v := range cells {
		switch {
		case math.IsNaN(v):
			b.WriteByte(' ')
		case hi-lo <= level*max(math.Abs(hi), math.Abs(lo)):
			b.WriteString(s.Glyphs.Rise[3])
		default:
			b.WriteString(s.Glyphs.Rise[min(7, int(fraction(v, lo, hi)*8))])
		}
	}
	return display.Text(b.String())
}
