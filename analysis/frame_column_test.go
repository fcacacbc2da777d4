package analysis

import (
	"image"
	"image/color"
	"testing"

	"andon/analysis/camera"
)

// An empty image is a row of nulls, any other a row of values.
func TestAppendFrame(t *testing.T) {
	columns := make([]*Builder, 0, 9)
	for _, f := range FrameFields() {
		columns = append(columns, NewBuilder(f))
	}
	for _, img := range []image.Image{nil, image.NewGray(image.Rect(3, 3, 3, 9)), image.NewPaletted(image.Rect(0, 0, 8, 8), []color.Color{color.RGBA{9, 90, 200, 255}})} {
		AppendFrame(columns, camera.Measure(img))
	}
	for _, b := range columns {
		c := b.Column()
		if c.Len() != 3 || !c.Null(0) || !c.Null(1) || c.Null(2) {
			t.Errorf("%s: want null, null, value; got %q, %q, %q", c.Name, c.String(0), c.String(1), c.String(2))
		}
	}
}
