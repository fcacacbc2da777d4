package practice

import (
	"fmt"
	"time"
)

// Plant is what does not change during a story: where things stand, who works
// there and what is made.
//
//	L1  S1 S2 S3   two cameras above every station; stations are numbered
//	L2  S4 S5 S6   through, cameras C01 to C16. A crew of eight belongs to a
//	L3  S7 S8      shift and changes stations, and so lines, every day.
type Plant struct {
	Stations []Station
	Crews    map[string][]string // operators by shift
}

// Station is a bench with two cameras.
type Station struct {
	Line, Name string
	Bench      rgb
	Cameras    [2]Camera
}

// Camera is one camera: where it is aimed, and its gain against the others.
type Camera struct {
	Name    string
	X, Y    float64
	Gain    float64
	Network float64 // ms its pictures are on the way
}

// Line is the share of the plant's parts a line makes, and of which SKUs.
type Line struct {
	Name     string
	Stations int
	Share    float64
	Mix      []float64 // in the order of SKUs
}

var lines = []Line{
	{"L1", 3, 0.34, []float64{0.40, 0.30, 0.15, 0.15}},
	{"L2", 3, 0.42, []float64{0.30, 0.35, 0.20, 0.15}},
	{"L3", 2, 0.24, []float64{0.20, 0.30, 0.30, 0.20}},
}

// SKU is a product: the housing the gasket goes into.
type SKU struct {
	Name    string
	Housing Housing
}

// SKUs are steel, zinc, brass and white plastic housings.
var SKUs = []SKU{
	{"HX-110", Housing{13, rgb{196, 202, 208}}},
	{"HX-120", Housing{12.5, rgb{168, 178, 190}}},
	{"HX-140", Housing{13.5, rgb{206, 182, 132}}},
	{"MG-20", Housing{12.5, rgb{224, 222, 214}}},
}

// Shift is a part of the day from Start o'clock; the night begins at 22 and is
// dimmer, so its cameras amplify more noise.
type Shift struct {
	Name   string
	Start  int
	Volume float64
	Light  Light
}

var shifts = []Shift{
	{"early", 6, 1.15, Light{1, 0, 5, 0.10}},
	{"late", 14, 1.05, Light{0.96, 0.01, 5.5, 0.11}},
	{"night", 22, 0.6, Light{0.7, 0.05, 16, 0.26}},
}

// shiftAt is the shift on duty, which runs from its start for eight hours.
func shiftAt(t time.Time) Shift {
	return shifts[(t.Hour()+24-6)%24/8]
}

// newPlant draws the plant's people and the small differences between its
// cameras.
func newPlant(seed int64) *Plant {
	d := newDice(seed, streamPlant)
	p := &Plant{Crews: map[string][]string{}}
	for _, l := range lines {
		for range l.Stations {
			n := len(p.Stations)
			tone := d.between(0.95, 1.05)
			s := Station{Line: l.Name, Name: fmt.Sprintf("S%d", n+1), Bench: rgb{96, 122, 112}.times(tone)}
			for c := range s.Cameras {
				s.Cameras[c] = Camera{fmt.Sprintf("C%02d", 2*n+c+1),
					d.between(-1.2, 1.2), d.between(-1, 1), d.between(0.96, 1.04), d.between(0, 3)}
			}
			p.Stations = append(p.Stations, s)
		}
	}
	numbers := d.permutation(9000)
	for _, s := range shifts {
		for range p.Stations {
			p.Crews[s.Name] = append(p.Crews[s.Name], fmt.Sprintf("op-%d", 1000+numbers[0]))
			numbers = numbers[1:]
		}
	}
	return p
}

// station picks one of a line's stations.
func (p *Plant) station(line string, d dice) int {
	var of []int
	for i, s := range p.Stations {
		if s.Line == line {
			of = append(of, i)
		}
	}
	return of[d.intn(len(of))]
}
