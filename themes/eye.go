package themes

import "github.com/lucasb-eyer/go-colorful"

// Eye is a way of seeing colour: a linear map of linear sRGB.
type Eye struct {
	Name string
	rows [3][3]float64
}

// Eyes are the full set of cones and the three kinds of missing ones.
//
// Source: Machado, Oliveira and Fernandes, A Physiologically-based Model for
// Simulation of Color Vision Deficiency, 2009, matrices of severity 1.0.
var Eyes = []Eye{
	{"all cones", [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{"protanopia", [3][3]float64{
		{0.152286, 1.052583, -0.204868},
		{0.114503, 0.786281, 0.099216},
		{-0.003882, -0.048116, 1.051998}}},
	{"deuteranopia", [3][3]float64{
		{0.367322, 0.860646, -0.227968},
		{0.280085, 0.672501, 0.047413},
		{-0.011820, 0.042940, 0.968881}}},
	{"tritanopia", [3][3]float64{
		{1.255528, -0.076749, -0.178779},
		{-0.078411, 0.930809, 0.147602},
		{0.004733, 0.691367, 0.303900}}},
}

// See is the colour as this eye perceives it.
func (e Eye) See(c colorful.Color) colorful.Color {
	r, g, b := c.LinearRgb()
	mix := func(row [3]float64) float64 { return row[0]*r + row[1]*g + row[2]*b }
	return colorful.LinearRgb(mix(e.rows[0]), mix(e.rows[1]), mix(e.rows[2])).Clamped()
}
