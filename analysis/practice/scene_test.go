package practice

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// Any scene draws, the same twice, opaque and in 6 bits a channel.
func TestDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Int64().Draw(t, "seed")
		s := studio(newDice(seed, 0))
		s.Camera.X += rapid.Float64Range(-60, 60).Draw(t, "x")
		s.Camera.Y += rapid.Float64Range(-60, 60).Draw(t, "y")
		a, b := s.draw(newDice(seed, 1)), s.draw(newDice(seed, 1))
		if !bytes.Equal(a.Pix, b.Pix) {
			t.Fatal("the same scene and dice drew two pictures")
		}
		for i, v := range a.Pix {
			if i%4 == 3 && v != 255 || i%4 != 3 && v%4 != 0 {
				t.Fatalf("byte %d is %d", i, v)
			}
		}
	})
}

// The gasket is where its class says: in the groove above the middle (where
// this hand does not reach), out of it, or nowhere.
func TestGasketShows(t *testing.T) {
	tests := []struct {
		class  Class
		lie    Gasket
		groove bool // dark in the groove, 8 pixels above the middle
		rim    bool // dark outside it, 12 pixels above
	}{
		{Seated, Gasket{0, 0, 1}, true, false},
		{Tilted, Gasket{0, -4, 1}, false, true},
		{Missing, Gasket{0, 0, 1}, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.class.String(), func(t *testing.T) {
			s := Scene{Class: tt.class, Housing: SKUs[0].Housing, Gasket: tt.lie, Glove: grayGlove,
				Hand: Hand{Shade: 1}, Bench: rgb{96, 122, 112}, Light: Light{Gain: 1}}
			y := gray(s.draw(newDice(1, 0)))
			dark := func(row int) bool { return y[row*Side+Side/2] < darkBelow }
			if dark(Middle-8) != tt.groove || dark(Middle-12) != tt.rim {
				t.Errorf("dark in groove %v, on rim %v; want %v, %v", dark(Middle-8), dark(Middle-12), tt.groove, tt.rim)
			}
		})
	}
}
