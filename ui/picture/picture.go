// Package picture draws an image in cells.
//
//	half-block: one cell, two pixels       ramp: one cell, one brightness
//	┌─┐ foreground: upper pixel            " .:-=+*#%@" from dark to light
//	│▀│ background: lower pixel
//	└─┘
package picture

import (
	"image"
	"math"
	"strings"

	"golang.org/x/image/draw"

	"andon/ui/style"
)

// Draw is img in exactly w x h cells, in the middle and with its proportions:
// a cell counts as twice as high as wide. With colours and UTF-8 it is drawn
// in half-blocks, else as a ramp of brightness. A nil or empty image is a box
// of spaces, an empty box "". Cost is linear in the image's pixels.
func Draw(img image.Image, w, h int, s style.Sheet) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	if img == nil || img.Bounds().Empty() {
		return s.Fill("", w, h)
	}
	cw, ch := size(img.Bounds(), w, h)
	if s.Terminal.Colours >= 16 && s.Glyphs.Half != "" {
		return frame(halfBlocks(scale(img, cw, 2*ch), s), cw, ch, w, h)
	}
	return frame(ramp(scale(img, cw, ch)), cw, ch, w, h)
}

// size is the largest box of cells within w x h with the image's proportions.
func size(b image.Rectangle, w, h int) (int, int) {
	pw, ph := float64(b.Dx()), float64(b.Dy())/2
	k := min(float64(w)/pw, float64(h)/ph)
	return max(1, min(w, int(math.Round(pw*k)))), max(1, min(h, int(math.Round(ph*k))))
}

// scale resamples the image over its area, over black where it is transparent.
func scale(img image.Image, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.Black, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	return out
}

// halfBlocks are the rows of an image of even height.
func halfBlocks(img *image.RGBA, s style.Sheet) []string {
	b := img.Bounds()
	rows := make([]string, b.Dy()/2)
	cells := make([]style.Pixels, b.Dx())
	for y := range rows {
		for x := range cells {
			cells[x] = style.Pixels{Upper: img.RGBAAt(x, 2*y), Lower: img.RGBAAt(x, 2*y+1)}
		}
		rows[y] = s.HalfBlocks(cells)
	}
	return rows
}

// shades go from dark to light.
const shades = " .:-=+*#%@"

// ramp are the rows of an image as brightness.
func ramp(img *image.RGBA) []string {
	b := img.Bounds()
	rows := make([]string, b.Dy())
	for y := range rows {
		var row strings.Builder
		for x := range b.Dx() {
			c := img.RGBAAt(x, y)
			luma := 0.2126*float64(c.R) + 0.7152*float64(c.G) + 0.0722*float64(c.B) // BT.709
			row.WriteByte(shades[min(len(shades)-1, int(luma/256*float64(len(shades))))])
		}
		rows[y] = row.String()
	}
	return rows
}

// frame puts rows of cw cells into the middle of a box.
func frame(rows []string, cw, ch, w, h int) string {
	left, top := (w-cw)/2, (h-ch)/2
	blank := strings.Repeat(" ", w)
	out := make([]string, h)
	for i := range out {
		out[i] = blank
		if y := i - top; y >= 0 && y < len(rows) {
			out[i] = blank[:left] + rows[y] + blank[:w-cw-left]
		}
	}
	return strings.Join(out, "\n")
}
