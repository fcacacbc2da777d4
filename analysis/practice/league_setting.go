package practice

import (
	"image"
	"image/color"
)

// A setting is one state of the world before the camera, or of the way from
// camera to model, in which the gallery photographs hands: the ordinary one,
// harmless changes of it, and faults of several degrees.
type setting struct {
	name   string
	change func(*Scene)                  // what is different before the camera
	see    func(*image.RGBA) *image.RGBA // what the pipeline does before standardising
}

// What may be before the camera, by name so that a plot reads as a sentence.
const (
	normal = iota
	paleGloves
	brightLamp
	blueGloves
	navyGloves
	blackGloves
	darkMat
	lightMat
	sideGrip
	softFocus
	noFocus
	dimLamp
	deadLamp
	nudged
	bumped
	swappedPlanes
	cropped
	shrunk
	settings
)

// wear changes the colour of the glove to c.
func wear(c rgb) func(*Scene) { return func(s *Scene) { s.Glove = c } }

// mats changes the colour of the bench.
func mats(c rgb) func(*Scene) { return func(s *Scene) { s.Bench = c } }

// lamp leaves a share of the light; the camera amplifies what is left, and its
// noise with it.
func lamp(share, noise float64) func(*Scene) {
	return func(s *Scene) {
		s.Light.Gain *= share
		s.Light.Noise *= noise
	}
}

// aim moves the camera by pixels.
func aim(x, y float64) func(*Scene) {
	return func(s *Scene) {
		s.Camera.X += x
		s.Camera.Y += y
	}
}

// settingsTable says what each setting does. The shares right that the first
// release reaches in them by day are about: 0.93 for the first three; gloves
// 0.70, 0.45, 0.44; mats 0.33, 0.5; grip 0.65; focus, lamp and aim each
// between 0.45 and 0.85.
var settingsTable = [settings]setting{
	normal:        {name: "as ever"},
	paleGloves:    {name: "paler gloves", change: wear(paleGlove.mix(rgb{204, 204, 200}, 0.5))},
	brightLamp:    {name: "a new lamp", change: lamp(1.12, 0.95)},
	blueGloves:    {name: "blue gloves", change: wear(rgb{70, 110, 170})},
	navyGloves:    {name: "navy gloves", change: wear(rgb{40, 52, 92})},
	blackGloves:   {name: "black gloves", change: wear(blackGlove)},
	darkMat:       {name: "dark bench mats", change: mats(rgb{40, 44, 52})},
	lightMat:      {name: "light bench mats", change: mats(rgb{200, 205, 200})},
	sideGrip:      {name: "hands from the side", change: func(s *Scene) { s.Hand.Turn = grip(s.Hand.Turn, 1.1) }},
	softFocus:     {name: "a little out of focus", change: func(s *Scene) { s.Camera.Blur = 5 }},
	noFocus:       {name: "out of focus", change: func(s *Scene) { s.Camera.Blur = 9 }},
	dimLamp:       {name: "one lamp of two", change: lamp(0.45, 1.6)},
	deadLamp:      {name: "no lamp", change: lamp(0.22, 1.8)},
	nudged:        {name: "camera nudged", change: aim(3, -2)},
	bumped:        {name: "camera bumped", change: aim(7, 4)},
	swappedPlanes: {name: "colour planes swapped", see: swapPlanes},
	cropped:       {name: "cropped off centre", see: func(img *image.RGBA) *image.RGBA { return zoom(img, 0.84, -3) }},
	shrunk:        {name: "scaled down", see: func(img *image.RGBA) *image.RGBA { return zoom(img, 1.5, 0) }},
}

// grip turns a hand further to the side it comes from.
func grip(turn, by float64) float64 {
	if turn < 0 {
		return turn - by
	}
	return turn + by
}

// swapPlanes hands over luma and the two colour differences where red, green
// and blue are expected, as a decoder does that is told the wrong format. (Red
// for blue alone costs a plant of gray gloves on steel one point in a hundred.)
// The weights are those of ITU-R BT.601.
func swapPlanes(img *image.RGBA) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	for i := 0; i < len(out.Pix); i += 4 {
		y, cb, cr := color.RGBToYCbCr(img.Pix[i], img.Pix[i+1], img.Pix[i+2])
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = y, cb, cr, img.Pix[i+3]
	}
	return out
}

// zoom shows step pixels of the picture for each of its own, about the middle
// moved by off: below 1 enlarges, above 1 shrinks, repeating the edge.
func zoom(img *image.RGBA, step float64, off int) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	from := func(v int) int {
		return max(0, min(Side-1, Side/2+off+int(float64(step*float64(v-Side/2)))))
	}
	for y := range Side {
		for x := range Side {
			copy(out.Pix[4*(y*Side+x):][:4], img.Pix[4*(from(y)*Side+from(x)):][:4])
		}
	}
	return out
}
