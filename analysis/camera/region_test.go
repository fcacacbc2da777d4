package camera

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRegionsFindTheGlove(t *testing.T) {
	black := map[int]bool{}
	for i := range 40 {
		black[i] = true
	}
	before, after := plant(1, 40, black)
	regions := Regions(before, after)
	for i, r := range regions {
		inside := r.Row >= 1 && r.Row <= 2 && r.Col >= 1 && r.Col <= 2
		if inside != (i < 4) {
			t.Errorf("place %d is cell %d,%d; the glove covers the four in the middle", i, r.Row, r.Col)
		}
		if r.Beyond() != inside {
			t.Errorf("cell %d,%d: Delta %.1f, noise %.1f, beyond chance %v", r.Row, r.Col, r.Delta, r.Noise, r.Beyond())
		}
		if r.N != [2]int{40, 40} {
			t.Errorf("cell %d,%d counts %v frames, want 40 and 40", r.Row, r.Col, r.N)
		}
	}
	if got := regions[0].Before.Name() + " → " + regions[0].After.Name(); got != "gray → near black" {
		t.Errorf("the glove went %s", got)
	}
}

// Twice the frames of the bright camera are no change of any region.
func TestRegionsAreNotFooledByTheMixOfCameras(t *testing.T) {
	before, after := plant(5, 40, nil)
	var bright []Sample
	for _, s := range after {
		if bright = append(bright, s); s.View() == "c2" {
			bright = append(bright, s, s, s)
		}
	}
	for _, r := range Regions(before, bright) {
		if r.Delta > 2 {
			t.Errorf("cell %d,%d: Delta %.1f from the mix of cameras alone", r.Row, r.Col, r.Delta)
		}
	}
}

func TestRegionsOfTheSameFramesAreZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, _ := plant(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 9).Draw(t, "n"), nil)
		for _, r := range Regions(before, before) {
			if r.Delta != 0 || r.Noise < 0 {
				t.Fatalf("cell %d,%d: Delta %v, noise %v", r.Row, r.Col, r.Delta, r.Noise)
			}
		}
	})
}

func TestCompareWarns(t *testing.T) {
	before, after := plant(6, 4, nil)
	elsewhere := []Sample{sample(9, "c9", 90, 150)}
	for _, test := range []struct {
		name          string
		before, after []Sample
		want          string
	}{
		{"few", before, after, "only 4 frames before"},
		{"no camera in both", before, elsewhere, "no camera has frames in both"},
		{"undecoded", append(before, Sample{}), after, "1 of 9 pictures could not be decoded"},
	} {
		got := strings.Join(Compare(test.before, test.after, 3).Warnings, "; ")
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: warnings %q lack %q", test.name, got, test.want)
		}
	}
	if f := Compare(nil, nil, 3); f.Pairs != nil || f.Regions != nil || f.Warnings != nil {
		t.Errorf("nothing compared with nothing is %+v", f)
	}
}
