package camera

import (
	"image"
	"image/color"
	"math"
	"testing"
)

func painted(w, h int, c color.Color) Sample {
	picture := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		picture.Set(i%w, i/w, c)
	}
	return Sample{Picture: picture}
}

func TestMeanPicture(t *testing.T) {
	black, white := painted(8, 6, color.Black), painted(16, 12, color.White)
	mean := MeanPicture([]Sample{black, {}, white}, 4)
	if got := mean.Bounds(); got != image.Rect(0, 0, 4, 3) {
		t.Fatalf("size %v, want 4 x 3", got)
	}
	if got := mean.RGBAAt(3, 2); got != (color.RGBA{128, 128, 128, 255}) {
		t.Errorf("black and white make %v", got)
	}
	if MeanPicture([]Sample{{}}, 4) != nil || MeanPicture([]Sample{black}, 0) != nil {
		t.Error("no picture, or no width, has no mean")
	}
}

// Oracle: black to white is 100 on the CIE76 scale.
func TestDifferencePicture(t *testing.T) {
	black := painted(4, 3, color.Black).Picture.(*image.RGBA)
	half := painted(4, 3, color.Black).Picture.(*image.RGBA)
	half.SetRGBA(1, 1, color.RGBA{255, 255, 255, 255})
	difference, largest := DifferencePicture(black, half)
	if math.Abs(largest-100) > 0.01 {
		t.Errorf("largest %v, want 100", largest)
	}
	if difference.RGBAAt(1, 1).R != 255 || difference.RGBAAt(0, 0).R != 0 {
		t.Errorf("white where they differ, black elsewhere; got %v and %v", difference.RGBAAt(1, 1), difference.RGBAAt(0, 0))
	}
	if difference, largest = DifferencePicture(black, black); largest != 0 || difference.RGBAAt(2, 2).R != 0 {
		t.Error("a picture does not differ from itself")
	}
	if difference, _ = DifferencePicture(nil, black); difference != nil {
		t.Error("nothing differs from nothing")
	}
}
