package analysis

import (
	"encoding/hex"
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

// FrameFeatures are numbers about one image. Empty marks an image without
// pixels, whose features are all null.
type FrameFeatures struct {
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

// FrameFields are the columns of FrameFeatures, in the order Append fills them.
func FrameFields() []Field {
	number := func(name, unit string) Field {
		return Field{Name: FramePrefix + name, Path: FramePrefix + name, Role: RoleFeature, Type: Number, Unit: unit}
	}
	text := func(name string) Field {
		return Field{Name: FramePrefix + name, Path: FramePrefix + name, Role: RoleText, Type: Text}
	}
	return []Field{
		number("luma", ""), number("contrast", ""), number("sharpness", ""),
		number("hue", "deg"), number("hue_spread", ""),
		number("saturation", ""), number("saturation_spread", ""),
		text("grid"), text("dhash"),
	}
}

// Append adds one row to columns, which are builders of [FrameFields] in that
// order. An empty image appends nulls.
func (f FrameFeatures) Append(columns []*Builder) {
	if f.Empty {
		for _, c := range columns {
			c.Null()
		}
		return
	}
	for i, v := range f.numbers() {
		columns[i].Number(v)
	}
	columns[7].Text(f.Grid.String())
	columns[8].Text(f.DHashText())
}

func (f FrameFeatures) numbers() [7]float64 {
	return [7]float64{f.Luma, f.Contrast, f.Sharpness, f.Hue, f.HueSpread, f.Saturation, f.SaturationSpread}
}

// DHashText is the hash as 16 hex digits.
func (f FrameFeatures) DHashText() string { return fmt.Sprintf("%016x", f.DHash) }

// Features computes the features of an image, each over all its pixels.
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
func Features(img image.Image) FrameFeatures {
	if img == nil || img.Bounds().Empty() {
		nan := math.NaN()
		return FrameFeatures{nan, nan, nan, nan, nan, nan, nan, Grid{}, 0, true}
	}
	flat := opaque(img)
	y := lumaOf(flat)
	var f FrameFeatures
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

// boxOf is cell (cx, cy) of an nx × ny grid over w × h pixels.
func boxOf(cx, cy, nx, ny, w, h int) image.Rectangle {
	span := func(i, n, size int) (lo, hi int) {
		lo = i * size / n
		return lo, max(lo+1, (i+1)*size/n)
	}
	x0, x1 := span(cx, nx, w)
	y0, y1 := span(cy, ny, h)
	return image.Rect(x0, y0, x1, y1)
}

// lumaPlane holds Y row by row.
type lumaPlane struct {
	w, h int
	v    []float64
}

// lumaOf adds integers before it divides, so that equal pixels give equal
// luma on every processor (nothing can be fused to a multiply-add).
func lumaOf(img *image.RGBA) lumaPlane {
	b := img.Bounds()
	y := lumaPlane{b.Dx(), b.Dy(), make([]float64, 0, b.Dx()*b.Dy())}
	eachPixel(img, b, func(r, g, b int) {
		y.v = append(y.v, float64(299*r+587*g+114*b)/1000)
	})
	return y
}

func (y lumaPlane) sharpness() float64 {
	if y.w < 3 || y.h < 3 {
		return 0
	}
	edges := make([]float64, 0, (y.w-2)*(y.h-2))
	for row := 1; row < y.h-1; row++ {
		for i := row*y.w + 1; i < (row+1)*y.w-1; i++ {
			around := y.v[i-1] + y.v[i+1] + y.v[i-y.w] + y.v[i+y.w]
			edges = append(edges, around-float64(4*y.v[i]))
		}
	}
	_, sd := meanSD(edges)
	return sd * sd
}

func (y lumaPlane) dhash() uint64 {
	var hash uint64
	for cy := range 8 {
		left := y.mean(boxOf(0, cy, 9, 8, y.w, y.h))
		for cx := 1; cx < 9; cx++ {
			right := y.mean(boxOf(cx, cy, 9, 8, y.w, y.h))
			hash <<= 1
			if left < right {
				hash |= 1
			}
			left = right
		}
	}
	return hash
}

func (y lumaPlane) mean(r image.Rectangle) float64 {
	total := 0.0
	for row := r.Min.Y; row < r.Max.Y; row++ {
		for _, v := range y.v[row*y.w+r.Min.X : row*y.w+r.Max.X] {
			total += v
		}
	}
	return total / float64(r.Dx()*r.Dy())
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
	degrees = math.Atan2(beta, alpha) * 180 / math.Pi
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

// flatGrid is GridOf for pixels that are already 8-bit RGBA, without an
// interface call a pixel: the grid is what a load of many frames waits for.
func flatGrid(img *image.RGBA) Grid {
	var out Grid
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	for i := range out {
		r := boxOf(i%GridSide, i/GridSide, GridSide, GridSide, w, h)
		var red, green, blue int
		eachPixel(img, r, func(r, g, b int) { red, green, blue = red+r, green+g, blue+b })
		n := float64(r.Dx() * r.Dy())
		out[i] = Colour{float64(red) / n, float64(green) / n, float64(blue) / n}
	}
	return out
}

// String is the grid as 16 colours rrggbb joined without a separator, row by
// row, each channel rounded: the text of the column frame.grid. ParseGrid
// reads it back.
func (g Grid) String() string {
	channel := func(v float64) byte { return byte(max(0, min(255, math.Round(v)))) }
	rgb := make([]byte, 0, 3*len(g))
	for _, c := range g {
		rgb = append(rgb, channel(c.R), channel(c.G), channel(c.B))
	}
	return hex.EncodeToString(rgb)
}

// ParseGrid reads the text of the column frame.grid. Anything but 96 hex
// digits is an error that says what was found.
func ParseGrid(text string) (Grid, error) {
	var g Grid
	rgb, err := hex.DecodeString(text)
	if err != nil {
		return g, fmt.Errorf("read colour grid %.20q: %w", text, err)
	}
	if len(rgb) != 3*len(g) {
		return g, fmt.Errorf("read colour grid %.20q: %d hex digits, want %d", text, len(text), 6*len(g))
	}
	for i := range g {
		g[i] = Colour{float64(rgb[3*i]), float64(rgb[3*i+1]), float64(rgb[3*i+2])}
	}
	return g, nil
}
