package picture

import (
	"image"

	"golang.org/x/image/draw"
)

// Pair is two images side by side, each h pixels high, on black; a nil one
// leaves its place out. It is nil without any.
func Pair(left, right image.Image, h int) image.Image {
	const gutter = 16
	var parts []image.Rectangle
	var images []image.Image
	at := 0
	for _, img := range []image.Image{left, right} {
		if img == nil || img.Bounds().Empty() {
			continue
		}
		w := max(1, img.Bounds().Dx()*h/img.Bounds().Dy())
		parts = append(parts, image.Rect(at, 0, at+w, h))
		images = append(images, img)
		at += w + gutter
	}
	if len(images) == 0 {
		return nil
	}
	out := image.NewRGBA(image.Rect(0, 0, at-gutter, h))
	draw.Draw(out, out.Bounds(), image.Black, image.Point{}, draw.Src)
	for i, img := range images {
		draw.CatmullRom.Scale(out, parts[i], img, img.Bounds(), draw.Over, nil)
	}
	return out
}
