package themes

import (
	"errors"
	"fmt"

	"github.com/lucasb-eyer/go-colorful"
)

// The least contrast ratio of a slot against every ground: 4.5 for what is
// read, 3 for what may be overlooked or is only drawn.
//
// Source: WCAG 2.2, success criteria 1.4.3 and 1.4.11.
const (
	readContrast  = 4.5
	drawnContrast = 3.0
)

// minDifference is the least CIEDE2000 difference between two meanings that
// must not be mixed up. About 2 is just noticeable side by side; 10 is told
// apart at a glance and on thin lines.
const minDifference = 10

// apart are the pairs of meanings that colour must tell apart for everyone.
var apart = [][2]Slot{{Before, After}, {Good, Bad}}

// Check reports whether a palette can be read: the contrast of every slot
// against every ground, and before/after and good/bad told apart by readers
// without red, green or blue cones. It returns nil, or every failure joined. A
// slot without a colour uses the terminal's foreground and is not judged.
func (t Theme) Check() error {
	var failures []error
	for _, s := range Slots {
		for _, ground := range t.Grounds {
			c, ok := t.Ink(s).rgb()
			g, err := parseHex(ground)
			if !ok || err != nil {
				continue
			}
			if got, want := contrast(c, g), least(s); got < want {
				failures = append(failures, fmt.Errorf(
					"theme %q: %s on %s has a contrast of %.1f, less than %.1f", t.Name, s, ground, got, want))
			}
		}
	}
	for _, pair := range apart {
		failures = append(failures, t.distinct(pair[0], pair[1]))
	}
	return errors.Join(failures...)
}

// least is the contrast a slot needs.
func least(s Slot) float64 {
	switch s {
	case Muted, Border:
		return drawnContrast
	}
	return readContrast
}

// distinct reports readers for whom two meanings look alike.
func (t Theme) distinct(a, b Slot) error {
	ca, okA := t.Ink(a).rgb()
	cb, okB := t.Ink(b).rgb()
	if !okA || !okB {
		return nil
	}
	var failures []error
	for _, eye := range Eyes {
		if d := 100 * eye.See(ca).DistanceCIEDE2000(eye.See(cb)); d < minDifference {
			failures = append(failures, fmt.Errorf(
				"theme %q: %s and %s differ by %.1f with %s, less than %d", t.Name, a, b, d, eye.Name, minDifference))
		}
	}
	return errors.Join(failures...)
}

// rgb is the exact colour, if the ink has one.
func (i Ink) rgb() (colorful.Color, bool) {
	if i.Colour == "" {
		return colorful.Color{}, false
	}
	c, err := parseHex(i.Colour)
	return c, err == nil
}

// parseHex reads "#rrggbb".
func parseHex(s string) (colorful.Color, error) {
	c, err := colorful.Hex(s)
	if err != nil || len(s) != 7 {
		return colorful.Color{}, fmt.Errorf("colour %q: write it as #rrggbb", s)
	}
	return c, nil
}

// contrast is (L1 + 0.05) / (L2 + 0.05) of the relative luminances, lighter
// first: 1 for equal colours, 21 for black and white.
//
// Source: WCAG 2.2, definition of contrast ratio.
func contrast(a, b colorful.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of sRGB, 0 for black to 1 for white.
func luminance(c colorful.Color) float64 {
	r, g, b := c.LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}
