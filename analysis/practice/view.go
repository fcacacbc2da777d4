package practice

import "image"

// A view is what one member of the ensemble sees of a picture: whole numbers,
// so that nothing is rounded before the weights.
//
//	colour   8 x 8 cells of mean colour                192 numbers
//	pixel    16 x 16 gray cells of the middle          256 numbers
//	shape    edge strength by cell and direction, and  132 numbers
//	         where the dark lies: by distance from the
//	         middle, by sector, and its moments
type view struct {
	name string
	size int
	see  func(*image.RGBA, []float64)
}

var views = []view{
	{"colour", 8 * 8 * 3, seeColour},
	{"pixel", 16 * 16, seePixels},
	{"shape", 100 + 20 + 8 + 4, seeShape},
}

// seeColour sums red, green and blue over cells of 5 x 5 pixels.
func seeColour(img *image.RGBA, out []float64) {
	clear(out)
	for i := range Side * Side {
		cell := 3 * ((i/Side/5)*8 + i%Side/5)
		for k := range 3 {
			out[cell+k] += float64(img.Pix[4*i+k])
		}
	}
}

// gray is luma in whole numbers, 0 to 255.
func gray(img *image.RGBA) *[Side * Side]int {
	var y [Side * Side]int
	for i := range y {
		p := img.Pix[4*i:]
		y[i] = (77*int(p[0]) + 150*int(p[1]) + 29*int(p[2])) >> 8
	}
	return &y
}

// seePixels sums gray over 2 x 2 pixels of the middle 32 x 32.
func seePixels(img *image.RGBA, out []float64) {
	y := gray(img)
	for i := range out {
		at := (2*(i/16)+2)*Side + 2*(i%16) + 4
		out[i] = float64(y[at] + y[at+1] + y[at+Side] + y[at+Side+1])
	}
}

// darkBelow is the luma under which a pixel counts as dark: rubber by day and
// by night, and hardly ever a gray glove.
const darkBelow = 62

// seeShape sums the gradient in four directions over cells of 8 x 8 pixels,
// then describes the dark pixels as classical machine vision does with a blob.
func seeShape(img *image.RGBA, out []float64) {
	clear(out)
	y := gray(img)
	for row := 1; row < Side-1; row++ {
		for col := 1; col < Side-1; col++ {
			at := row*Side + col
			dx, dy := y[at+1]-y[at-1], y[at+Side]-y[at-Side]
			out[4*((row/8)*5+col/8)+direction(dx, dy)] += float64(abs(dx) + abs(dy))
		}
	}
	for at, v := range y {
		if v < darkBelow {
			dark(out[100:], at%Side-Side/2, at/Side-Middle)
		}
	}
}

// dark adds one dark pixel, (x, y) from the middle of the housing: to its ring
// of one pixel's width, its sector, and the first and second moments.
func dark(out []float64, x, y int) {
	out[min(19, int(norm(float64(x), float64(y))))]++
	sector := 20
	if x < 0 {
		sector++
	}
	if y < 0 {
		sector += 2
	}
	if abs(x) > abs(y) {
		sector += 4
	}
	out[sector]++
	moments := out[28:]
	moments[0] += float64(x)
	moments[1] += float64(y)
	moments[2] += float64(abs(x))
	moments[3] += float64(abs(y))
}

// direction sorts a gradient into across, down and the two diagonals; the
// cuts at 22.5° are 2:5 in whole numbers.
func direction(dx, dy int) int {
	switch {
	case 5*abs(dy) < 2*abs(dx):
		return 0
	case 5*abs(dx) < 2*abs(dy):
		return 1
	case (dx > 0) == (dy > 0):
		return 2
	}
	return 3
}

func abs(v int) int { return max(v, -v) }
