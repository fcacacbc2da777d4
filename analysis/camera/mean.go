package camera

import (
	"image"
	"image/color"
	"math"
)

// What does a whole window look like, and where do two windows differ?
//
//	frame 1 ┐                                  mean before  ▒▒▓▓▒▒
//	frame 2 ├─ each shrunk to one size ─ Σ/n                      ╲
//	frame 3 ┘                                  mean after   ▒▒██▒▒ ─▶ difference ··██··
//
// What moves from frame to frame blurs away; what is the same in every frame
// of a window stays, so a new glove shows and a hand's position does not.

// MeanPicture is the pixel-wise mean of the samples' pictures, each shrunk to
// width pixels; the height follows the first picture's shape.
//
// Pictures of other shapes are stretched to it. Samples without picture take no
// part; nil if none has one or width < 1. O(n · width · height).
func MeanPicture(samples []Sample, width int) *image.RGBA {
	height, n := 0, 0
	var sum []float64
	for _, s := range samples {
		if s.Picture == nil || s.Picture.Bounds().Empty() || width < 1 {
			continue
		}
		box := s.Picture.Bounds()
		if sum == nil {
			height = max(1, min(2*width, int(math.Round(float64(width*box.Dy())/float64(box.Dx())))))
			sum = make([]float64, 3*width*height)
		}
		n++
		for i := range width * height {
			r, g, b, _ := s.Picture.At(box.Min.X+(2*(i%width)+1)*box.Dx()/(2*width),
				box.Min.Y+(2*(i/width)+1)*box.Dy()/(2*height)).RGBA()
			sum[3*i] += float64(r)
			sum[3*i+1] += float64(g)
			sum[3*i+2] += float64(b)
		}
	}
	if n == 0 {
		return nil
	}
	mean := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		at := func(k int) uint8 { return uint8(math.Round(sum[3*i+k] / float64(n) / 257)) }
		mean.SetRGBA(i%width, i/width, color.RGBA{at(0), at(1), at(2), 255})
	}
	return mean
}

// DifferencePicture shows the CIE76 distance of two pictures pixel by pixel as
// gray: black is the same, white the largest distance there is, or
// visibleDifference if none is larger, so that noise is not blown up to look
// like a change. largest is that distance. Pictures of different size are
// compared at the size of the first. nil if either is nil.
func DifferencePicture(before, after *image.RGBA) (picture *image.RGBA, largest float64) {
	if before == nil || after == nil {
		return nil, 0
	}
	w, h := before.Bounds().Dx(), before.Bounds().Dy()
	distances := make([]float64, w*h)
	for i := range distances {
		x, y := i%w, i/w
		b := before.RGBAAt(before.Rect.Min.X+x, before.Rect.Min.Y+y)
		a := after.RGBAAt(after.Rect.Min.X+x*after.Rect.Dx()/w, after.Rect.Min.Y+y*after.Rect.Dy()/h)
		distances[i] = colourOf(b).Distance(colourOf(a))
		largest = max(largest, distances[i])
	}
	picture = image.NewRGBA(image.Rect(0, 0, w, h))
	for i, d := range distances {
		v := uint8(math.Round(255 * d / max(visibleDifference, largest)))
		picture.SetRGBA(i%w, i/w, color.RGBA{v, v, v, 255})
	}
	return picture, largest
}

// visibleDifference is where two colours side by side are plainly two.
const visibleDifference = 10

func colourOf(c color.RGBA) Colour { return Colour{float64(c.R), float64(c.G), float64(c.B)} }
