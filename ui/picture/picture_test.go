package picture_test

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"andon/ui/picture"
	"andon/ui/style"
	"andon/ui/uitest"
)

// bench is a picture of w x h pixels: a light bench, a part, and a glove of
// the given grey.
func bench(w, h int, glove uint8) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 190, 170, 255}
			switch {
			case x > w/4 && x < w/2 && y > h/4:
				c = color.RGBA{glove, glove, glove, 255}
			case x > 5*w/8 && x < 7*w/8 && y > h/2 && y < 3*h/4:
				c = color.RGBA{40, 90, 200, 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func TestDrawGolden(t *testing.T) {
	tests := []struct {
		name  string
		sheet style.Sheet
	}{
		{"truecolour", uitest.Truecolour(t)},
		{"256", uitest.Sheet(t, "dark", 256, true)},
		{"16", uitest.Basic(t)},
		{"ascii", uitest.Mono(t)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			uitest.GoldenStyled(t, "bench-24x8-"+tt.name, picture.Draw(bench(32, 24, 20), 24, 8, tt.sheet), 24, 8)
		})
	}
}

func TestBlackAndGreyGlovesDifferWithoutColour(t *testing.T) {
	mono := uitest.Mono(t)
	grey, black := picture.Draw(bench(64, 48, 128), 32, 12, mono), picture.Draw(bench(64, 48, 10), 32, 12, mono)
	if strings.Count(black, " ")-strings.Count(grey, " ") < 20 {
		t.Errorf("a black glove does not show:\n%s\n\n%s", grey, black)
	}
}

func TestDrawKeepsProportions(t *testing.T) {
	tests := []struct {
		name                     string
		pw, ph, w, h             int
		left, top, right, bottom int // of the picture within the box
	}{
		{"wide box", 40, 40, 40, 10, 10, 0, 30, 10},
		{"high box", 40, 40, 20, 20, 0, 5, 20, 15},
		{"wide picture", 80, 20, 40, 20, 0, 7, 40, 12},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			white := image.NewGray(image.Rect(0, 0, tt.pw, tt.ph))
			for i := range white.Pix {
				white.Pix[i] = 255
			}
			rows := strings.Split(picture.Draw(white, tt.w, tt.h, uitest.Mono(t)), "\n")
			for y, row := range rows {
				for x, r := range row {
					inside := x >= tt.left && x < tt.right && y >= tt.top && y < tt.bottom
					if (r == '@') != inside {
						t.Fatalf("cell %d,%d is %q, inside %v", x, y, r, inside)
					}
				}
			}
		})
	}
}

func TestDrawFillsAnyBox(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Basic(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(-1, 40).Draw(r, "w"), rapid.IntRange(-1, 20).Draw(r, "h")
		img := bench(rapid.IntRange(0, 50).Draw(r, "pw"), rapid.IntRange(0, 50).Draw(r, "ph"), 20)
		uitest.Exact(r, picture.Draw(img, w, h, sheets[rapid.IntRange(0, 2).Draw(r, "sheet")]), w, h)
	})
	uitest.Exact(t, picture.Draw(nil, 5, 2, sheets[0]), 5, 2)
}

func BenchmarkDraw(b *testing.B) {
	img, s := bench(160, 120, 20), uitest.Truecolour(b)
	b.ReportAllocs()
	for b.Loop() {
		picture.Draw(img, 40, 20, s)
	}
}
