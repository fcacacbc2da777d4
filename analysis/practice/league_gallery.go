package practice

import (
	"image"
	"runtime"
	"sync"

	"andon/analysis/camera"
)

// The gallery is where the league's rows come from: pictures that were really
// drawn and really judged, once, and are then met again and again.
//
//	setting × light × SKU × work ──▶ a cell of some dozen glances
//	                                   │ each: class, gap, image features,
//	                                   │       what every release answered
//	row of an incident ──which cell?───┘ one at random
//
// A row costs no picture, and yet its votes, its confidence and its failure
// are a model's own.
type gallery struct {
	cells [settings * lights * skus * tasks][]glance
	right [settings][releases]float64 // share right by day and night alike
}

// How many kinds of light, SKU and work there are. The last two SKUs are ones
// the models never saw.
const (
	lights = 2 // day, night
	skus   = 6
	tasks  = 2 // press, rework
)

// newcomers are the SKUs nobody had pictures of when the models were trained.
var newcomers = []SKU{
	{"HX-160", Housing{13, rgb{60, 60, 66}}},
	{"CU-30", Housing{12.5, rgb{150, 70, 50}}},
}

// Glances a cell: more where every round draws from it. Pictures are kept of
// the first few.
const (
	manyGlances = 192
	someGlances = 64
	pictured    = 10
)

// glance is one picture, and what was made of it.
type glance struct {
	class    Class
	gap      float64 // mm, as a gauge would measure it
	features [2][7]float32
	said     [releases]said
	picture  *image.RGBA // nil for most
}

// said is a release's answer: the mean probability of each class, and votes.
type said struct {
	p     [classes]float32
	votes [3]uint8
}

// tap is where image features are taken: at the camera, or behind the
// preprocessing.
const (
	atCamera = iota
	behindPipeline
)

// The wings of the gallery: what is tuned on rounds of one is scored on rounds
// of the other, with pictures that no tuning ever met.
var wings = [2]func() *gallery{
	sync.OnceValue(func() *gallery { return hang(1) }),
	sync.OnceValue(func() *gallery { return hang(2) }),
}

// cell is the place of a combination; a newcomer outside the ordinary setting
// is taken for one of the known SKUs.
func cell(setting, light, sku, work int) int {
	if setting != normal && sku >= len(SKUs) {
		sku -= len(SKUs)
	}
	return ((setting*lights+light)*skus+sku)*tasks + work
}

// hang draws a wing: about 30,000 pictures, a few seconds on two cores.
func hang(seed int64) *gallery {
	g := &gallery{}
	ensembles := ensembles()
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(g.cells); i += workers {
				g.cells[i] = hangCell(i, seed, &ensembles)
			}
		})
	}
	wait.Wait()
	g.count()
	return g
}

func hangCell(at int, seed int64, by *[releases]*Ensemble) []glance {
	work, sku, light := at%tasks, at/tasks%skus, at/tasks/skus%lights
	setting := at / tasks / skus / lights
	if setting != normal && sku >= len(SKUs) {
		return nil
	}
	n := someGlances
	if setting == normal {
		n = manyGlances
	}
	cell := make([]glance, n)
	for i := range cell {
		d := newDice(seed, streamGallery+uint64(at)<<16+uint64(i))
		cell[i] = look(arrange(setting, light, sku, work, d), &settingsTable[setting], by, setting == normal, d)
		if i >= pictured {
			cell[i].picture = nil
		}
	}
	return cell
}

// arrange sets the scene of a glance: any bench, camera and gray glove, the
// SKU, the light, and the hand as the work asks for. Rework is done with the
// hand from the side and deep over the ring: known, and always hard.
func arrange(at, light, sku, work int, d dice) *Scene {
	shift := shifts[[lights]int{0, 2}[light]]
	known := SKUs
	if sku >= len(SKUs) {
		known, sku = newcomers, sku-len(SKUs)
	}
	s := &Scene{
		Housing: known[sku].Housing,
		Bench:   rgb{96, 122, 112}.times(d.between(0.95, 1.05)),
		Glove:   grayGlove.mix(paleGlove, d.between(0, 0.5)),
		Light:   shift.Light,
		Camera:  Lens{X: d.between(-1.2, 1.2), Y: d.between(-1, 1)},
	}
	s.pose(d)
	if work == 1 {
		s.Hand.Reach = d.between(7.5, 10.5)
		s.Hand.Turn = grip(s.Hand.Turn, 0.75)
	}
	if change := settingsTable[at].change; change != nil {
		change(s)
	}
	return s
}

// look draws the scene and asks the releases: all of them for the ordinary
// setting, else the two that are in service.
func look(s *Scene, at *setting, by *[releases]*Ensemble, all bool, d dice) glance {
	img := s.draw(d)
	seen := img
	if at.see != nil {
		seen = at.see(img)
	}
	g := glance{class: s.Class, gap: gap(s), picture: img}
	for i, p := range []*image.RGBA{img, seen} {
		f := camera.Measure(p)
		for k, v := range [7]float64{f.Luma, f.Contrast, f.Sharpness, f.Hue, f.HueSpread, f.Saturation, f.SaturationSpread} {
			g.features[i][k] = float32(v)
		}
	}
	seen = standardise(seen)
	for r, e := range by {
		if !all && r > nextRelease {
			g.said[r] = g.said[nextRelease]
			continue
		}
		sum, votes := e.weigh(seen)
		for k, v := range sum {
			g.said[r].p[k] = float32(v / float64(len(votes)))
		}
		for m, v := range votes {
			g.said[r].votes[m] = uint8(v)
		}
	}
	return g
}

// Gaps in mm by class: what a gauge shows for a seated, a tilted and a missing
// gasket, in the middle.
var gaps = [classes]float64{0.1, 0.42, 1.2}

// gap is the distance between gasket and groove, wider the more it tilts.
func gap(s *Scene) float64 {
	lie := norm(s.Gasket.X, s.Gasket.Y)
	switch s.Class {
	case Seated:
		return 0.06 + float64(0.07*lie)
	case Tilted:
		return 0.2 * lie
	}
	return gaps[Missing]
}

// count works out how often each release is right in each setting.
func (g *gallery) count() {
	for s := range settings {
		n := 0.0
		for c := cell(s, 0, 0, 0); c < cell(s, 0, 0, 0)+lights*skus*tasks; c++ {
			if c/tasks%skus >= len(SKUs) || c%tasks == 1 {
				continue
			}
			for i := range g.cells[c] {
				n++
				for r := range releases {
					if g.cells[c][i].said[r].top() == g.cells[c][i].class {
						g.right[s][r]++
					}
				}
			}
		}
		for r := range releases {
			g.right[s][r] /= n
		}
	}
}

// top is the class of the highest probability, the first among equals.
func (s *said) top() Class {
	best := 0
	for k, v := range s.p {
		if v > s.p[best] {
			best = k
		}
	}
	return Class(best)
}
