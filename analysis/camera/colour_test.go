package camera

import (
	"image"
	"image/color"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Oracle: the published L*a*b* of the sRGB primaries under D65, to two digits.
func TestLab(t *testing.T) {
	for _, test := range []struct {
		colour  Colour
		l, a, b float64
	}{
		{Colour{0, 0, 0}, 0, 0, 0},
		{Colour{255, 255, 255}, 100, 0, 0},
		{Colour{255, 0, 0}, 53.24, 80.09, 67.20},
		{Colour{0, 255, 0}, 87.73, -86.18, 83.18},
		{Colour{0, 0, 255}, 32.30, 79.19, -107.86},
	} {
		l, a, b := test.colour.Lab()
		if math.Abs(l-test.l)+math.Abs(a-test.a)+math.Abs(b-test.b) > 0.06 {
			t.Errorf("Lab(%v) = %.2f %.2f %.2f, want %.2f %.2f %.2f", test.colour, l, a, b, test.l, test.a, test.b)
		}
	}
}

// Oracle: the words a person uses for these CSS colours.
func TestColourName(t *testing.T) {
	for _, test := range []struct {
		r, g, b float64
		want    string
	}{
		{10, 10, 10, "black"}, {40, 40, 42, "near black"}, {80, 80, 80, "dark gray"},
		{150, 148, 145, "gray"}, {200, 200, 200, "light gray"}, {255, 255, 255, "white"},
		{220, 20, 20, "red"}, {139, 69, 19, "brown"}, {255, 150, 0, "orange"}, {255, 235, 0, "yellow"},
		{20, 140, 40, "green"}, {0, 0, 139, "dark blue"}, {70, 130, 180, "blue"}, {135, 206, 235, "light blue"},
		{128, 0, 128, "dark purple"}, {255, 105, 180, "pink"},
	} {
		if got := (Colour{test.r, test.g, test.b}).Name(); got != test.want {
			t.Errorf("Name(%v,%v,%v) = %q, want %q", test.r, test.g, test.b, got, test.want)
		}
	}
}

func TestColourDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		channel := rapid.Float64Range(0, 255)
		draw := func(name string) Colour {
			return Colour{channel.Draw(t, name+"R"), channel.Draw(t, name+"G"), channel.Draw(t, name+"B")}
		}
		p, q, r := draw("p"), draw("q"), draw("r")
		if p.Distance(p) != 0 || p.Distance(q) != q.Distance(p) {
			t.Fatalf("not symmetric, or not 0 to itself: %v %v", p, q)
		}
		if p.Distance(r) > p.Distance(q)+q.Distance(r)+1e-9 {
			t.Fatalf("triangle broken by %v %v %v", p, q, r)
		}
	})
}

// Oracle: cells painted one by one, so every mean is the paint itself.
func TestGridOf(t *testing.T) {
	picture := image.NewRGBA(image.Rect(3, 5, 3+10, 5+7))
	for y := range 7 {
		for x := range 10 {
			cell := cellOf(y, 7)*GridSide + cellOf(x, 10)
			picture.Set(3+x, 5+y, color.RGBA{uint8(cell * 10), uint8(cell), 0, 255})
		}
	}
	grid, ok := GridOf(picture)
	if !ok {
		t.Fatal("a picture with pixels has a grid")
	}
	for cell, got := range grid {
		if want := (Colour{float64(cell * 10), float64(cell), 0}); got.Distance(want) > 1e-6 {
			t.Errorf("cell %d = %v, want %v", cell, got, want)
		}
	}
}

// cellOf is the quarter of size that pixel i falls in.
func cellOf(i, size int) int {
	for quarter := range GridSide {
		if from, to := span(0, size, quarter); i >= from && i < to {
			return quarter
		}
	}
	panic("the quarters do not cover the picture")
}

func TestGridOfEdges(t *testing.T) {
	if _, ok := GridOf(nil); ok {
		t.Error("no picture has no grid")
	}
	if _, ok := GridOf(image.NewRGBA(image.Rectangle{})); ok {
		t.Error("a picture without pixels has no grid")
	}
	one := image.NewRGBA(image.Rect(0, 0, 1, 1))
	one.Set(0, 0, color.White)
	if grid, ok := GridOf(one); !ok || grid[15].Name() != "white" {
		t.Errorf("one white pixel fills the grid, got %v %v", grid[15], ok)
	}
}
