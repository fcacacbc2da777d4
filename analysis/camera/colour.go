package camera

import (
	"image"
	"math"
)

// Colour is a mean colour in sRGB, each channel 0 to 255.
//
//	             X Y Z           L* a* b*
//	sRGB ──linear──▶ ──D65──▶ cube root ──▶ distance a person sees
//
// Channels are averaged as they are stored, not in linear light: the mean is
// then the colour the eye gives a blurred picture on the same screen.
type Colour struct{ R, G, B float64 }

// Lab is the colour in CIE L*a*b* under D65: lightness 0 to 100, and green-red
// and blue-yellow of about -110 to 110.
//
// Source: CIE 15:2018; the sRGB curve is IEC 61966-2-1.
func (c Colour) Lab() (l, a, b float64) {
	red, green, blue := linear(c.R), linear(c.G), linear(c.B)
	x := cubeRoot((0.4124*red + 0.3576*green + 0.1805*blue) / 0.95047)
	y := cubeRoot(0.2126*red + 0.7152*green + 0.0722*blue)
	z := cubeRoot((0.0193*red + 0.1192*green + 0.9505*blue) / 1.08883)
	return 116*y - 16, 500 * (x - y), 200 * (y - z)
}

// Distance is the CIE76 difference, the straight line between two colours in
// L*a*b*: about 2 is just noticeable, black to white is 100.
func (c Colour) Distance(o Colour) float64 {
	l, a, b := c.Lab()
	m, d, e := o.Lab()
	return math.Hypot(math.Hypot(l-m, a-d), b-e)
}

// Name is the plain word for the colour, so that a screen without colours can
// still say what changed: "black", "dark gray", "light blue", "brown".
func (c Colour) Name() string {
	l, a, b := c.Lab()
	if l < 12 {
		return "black"
	}
	if math.Hypot(a, b) < 12 {
		return grayName(l)
	}
	hue := math.Mod(math.Atan2(b, a)*180/math.Pi+360, 360)
	word := hueName(hue)
	if word == "orange" && l < 50 {
		return "brown"
	}
	switch {
	case l < 35:
		return "dark " + word
	case l > 75 && word != "yellow":
		return "light " + word
	}
	return word
}

func grayName(l float64) string {
	switch {
	case l < 22:
		return "near black"
	case l < 45:
		return "dark gray"
	case l < 67:
		return "gray"
	case l < 90:
		return "light gray"
	}
	return "white"
}

// hueName cuts the L*a*b* hue circle at the middles between the hues of the
// sRGB primaries and mixtures (red 40°, orange 65°, yellow 103°, green 136°,
// cyan 196°, blue 306°, purple 328°).
func hueName(hue float64) string {
	cuts := []struct {
		below float64
		word  string
	}{{20, "pink"}, {52, "red"}, {82, "orange"}, {115, "yellow"}, {170, "green"},
		{225, "cyan"}, {310, "blue"}, {350, "purple"}}
	for _, c := range cuts {
		if hue < c.below {
			return c.word
		}
	}
	return "pink"
}

func linear(v float64) float64 {
	v /= 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func cubeRoot(t float64) float64 {
	if t > 216.0/24389 {
		return math.Cbrt(t)
	}
	return (24389.0/27*t + 16) / 116
}

// GridSide is the number of rows and of columns of a Grid.
const GridSide = 4

// Grid is a picture as mean colours of 4 x 4 equal cells, row by row.
type Grid [GridSide * GridSide]Colour

// GridOf averages the picture's pixels cell by cell. A picture narrower or
// lower than 4 pixels repeats its nearest pixels; ok is false for nil and for
// a picture without pixels. Transparent pixels count as black. O(pixels).
func GridOf(picture image.Image) (grid Grid, ok bool) {
	if picture == nil || picture.Bounds().Empty() {
		return grid, false
	}
	box := picture.Bounds()
	for cell := range grid {
		x0, x1 := span(box.Min.X, box.Dx(), cell%GridSide)
		y0, y1 := span(box.Min.Y, box.Dy(), cell/GridSide)
		grid[cell] = meanColour(picture, image.Rect(x0, y0, x1, y1))
	}
	return grid, true
}

// span is the i-th quarter of size pixels from start, never empty.
func span(start, size, i int) (from, to int) {
	from = min(i*size/GridSide, size-1)
	return start + from, start + max(from+1, (i+1)*size/GridSide)
}

func meanColour(picture image.Image, box image.Rectangle) Colour {
	var red, green, blue, n float64
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			red, green, blue = red+float64(r), green+float64(g), blue+float64(b)
			n++
		}
	}
	return Colour{red / n / 257, green / n / 257, blue / n / 257}
}
