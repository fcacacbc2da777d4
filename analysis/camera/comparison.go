package camera

import (
	"fmt"
	"image"
	"slices"
)

// Comparison is the answer to "show me the change": the pairs, the regions, the
// mean picture of each window (nil without pictures) with their difference and
// its largest value, and how many frames of each window were looked at.
type Comparison struct {
	Pairs      []Pair
	Regions    []Region
	MeanBefore *image.RGBA
	MeanAfter  *image.RGBA
	Difference *image.RGBA
	Largest    float64
	Before     int
	After      int
	Warnings   []string
}

// meanWidth is the width of the mean pictures: more than a terminal shows of
// one third of a screen, less than a thumbnail.
const meanWidth = 80

// Enough is where a mean colour per cell starts to mean something: below
// it the noise estimate itself rests on too few frames.
const Enough = 8

// Compare pairs the frames of both windows and compares their regions;
// n bounds the pairs. Few frames, views without a counterpart and pictures that
// could not be decoded are warnings, not errors.
func Compare(before, after []Sample, n int) Comparison {
	before, after = gridded(before), gridded(after)
	f := Comparison{Pairs: Pairs(before, after, n), Regions: Regions(before, after),
		Before: len(before), After: len(after),
		MeanBefore: MeanPicture(before, meanWidth), MeanAfter: MeanPicture(after, meanWidth)}
	f.Difference, f.Largest = DifferencePicture(f.MeanBefore, f.MeanAfter)
	if m := min(f.Before, f.After); m > 0 && m < Enough {
		f.warn("only %d frames before and %d after: the regions may be chance", f.Before, f.After)
	}
	if b, a := viewGrids(before), viewGrids(after); len(b) > 0 && len(a) > 0 && !shareView(b, a) {
		f.warn("no camera has frames in both windows: what differs may be the camera")
	}
	if blind := undecoded(before) + undecoded(after); blind > 0 {
		f.warn("%d of %d pictures could not be decoded", blind, f.Before+f.After)
	}
	return f
}

func (f *Comparison) warn(format string, args ...any) {
	f.Warnings = append(f.Warnings, fmt.Sprintf(format, args...))
}

// gridded copies the samples with their grids taken once.
func gridded(samples []Sample) []Sample {
	samples = slices.Clone(samples)
	for i := range samples {
		if grid, ok := samples[i].grid(); ok {
			samples[i].Grid = &grid
		}
	}
	return samples
}

func undecoded(samples []Sample) int {
	n := 0
	for _, s := range samples {
		if s.Picture == nil {
			n++
		}
	}
	return n
}
