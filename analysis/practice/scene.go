package practice

import "image"

// Class is the state of the gasket: what the models must tell.
type Class int

const (
	Seated Class = iota
	Tilted
	Missing
	classes = 3
)

func (c Class) String() string { return [...]string{"seated", "tilted", "missing"}[c] }

// rgb is a colour before the camera rounds it, each channel 0 to 255.
type rgb struct{ r, g, b float64 }

func (c rgb) times(k float64) rgb {
	return rgb{float64(c.r * k), float64(c.g * k), float64(c.b * k)}
}

// mix is c where a is 0 and o where a is 1.
func (c rgb) mix(o rgb, a float64) rgb {
	return rgb{c.r + float64((o.r-c.r)*a), c.g + float64((o.g-c.g)*a), c.b + float64((o.b-c.b)*a)}
}

// Scene is everything that decides a picture. Lengths are pixels of the
// picture, angles are given as a unit vector.
//
//	┌──────────────────┐
//	│ bench   ____     │   the housing is a disc with a groove, the gasket
//	│       / ____ \   │   a dark ring in it: round and centred when
//	│      | ( )   |   │   seated, off-centre and narrowed when tilted
//	│   thumb\____/ fingers
//	│      \  palm  /  │   the hand comes from below and holds the rim
//	└──────────────────┘
type Scene struct {
	Class   Class
	Housing Housing
	Gasket  Gasket
	Hand    Hand
	Glove   rgb
	Bench   rgb
	Light   Light
	Camera  Lens
	Smear   int // pixels the part moved sideways during the exposure
}

// Housing is the part the gasket belongs in; its look depends on the SKU.
type Housing struct {
	Radius float64
	Colour rgb
}

// Gasket is how the ring lies: shifted by X, Y and narrowed along that
// direction to Squash of its width (1: round).
type Gasket struct{ X, Y, Squash float64 }

// Hand is where the hand holds the housing: its sideways place, how far the
// fingertips reach over the rim, how far they are spread, from which side it
// comes (tangent of half the angle, 0: from below), and how light or dark the
// folds leave the glove (1: as it is).
type Hand struct{ X, Reach, Spread, Turn, Shade float64 }

// Light is the lamp: its gain on the picture, its warmth (0 neutral), and what
// the camera does to make up for too little of it: it amplifies noise, and
// exposes longer, so that more parts move meanwhile (Shake is their share).
type Light struct{ Gain, Warmth, Noise, Shake float64 }

// Lens is one camera's own: where it looks, how much haze lies on it, and how
// far it is out of focus, in passes of a 3 x 3 blur.
type Lens struct {
	X, Y, Haze float64
	Blur       int
}

// Side is the width and height of a picture in pixels: small enough that 30,000
// are drawn and judged in seconds, and shown whole in 20 lines of half blocks.
const Side = 40

// Middle is the row the housing is aimed at; its column is Side/2.
const Middle = 18

var rubber = rgb{36, 36, 40}

// draw renders the scene; d throws the camera's noise.
func (s *Scene) draw(d dice) *image.RGBA {
	c := newCanvas(s.Bench)
	x, y := Side/2+s.Camera.X, Middle+s.Camera.Y
	c.mat(s.Camera)
	s.drawHousing(c, x, y)
	s.drawHand(c, x, y)
	if s.Smear > 1 {
		c = c.smear(s.Smear)
	}
	for range s.Camera.Blur {
		c = c.blur()
	}
	return c.expose(s.Light, s.Camera.Haze, d)
}

func (s *Scene) drawHousing(c *canvas, x, y float64) {
	r := s.Housing.Radius
	seat := 0.62 * r
	c.disc(x+1.5, y+1.5, r, s.Bench.times(0.7)) // its shadow
	c.disc(x, y, r, s.Housing.Colour)
	c.disc(x, y, 0.3*r, s.Housing.Colour.times(0.85))
	c.ring(x, y, seat, 1.5, Gasket{Squash: 1}, s.Housing.Colour.times(0.78))
	if s.Class != Missing {
		c.ring(x, y, seat, 1.7, s.Gasket, rubber)
	}
}

// drawHand draws the sleeve, the palm, a thumb and three fingers around the
// housing, then turns them about it. Fingertips end Reach pixels inside its
// rim. The turn is given as the tangent of half its angle, from which sine and
// cosine follow without trigonometry.
func (s *Scene) drawHand(c *canvas, x, y float64) {
	h, hold := s.Hand, s.Housing.Radius-s.Hand.Reach
	k2 := float64(h.Turn * h.Turn)
	cos, sin := (1-k2)/(1+k2), 2*h.Turn/(1+k2)
	at := func(dx, dy float64) point {
		return point{x + float64(dx*cos) - float64(dy*sin), y + float64(dx*sin) + float64(dy*cos)}
	}
	palm, glove := at(h.X, 21), s.Glove.times(h.Shade)
	c.capsule(at(h.X, 33), at(h.X, 60), 9, rgb{70, 84, 120})
	c.capsule(palm, at(h.X, 29), 8.5, glove)
	for _, f := range []struct{ dx, dy, width float64 }{
		{-0.92, 0.38 - float64(0.1*h.Spread), 3.4}, // thumb
		{0.97, -0.1 - float64(0.3*h.Spread), 2.9},  // three fingers
		{0.9, 0.4 - float64(0.12*h.Spread), 3},
		{0.6, 0.8 + float64(0.04*h.Spread), 3},
	} {
		n := norm(f.dx, f.dy)
		knuckle := at(float64((hold+8)*f.dx/n), float64((hold+6)*f.dy/n)+5)
		c.capsule(palm, knuckle, f.width+0.5, glove)
		c.capsule(knuckle, at(hold*f.dx/n, hold*f.dy/n), f.width, glove)
	}
}
