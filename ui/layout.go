package ui

// size is a box in cells.
type size struct{ width, height int }

// The console below this size says so instead of drawing.
const (
	minWidth  = 40
	minHeight = 10
)

// Rows of the frame around the body.
const (
	headRows = 2 // tabs and trail
	footRows = 1 // keys, or a notice
)

// small reports a terminal too small to draw in.
func (s size) small() bool { return s.width < minWidth || s.height < minHeight }

// body is the box between head and foot: what a screen gets when nothing
// stands below it. It is never negative.
func (s size) body() size {
	return size{max(0, s.width), max(0, s.height-headRows-footRows)}
}

// split parts a body into the screen's box and rows for a prompt below it; the
// screen keeps at least half.
func (s size) split(below int) (above, under size) {
	below = max(0, min(below, s.height/2))
	return size{s.width, s.height - below}, size{s.width, below}
}
