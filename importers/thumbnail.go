package importers

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// thumbSide is the longest side of a thumbnail; maxThumb bounds a PNG that is
// kept as it is.
const (
	thumbSide = 160
	maxThumb  = 64 << 10
)

// thumbnail is a picture small enough for the incident file: a small PNG as it
// is, since its few colours say more unharmed, any other as a JPEG of at most
// 160 pixels a side, over white where it is transparent.
func thumbnail(picture image.Image, kind string, raw []byte) ([]byte, error) {
	size := picture.Bounds().Size()
	longest := max(size.X, size.Y)
	if kind == "png" && longest <= thumbSide && len(raw) <= maxThumb {
		return raw, nil
	}
	to := image.Rect(0, 0, size.X, size.Y)
	if longest > thumbSide {
		to.Max.X = max(1, size.X*thumbSide/longest)
		to.Max.Y = max(1, size.Y*thumbSide/longest)
	}
	small := image.NewRGBA(to)
	draw.Draw(small, to, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(small, to, picture, picture.Bounds(), draw.Over, nil)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: 85}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
