package camera

import (
	"fmt"
	"image"
	"image/draw"
	"math"
)

// A frame says more than its file name. Its features become columns of the
// inference it belongs to, so that what a camera saw can be compared like any
// other column:
//
//	pixels ──▶ luma ──────▶ frame.luma, frame.contrast, frame.sharpness
//	       ├─▶ hue vector ▶ frame.hue, frame.hue_spread
//	       ├─▶ saturation ▶ frame.saturation, frame.saturation_spread
//	       ├─▶ 4x4 cells ─▶ frame.grid  (which part of the picture changed)
//	       └─▶ 9x8 cells ─▶ frame.dhash (does the scene look the same)

// Features are numbers about one image. Empty marks an image without
// pixels, whose features are all null.
type Features struct {
	Luma             float64 // mean luma, 0..255
	Contrast         float64 // standard deviation of luma, 0..127.5
	Sharpness        float64 // variance of the Laplacian of luma
	Hue              float64 // mean hue in degrees, 0..360; NaN without colour
	HueSpread        float64 // circular variance, 0..1; NaN without colour
	Saturation       float64 // mean saturation, 0..1
	SaturationSpread float64 // its standard deviation
	Grid             Grid
	DHash            uint64
	Empty            bool
}

// Numbers are the features that are numbers, in the order of FrameFields of the analysis.
func (f Features) Numbers() [7]float64 {
	return [7]float64{f.Luma, f.Contrast, f.Sharpness, f.Hue, f.HueSpread, f.Saturation, f.SaturationSpread}
}

// DHashText is the hash as 16 hex digits.
func (f Features) DHashText() string { return fmt.Sprintf("%016x", f.DHash) }

// Measure computes the features of an image, each over all its pixels.
//
//	luma        Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), R, G, B in 0..255
//	contrast    population standard deviation of Y
//	sharpness   population variance of L = Y(left)+Y(right)+Y(up)+Y(down)-4Y
//	            over pixels with four neighbours; 0 where there are none
//	hue         angle of Σ(α, β), α = R-(G+B)/2, β = (√3/2)(G-B): the circular
//	            mean hue with every pixel weighted by its chroma, so that the
//	            hue of a gray pixel, which is noise, counts for nothing
//	hue spread  1 - |Σ(α, β)| / Σ|(α, β)|: 0 is one hue, 1 is hues that cancel
//	saturation  (max-min)/max of R, G, B, 0 for black: mean and population sd
//	grid        mean R, G, B of 4x4 cells, see GridOf
//	dhash       bit is 1 where a cell of the 9x8 grid of mean luma is darker
//	            than its right neighbour; row by row, highest bit first
//
// Cell i of n over w pixels covers [i·w/n, (i+1)·w/n), at least one pixel.
// Transparent pixels are taken over black. An image without pixels has Empty
// set and NaN everywhere. Sharpness depends on resolution: compare frames of
// one size. Time and memory grow with the number of pixels.
//
// Sources: variance of the Laplacian as a focus measure, Pech-Pacheco et al.,
// ICPR 2000; circular variance, Mardia & Jupp, Directional Statistics 2.3;
// difference hash, N. Krawetz, "Kind of like that", 2013.
func Measure(img image.Image) Features {
	if img == nil || img.Bounds().Empty() {
		nan := math.NaN()
		return Features{nan, nan, nan, nan, nan, nan, nan, Grid{}, 0, true}
	}
	flat := opaque(img)
	y := lumaOf(flat)
	var f Features
	f.Luma, f.Contrast = meanSD(y.v)
	f.Sharpness = y.sharpness()
	f.Hue, f.HueSpread = meanHue(flat)
	f.Saturation, f.SaturationSpread = meanSaturation(flat)
	f.Grid = flatGrid(flat)
	f.DHash = y.dhash()
	return f
}

// opaque is the image as 8-bit RGBA with its origin at 0, 0. Every decoder's
// own type is converted by the fast paths of image/draw.
func opaque(img image.Image) *image.RGBA {
	b := img.Bounds()
	if flat, ok := img.(*image.RGBA); ok && b.Min == (image.Point{}) {
		return flat
	}
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), img, b.Min, draw.Src)
	return flat
}

// eachPixel calls f with the 8-bit R, G, B of every pixel of r, row by row.
func eachPixel(img *image.RGBA, r image.Rectangle, f func(r, g, b int)) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := img.Pix[img.PixOffset(r.Min.X, y):img.PixOffset(r.Max.X, y)]
		for i := 0; i < len(row); i += 4 {
			f(int(row[i]), int(row[i+1]), int(row[i+2]))
		}
	}
}

// meanSD is the mean and the population standard deviation, in two passes.
func meanSD(v []float64) (mean, sd float64) {
	for _, x := range v {
		mean += x
	}
	mean /= float64(len(v))
	for _, x := range v {
		d := x - mean
		sd += float64(d * d)
	}
	return mean, math.Sqrt(sd / float64(len(v)))
}

func meanHue(img *image.RGBA) (degrees, spread float64) {
	var alpha2, gb int // Σ 2α and Σ (G-B), whole numbers
	var length float64
	eachPixel(img, img.Bounds(), func(r, g, b int) {
		a, d := 2*r-g-b, g-b
		alpha2, gb = alpha2+a, gb+d
		length += math.Sqrt(float64(a*a+3*d*d)) / 2
	})
	if length == 0 {
		return math.NaN(), math.NaN()
	}
	alpha, beta := float64(alpha2)/2, math.Sqrt(3)/2*float64(gb)
	degrees = float64(math.Atan2(beta, alpha) * (180 / math.Pi))
	if degrees < 0 {
		degrees += 360
	}
	return degrees, max(0, 1-math.Hypot(alpha, beta)/length)
}

func meanSaturation(img *image.RGBA) (mean, sd float64) {
	b := img.Bounds()
	s := make([]float64, 0, b.Dx()*b.Dy())
	eachPixel(img, b, func(r, g, b int) {
		high, low := max(r, g, b), min(r, g, b)
		if high == 0 {
			s = append(s, 0)
			return
		}
		s = append(s, float64(high-low)/float64(high))
	})
	return meanSD(s)
}
