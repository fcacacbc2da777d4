package camera

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// paint makes a w × h picture from a function of the pixel.
func paint(w, h int, at func(x, y int) color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, at(x, y))
		}
	}
	return img
}

func gray(v uint8) color.RGBA { return color.RGBA{v, v, v, 255} }

// TestMeasure has oracles worked by hand from the formulas of Measure.
func TestMeasure(t *testing.T) {
	nan := math.NaN()
	names := [7]string{"luma", "contrast", "sharpness", "hue", "hue spread", "saturation", "saturation spread"}
	red, green := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}
	halves := func(left, right color.RGBA) func(x, y int) color.RGBA {
		return func(x, _ int) color.RGBA {
			if x < 2 {
				return left
			}
			return right
		}
	}
	tests := []struct {
		name string
		img  image.Image
		want [7]float64
		hash uint64
	}{
		{"flat gray has no edge and no hue",
			paint(4, 4, func(_, _ int) color.RGBA { return gray(100) }),
			[7]float64{100, 0, 0, nan, nan, 0, 0}, 0},
		{"red is luma 76.245, hue 0, saturated",
			paint(4, 4, func(_, _ int) color.RGBA { return red }),
			[7]float64{76.245, 0, 0, 0, 0, 1, 0}, 0},
		// Y is 76.245 | 149.685: mean 112.965, sd 36.72. α, β of red (255, 0),
		// of green (-127.5, 220.8): the sum points to 60° with half the length.
		// L is +73.44 left of the edge and -73.44 right: variance 73.44².
		{"red beside green is yellow with spread 1/2",
			paint(4, 4, halves(red, green)),
			[7]float64{112.965, 36.72, 73.44 * 73.44, 60, 0.5, 1, 0}, 0x0808080808080808},
		// (200,100,100) has saturation 1/2, white 0: mean 1/4, sd 1/4.
		{"half of it pale",
			paint(4, 4, halves(color.RGBA{200, 100, 100, 255}, gray(255))),
			[7]float64{(129.9 + 255) / 2, (255 - 129.9) / 2, 125.1 * 125.1, 0, 0, 0.25, 0.25}, 0x0808080808080808},
		{"one pixel has no Laplacian",
			paint(1, 1, func(_, _ int) color.RGBA { return gray(7) }),
			[7]float64{7, 0, 0, nan, nan, 0, 0}, 0},
		{"a ramp to the right sets every bit of the hash",
			paint(9, 8, func(x, _ int) color.RGBA { return gray(uint8(10 * x)) }),
			[7]float64{40, 10 * math.Sqrt(60./9), 0, nan, nan, 0, 0}, math.MaxUint64},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Measure(tt.img)
			for i, v := range got.Numbers() {
				if math.IsNaN(v) != math.IsNaN(tt.want[i]) || math.Abs(v-tt.want[i]) > 1e-9 {
					t.Errorf("%s = %v, want %v", names[i], v, tt.want[i])
				}
			}
			if got.DHash != tt.hash {
				t.Errorf("dhash = %016x, want %016x", got.DHash, tt.hash)
			}
		})
	}
}

// A frame's features do not depend on the decoder's type or origin.
func TestMeasureAnyImageType(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 20).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h")
		at := image.Pt(rapid.IntRange(-5, 5).Draw(t, "x"), rapid.IntRange(-5, 5).Draw(t, "y"))
		pix := rapid.SliceOfN(rapid.Byte(), 3*w*h, 3*w*h).Draw(t, "pix")
		img := paint(w, h, func(x, y int) color.RGBA {
			p := pix[3*(y*w+x):]
			return color.RGBA{p[0], p[1], p[2], 255}
		})
		moved := image.NewNRGBA(img.Bounds().Add(at))
		draw.Draw(moved, moved.Bounds(), img, image.Point{}, draw.Src)
		a, b := Measure(img), Measure(moved)
		if slow, _ := GridOf(moved); slow.String() != a.Grid.String() {
			t.Fatalf("grid %s, by GridOf %s", a.Grid, slow)
		}
		if a.Numbers() != b.Numbers() && !math.IsNaN(a.Hue) || a.Grid.String() != b.Grid.String() || a.DHash != b.DHash {
			t.Fatalf("as RGBA %+v\nas NRGBA at %v %+v", a, at, b)
		}
	})
}

func TestGrid(t *testing.T) {
	img := paint(8, 8, func(x, y int) color.RGBA { return color.RGBA{uint8(x / 2), uint8(y / 2), uint8(x % 2), 255} })
	g := Measure(img).Grid
	// Cell 6 is column 2 of row 1; blue is 0 and 1 in equal parts, rounded up.
	if text := g.String(); len(text) != 96 || text[36:42] != "020101" {
		t.Errorf("cell 6 of %q is %q, want 020101", text, text[36:42])
	}
}

func BenchmarkMeasure(b *testing.B) {
	img := paint(640, 480, func(x, y int) color.RGBA { return color.RGBA{uint8(x), uint8(y), uint8(x * y), 255} })
	for b.Loop() {
		Measure(img)
	}
}
