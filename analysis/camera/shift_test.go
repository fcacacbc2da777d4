package camera

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

// benches draws frames of one camera: a bench with a dark fixture and a bolt,
// looked at from (x, y) pixels further right and down, with a hand somewhere
// and noise. glove is the hand's gray.
func benches(n, x, y int, glove uint8, seed uint64) []Sample {
	random := rand.New(rand.NewPCG(seed, 1))
	samples := make([]Sample, n)
	for i := range samples {
		picture := image.NewRGBA(image.Rect(0, 0, 40, 40))
		hand := image.Pt(random.IntN(20), 20+random.IntN(12))
		for p := range 40 * 40 {
			at := image.Pt(p%40, p/40)
			seen := at.Add(image.Pt(x, y))
			gray := 150.0
			switch {
			case at.Sub(hand).In(image.Rect(0, 0, 9, 7)):
				gray = float64(glove)
			case seen.In(image.Rect(14, 12, 34, 18)):
				gray = 60
			case seen.In(image.Rect(18, 24, 23, 30)):
				gray = 215
			}
			v := uint8(max(0, min(255, gray+6*random.NormFloat64())))
			picture.Set(at.X, at.Y, color.RGBA{v, v, v, 255})
		}
		samples[i] = Sample{Picture: picture, Caption: map[string]string{"camera": "C1"}}
	}
	return samples
}

// The oracle is how far the drawn camera was moved: what a camera that looks
// further right sees lies further left.
func TestShiftOf(t *testing.T) {
	before := benches(30, 0, 0, 110, 1)
	for _, test := range []struct {
		name        string
		after       []Sample
		right, down float64
		explains    bool
	}{
		{"bumped", benches(30, 5, -3, 110, 2), -5. / 40, 3. / 40, true},
		{"as it was", benches(30, 0, 0, 110, 3), 0, 0, false},
		{"black gloves", benches(30, 0, 0, 20, 4), 0, 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ShiftOf(before, test.after)
			if !got.Known || (got.Explains > .6) != test.explains {
				t.Errorf("got %+v, a shift explains it: %t", got, test.explains)
			}
			if test.explains && (math.Abs(got.Right-test.right) > .026 || math.Abs(got.Down-test.down) > .026) {
				t.Errorf("moved by %.3f, %.3f; want %.3f, %.3f", got.Right, got.Down, test.right, test.down)
			}
		})
	}
	t.Run("a darker lamp is no shift", func(t *testing.T) {
		dark := benches(30, 0, 0, 110, 5)
		for _, s := range dark {
			p := s.Picture.(*image.RGBA)
			for i := range p.Pix {
				if i%4 < 3 {
					p.Pix[i] /= 2
				}
			}
		}
		if got := ShiftOf(before, dark); got.Explains > .3 {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("too few, or no view in common", func(t *testing.T) {
		other := benches(30, 5, -3, 110, 6)
		for i := range other {
			other[i].Caption["camera"] = "C2"
		}
		for _, after := range [][]Sample{nil, {{}}, benches(3, 5, -3, 110, 7), other} {
			if got := ShiftOf(before, after); got.Known {
				t.Errorf("%d frames: got %+v", len(after), got)
			}
		}
	})
}
