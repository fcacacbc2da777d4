package analysis

import (
	"context"
	"math"
)

// What a lens or a lamp does to a picture, told from its numbers:
//
//	            sharpness   light   contrast
//	lens        falls       stays   falls a little
//	lamp        any         moves   moves the same way
//	new thing   any         any     often against the light
//
// The numbers are those the log has under their usual names, or frame.*.

// opticNames are the usual names of a picture's numbers.
var opticNames = map[string][]string{
	"light":     {"brightness", "luma", "luminance", "lightness", "intensity", "gray", "grey", "exposure"},
	"contrast":  {"contrast"},
	"sharpness": {"sharpness", "sharp", "focus", "laplacian"},
	"colour":    {"hue", "saturation", "colour", "color", "chroma"},
}

// optic is the signed effect, in sd, of the number of that name within the
// slice: the logged one before the one from frames. ok is false without one.
func (s *scene) optic(name string) (effect float64, column string, ok bool) {
	for _, derived := range []bool{false, true} {
		for _, sig := range s.inside {
			f := sig.Profile.Field
			if f.Derived() != derived || f.Type != Number || !isInput(f) || !named(f.Name, opticNames[name]...) || named(f.Name, "spread") {
				continue
			}
			effect = 0
			if sig.Changed && sig.Direction == "up" {
				effect = math.Abs(sig.Effect)
			}
			if sig.Changed && sig.Direction == "down" {
				effect = -math.Abs(sig.Effect)
			}
			return effect, f.Name, true
		}
	}
	return 0, "", false
}

// still is the effect up to which a number counts as unmoved, moved the one
// from which it counts as moved in full.
const (
	still = .5
	moved = 1.5
)

func opticsBlur(_ context.Context, s *scene) (answer, error) {
	sharp, column, ok := s.optic("sharpness")
	light, _, lit := s.optic("light")
	if !ok || !lit {
		return untested("no numbers about sharpness and light of the pictures"), nil
	}
	if sharp > -still || math.Abs(light) > moved {
		return told(0, number(sharp), "the pictures did not simply lose their sharpness%s", s.within()), nil
	}
	strength := (-sharp - still) / (moved - still) * (1 - math.Abs(light)/moved)
	return told(strength, number(sharp), "%s fell by %s sd while the light stayed%s", column, number(-sharp), s.within()), nil
}

func opticsLight(_ context.Context, s *scene) (answer, error) {
	light, column, ok := s.optic("light")
	contrast, _, rated := s.optic("contrast")
	if !ok || !rated {
		return untested("no numbers about light and contrast of the pictures"), nil
	}
	if math.Abs(light) < still || light*contrast <= 0 {
		return told(0, number(light), "light and contrast did not move together, as they do under another lamp%s", s.within()), nil
	}
	strength := (math.Abs(light) - still) / (moved - still)
	return told(strength, number(light), "%s moved by %s sd and contrast with it, as under another lamp%s", column, number(light), s.within()), nil
}

// opticsColour asks whether colours moved while the light stayed: another thing
// in the picture, or planes that changed places on the way.
func opticsColour(_ context.Context, s *scene) (answer, error) {
	light, _, lit := s.optic("light")
	if !lit || len(s.fields(isColour)) == 0 {
		return untested("no numbers about colour and light of the pictures"), nil
	}
	best := strongestSignal(s.inside, isColour)
	if best == nil || math.Abs(best.Effect) < still {
		return told(0, "0", "the colours stayed%s", s.within()), nil
	}
	strength := (math.Abs(best.Effect) - still) / (moved - still) * (1 - math.Abs(light)/moved)
	return told(strength, number(best.Effect), "%s moved by %s, the light by %s sd%s", best.Column, effectWords(*best), number(math.Abs(light)), s.within()), nil
}

func isColour(f Field) bool {
	return f.Type == Number && isInput(f) && named(f.Name, opticNames["colour"]...) && !named(f.Name, "spread")
}

// opticsSharper asks whether the pictures got sharper: no lens does that by
// itself, but a crop or another scale does.
func opticsSharper(_ context.Context, s *scene) (answer, error) {
	sharp, column, ok := s.optic("sharpness")
	if !ok {
		return untested("no number about the sharpness of the pictures"), nil
	}
	if sharp < still {
		return told(0, number(sharp), "the pictures did not get sharper%s", s.within()), nil
	}
	return told((sharp-still)/(moved-still), number(sharp), "%s rose by %s sd%s", column, number(sharp), s.within()), nil
}
