package practice

import (
	"image"
	"math"
)

// canvas is a picture while it is painted: shapes with soft edges laid over
// each other, then smeared by motion, then exposed by a camera.
//
// A shape covers a pixel by how far the pixel's centre lies inside its edge,
// cut to 0..1: the usual one-pixel soft edge of a distance field.
type canvas struct{ px []rgb }

type point struct{ x, y float64 }

func newCanvas(background rgb) *canvas {
	c := &canvas{make([]rgb, Side*Side)}
	for i := range c.px {
		c.px[i] = background
	}
	return c
}

// mat draws the lines of the bench mat, which move with the camera.
func (c *canvas) mat(lens Lens) {
	dx, dy := int(math.Floor(lens.X)), int(math.Floor(lens.Y))
	for i := range c.px {
		if (i%Side-dx+Side)%13 == 3 || (i/Side-dy+Side)%13 == 5 {
			c.px[i] = c.px[i].times(0.9)
		}
	}
}

// paint lays a shape over what the picture shows of the box around it.
func (c *canvas) paint(x0, y0, x1, y1 float64, shape func(x, y float64) (colour rgb, cover float64)) {
	left, right := max(0, int(x0)-1), min(Side-1, int(x1)+1)
	top, bottom := max(0, int(y0)-1), min(Side-1, int(y1)+1)
	for y := top; y <= bottom; y++ {
		for x := left; x <= right; x++ {
			colour, cover := shape(float64(x), float64(y))
			if cover <= 0 {
				continue
			}
			i := y*Side + x
			c.px[i] = c.px[i].mix(colour, min(1, cover))
		}
	}
}

func norm(x, y float64) float64 { return math.Sqrt(float64(x*x) + float64(y*y)) }

func (c *canvas) disc(x, y, r float64, colour rgb) {
	c.paint(x-r, y-r, x+r, y+r, func(px, py float64) (rgb, float64) {
		return colour, r + 0.5 - norm(px-x, py-y)
	})
}

// ring draws a ring of the given radius and half-width, shifted and narrowed
// as the gasket lies.
func (c *canvas) ring(x, y, radius, half float64, lie Gasket, colour rgb) {
	x, y = x+lie.X, y+lie.Y
	ux, uy := 1.0, 0.0
	if n := norm(lie.X, lie.Y); n > 0 {
		ux, uy = lie.X/n, lie.Y/n
	}
	out := radius + half
	c.paint(x-out, y-out, x+out, y+out, func(px, py float64) (rgb, float64) {
		dx, dy := px-x, py-y
		along := (float64(dx*ux) + float64(dy*uy)) / lie.Squash
		across := float64(dy*ux) - float64(dx*uy)
		return colour, half + 0.5 - math.Abs(norm(along, across)-radius)
	})
}

// capsule draws a line from a to b with round ends, darker towards its edge
// as a finger is.
func (c *canvas) capsule(a, b point, r float64, colour rgb) {
	dx, dy := b.x-a.x, b.y-a.y
	length := float64(dx*dx) + float64(dy*dy)
	x0, x1 := min(a.x, b.x)-r, max(a.x, b.x)+r
	y0, y1 := min(a.y, b.y)-r, max(a.y, b.y)+r
	c.paint(x0, y0, x1, y1, func(px, py float64) (rgb, float64) {
		t := (float64((px-a.x)*dx) + float64((py-a.y)*dy)) / length
		t = max(0, min(1, t))
		ex, ey := px-a.x-float64(t*dx), py-a.y-float64(t*dy)
		square := float64(ex*ex) + float64(ey*ey)
		if square >= (r+0.5)*(r+0.5) {
			return rgb{}, 0
		}
		return colour.times(1.05 - float64(0.35*square)/(r*r)), r + 0.5 - math.Sqrt(square)
	})
}

// smear averages every pixel with the n-1 to its right: motion during the
// exposure.
func (c *canvas) smear(n int) *canvas {
	out := newCanvas(rgb{})
	for i := range c.px {
		row := i - i%Side
		var sum rgb
		for k := range n {
			p := c.px[min(i+k, row+Side-1)]
			sum = rgb{sum.r + p.r, sum.g + p.g, sum.b + p.b}
		}
		out.px[i] = sum.times(1 / float64(n))
	}
	return out
}

// blur weighs every pixel 2:1:1 with its neighbours along a row, then along a
// column, and sees the edge pixel beyond the edge. Each pass adds half a pixel
// squared to the variance of the spread: a lens out of focus.
func (c *canvas) blur() *canvas {
	return c.soften(func(i int) (int, int) {
		return max(i-1, i-i%Side), min(i+1, i-i%Side+Side-1)
	}).soften(func(i int) (int, int) {
		return max(i-Side, i%Side), min(i+Side, i%Side+Side*(Side-1))
	})
}

func (c *canvas) soften(neighbours func(i int) (int, int)) *canvas {
	out := newCanvas(rgb{})
	for i, p := range c.px {
		a, b := neighbours(i)
		out.px[i] = p.mix(c.px[a].mix(c.px[b], 0.5), 0.5)
	}
	return out
}

// expose turns light into bytes: lamp, haze on the lens, noise of the sensor,
// and its 6 bits a channel, which also keep the files small.
func (c *canvas) expose(light Light, haze float64, d dice) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, Side, Side))
	warm := rgb{1 + light.Warmth, 1, 1 - light.Warmth}.times(light.Gain)
	for i, p := range c.px {
		p = rgb{float64(p.r * warm.r), float64(p.g * warm.g), float64(p.b * warm.b)}.mix(rgb{185, 190, 195}, haze)
		grain := d.grain()
		out := img.Pix[4*i:]
		out[0] = quantise(p.r + float64(light.Noise*grain.r))
		out[1] = quantise(p.g + float64(light.Noise*grain.g))
		out[2] = quantise(p.b + float64(light.Noise*grain.b))
		out[3] = 255
	}
	return img
}

func quantise(v float64) uint8 { return uint8(max(0, min(255, v))) &^ 3 }
