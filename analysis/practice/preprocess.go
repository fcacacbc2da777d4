package practice

import (
	"image"
	"math"
)

// standardise is what the plant's pipeline does to a picture before the models
// see it: every channel v becomes 128 + 48·(v - mean)/sd with the mean and
// standard deviation of the picture's own luma, rounded and cut to 0..255.
// This evens out lamps and cameras. It also means that a picture with much
// more black in it changes everywhere, which is how a dark glove reaches even
// the cells it does not cover.
func standardise(img *image.RGBA) *image.RGBA {
	y := gray(img)
	sum, squares := 0, 0
	for _, v := range y {
		sum += v
		squares += v * v
	}
	const n = Side * Side
	mean := float64(sum) / n
	sd := math.Sqrt(max(1, float64(n*squares-sum*sum))) / n
	var table [256]uint8
	for v := range table {
		table[v] = uint8(max(0, min(255, math.Round(128+float64(48*(float64(v)-mean))/sd))))
	}
	out := image.NewRGBA(img.Rect)
	for i, v := range img.Pix {
		out.Pix[i] = table[v]
	}
	return out
}
