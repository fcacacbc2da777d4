package camera

import (
	"encoding/hex"
	"image"
	"math"
)

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
// row, each channel rounded: the text of the column frame.grid.
func (g Grid) String() string {
	channel := func(v float64) byte { return byte(max(0, min(255, math.Round(v)))) }
	rgb := make([]byte, 0, 3*len(g))
	for _, c := range g {
		rgb = append(rgb, channel(c.R), channel(c.G), channel(c.B))
	}
	return hex.EncodeToString(rgb)
}
