package analysis

import (
	"context"
	"math"
)

// What the frames show, before and after, in the guilty slice:
//
//	a part of the picture looks different     a glove, a part, a mat
//	all of it does                            light, focus, a setting
//	the same picture, seen from elsewhere     a camera that was bumped

// A picture changed as a whole where even its least changed quarter of regions
// moved half as much as its most changed ones.
const wholeRatio = .5

// partFull is the colour difference that counts in full: as another thing in
// the picture, not another shade of the same.
const partFull = 12

// imagePart asks whether something in the picture looks different now.
func imagePart(_ context.Context, s *scene) (answer, error) {
	if len(s.regions) == 0 {
		return untested("too few frames on both sides to compare regions of the picture"), nil
	}
	if !s.regions[0].Beyond() {
		return told(0, number(s.regions[0].Delta), "no region of the picture looks different%s", s.within()), nil
	}
	return told(s.regions[0].Delta/partFull, number(s.regions[0].Delta), "a region of the picture changed colour by ΔE %s%s", number(s.regions[0].Delta), s.within()), nil
}

func imageWhole(_ context.Context, s *scene) (answer, error) {
	if len(s.regions) == 0 {
		return untested("too few frames on both sides to compare regions of the picture"), nil
	}
	beyond := 0
	for _, r := range s.regions {
		if r.Beyond() {
			beyond++
		}
	}
	if beyond == 0 {
		return told(0, "0", "no region of the picture changed colour%s", s.within()), nil
	}
	ratio := s.regions[len(s.regions)*3/4].Delta / s.regions[0].Delta
	where := "a part of the picture"
	if ratio >= wholeRatio {
		where = "the whole picture"
	}
	return told((ratio-.25)/(wholeRatio-.25), number(ratio), "%s changed: %d of %d regions, the largest by ΔE %s%s",
		where, beyond, len(s.regions), number(s.regions[0].Delta), s.within()), nil
}

// A shift counts in full where it explains most of how the pictures differ.
const (
	shiftFrom = .3
	shiftFull = .7
)

// imageShifted asks whether the picture is the same one, seen from elsewhere.
func imageShifted(_ context.Context, s *scene) (answer, error) {
	if !s.shift.Known {
		return untested("too few frames of one camera on both sides to lay over each other"), nil
	}
	strength := (s.shift.Explains - shiftFrom) / (shiftFull - shiftFrom)
	if strength < .5 {
		return told(strength, number(s.shift.Explains), "the cameras look where they looked%s", s.within()), nil
	}
	return told(strength, number(s.shift.Explains),
		"what was in the picture now lies %s of its width and %s of its height away, which explains %s of the difference%s",
		percent(math.Abs(s.shift.Right)), percent(math.Abs(s.shift.Down)), percent(s.shift.Explains), s.within()), nil
}
