package camera

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// hand paints a bench with a glove in its middle: what the pairing must see.
func hand(bench, glove uint8) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, 16, 12))
	for y := range 12 {
		for x := range 16 {
			shade := bench
			if x >= 4 && x < 12 && y >= 3 && y < 9 {
				shade = glove
			}
			picture.Set(x, y, color.RGBA{shade, shade, shade, 255})
		}
	}
	return picture
}

func sample(id int64, camera string, bench, glove uint8) Sample {
	return Sample{Frame: Frame{ID: id, Time: time.Unix(id, 0)}, Picture: hand(bench, glove),
		Caption: map[string]string{"camera": camera}}
}

// plant is two cameras with benches of their own and some noise; black lists
// the after-frames with black gloves.
func plant(seed uint64, n int, black map[int]bool) (before, after []Sample) {
	random := rand.New(rand.NewPCG(seed, 1))
	noisy := func(v int) uint8 { return uint8(v + random.IntN(9) - 4) }
	for i := range n {
		camera, bench := "c1", 90
		if i%2 == 1 {
			camera, bench = "c2", 210
		}
		glove := 150
		before = append(before, sample(int64(i), camera, noisy(bench), noisy(glove)))
		if black[i] {
			glove = 35
		}
		after = append(after, sample(int64(1000+i), camera, noisy(bench), noisy(glove)))
	}
	return before, after
}

func TestPairsFindsTheBlackGloves(t *testing.T) {
	before, after := plant(1, 40, map[int]bool{6: true, 11: true, 30: true})
	pairs := Pairs(before, after, 3)
	var got []int64
	for _, p := range pairs {
		got = append(got, p.After.Frame.ID)
		if !p.SameView || p.Before.View() != p.After.View() {
			t.Errorf("frame %d of %s is beside one of %s", p.After.Frame.ID, p.After.View(), p.Before.View())
		}
		if p.Likeness < 2.5 {
			t.Errorf("a black glove is %.1f after-like; a quarter of its cells at the clamp alone make 3", p.Likeness)
		}
	}
	slices.Sort(got)
	if want := []int64{1006, 1011, 1030}; !slices.Equal(got, want) {
		t.Errorf("the three most after-like are %v, want %v", got, want)
	}
}

// A black glove by day belongs beside a gray one by day, not beside the night
// frame that is as dark in most of its numbers.
func TestPairsMatchesWhatDidNotChange(t *testing.T) {
	side := func(first int64, frames ...[2]float64) (s []Sample) {
		for i, f := range frames {
			s = append(s, Sample{Frame: Frame{ID: first + int64(i)}, Features: []float64{f[0], f[1], f[1], f[1], f[1], f[1]}})
		}
		return s
	}
	const night = 4
	before := side(0, [2]float64{90, 150}, [2]float64{91, 152}, [2]float64{89, 148}, [2]float64{90, 151}, [2]float64{60, 100})
	after := side(10, [2]float64{90, 35}, [2]float64{91, 34})
	for _, p := range Pairs(before, after, 2) {
		if p.Before.Frame.ID == night {
			t.Errorf("black glove %d stands beside the night frame", p.After.Frame.ID)
		}
	}
}

func TestPairsPrefersAnotherBefore(t *testing.T) {
	before, after := plant(2, 20, map[int]bool{0: true, 2: true, 4: true, 6: true})
	seen := map[int64]bool{}
	for _, p := range Pairs(before, after, 4) {
		if seen[p.Before.Frame.ID] {
			t.Errorf("before-frame %d stands beside two frames though others were left", p.Before.Frame.ID)
		}
		seen[p.Before.Frame.ID] = true
	}
}

func TestPairsPutsTheWrongFirst(t *testing.T) {
	before, _ := plant(3, 20, nil)
	right, wrong := sample(50, "c1", 90, 30), sample(51, "c1", 90, 30)
	right.Known, wrong.Known, wrong.Wrong = true, true, true
	pairs := Pairs(before, []Sample{right, wrong}, 2)
	if pairs[0].After.Frame.ID != 51 {
		t.Error("of two equal frames the wrongly answered one comes first")
	}
}

// A still camera sends the same picture again and again: once is enough.
func TestPairsShowsAPictureOnce(t *testing.T) {
	before, after := plant(8, 20, map[int]bool{3: true})
	still := make([]Sample, 6)
	for i := range still {
		still[i] = sample(int64(100+i), "c1", 90, 20)
	}
	seen := 0
	for _, p := range Pairs(before, append(still, after...), 3) {
		if p.After.Frame.ID < 1000 {
			seen++
		}
	}
	if seen != 1 {
		t.Errorf("the still picture shows %d times among the first three, want once", seen)
	}
	if got := len(Pairs(before, still, 4)); got != 4 {
		t.Errorf("%d pairs of six frames alike, want 4: there is nothing else to show", got)
	}
}

func TestPairsByFeaturesAlone(t *testing.T) {
	side := func(values ...float64) (s []Sample) {
		for i, v := range values {
			s = append(s, Sample{Frame: Frame{ID: int64(i)}, Features: []float64{v, math.NaN()}})
		}
		return s
	}
	pairs := Pairs(side(1, 2, 3, 4), side(2, 40, 3.1), 1)
	if len(pairs) != 1 || pairs[0].After.Frame.ID != 1 || pairs[0].Before.Frame.ID != 3 {
		t.Fatalf("40 is the most after-like and 4 its nearest, got %+v", pairs)
	}
}

func TestPairsEdges(t *testing.T) {
	before, after := plant(4, 4, nil)
	for name, got := range map[string][]Pair{
		"nothing before": Pairs(nil, after, 3),
		"nothing after":  Pairs(before, nil, 3),
		"none asked":     Pairs(before, after, 0),
		"no numbers":     Pairs([]Sample{{}}, after, 3),
	} {
		if got != nil {
			t.Errorf("%s: %d pairs, want none", name, len(got))
		}
	}
	if got := len(Pairs(before, after, 99)); got != 4 {
		t.Errorf("%d pairs of 4 after-frames", got)
	}
	alien := sample(9, "c9", 90, 150)
	if p := Pairs(before, []Sample{alien}, 1); p[0].SameView {
		t.Error("a camera that before never had cannot be the same view")
	}
}

func TestPairsIgnoresTheOrderOfBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "n")
		before, after := plant(rapid.Uint64().Draw(t, "seed"), n, map[int]bool{1: true})
		first := Pairs(before, after, 5)
		second := Pairs(rapid.Permutation(before).Draw(t, "order"), after, 5)
		for i := range first {
			if first[i].After.Frame.ID != second[i].After.Frame.ID {
				t.Fatalf("pair %d shows another frame after shuffling before", i)
			}
			if first[i].Likeness < 0 || first[i].Likeness > maxZ*maxZ {
				t.Fatalf("likeness %v is outside 0..%d", first[i].Likeness, maxZ*maxZ)
			}
		}
	})
}
