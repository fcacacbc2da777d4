package camera

import (
	"maps"
	"math"
	"slices"
)

// A camera that was bumped sees the same bench somewhere else. The mean picture
// keeps what stands still, so the mean after is laid over the mean before, moved
// a little each way, until it fits best:
//
//	before ┌──────────┐     after ┌──────────┐     moved back by (7, 4)
//	       │  ▒▒▓▓▒▒  │           │      ▒▒▓▓│     ▒▒▓▓▒▒ over ▒▒▓▓▒▒
//	       └──────────┘           └──────────┘     r .41 ─▶ r .93
//
// A new glove or another bench does not fit better anywhere.

// Shift is how far the view moved, as shares of the picture's width and height
// to the right and down, and how much of the difference of the mean pictures
// that explains, 0..1. Known is false where too few pictures of one view lie on
// both sides.
type Shift struct {
	Right, Down float64
	Explains    float64
	Known       bool
}

const (
	shiftWidth = 40  // of the mean pictures
	shiftMost  = 10  // pixels of them it may have moved each way
	shiftLeast = 1.5 // pixels below which nothing moved
	shiftNoise = 2   // times what halves of one window differ by
)

// ShiftOf finds the shift between the frames before and after of one view; of
// several, the one that explains most, the first by name if two explain alike.
//
//	explains = 1 − (1 − r at the best place) / (1 − r at the old place)
//
// r is the correlation of luma where both pictures lie. It is 0 where the mean
// pictures differ no more than halves of one window do, and where the best place
// is at the edge of those looked at, which is no best place. O(pixels · places).
//
// Source: zero-mean normalised cross-correlation, Lewis, Vision Interface 1995.
func ShiftOf(before, after []Sample) Shift {
	b, a := byView(before), byView(after)
	var best Shift
	for _, view := range slices.Sorted(maps.Keys(a)) {
		if min(len(b[view]), len(a[view])) < shiftFrames {
			continue
		}
		if s := shiftOf(b[view], a[view]); !best.Known || s.Explains > best.Explains {
			best = s
		}
	}
	return best
}

// shiftFrames is how many pictures of a view make a mean that keeps still.
const shiftFrames = 4

func shiftOf(before, after []Sample) Shift {
	b, a := meanLuma(before), meanLuma(after)
	if b.w == 0 || a.w != b.w || a.h != b.h {
		return Shift{}
	}
	here := correlation(b, a, 0, 0)
	s := Shift{Known: true}
	if 1-here < shiftNoise*max(halves(before), halves(after)) {
		return s
	}
	fit, right, down := here, 0, 0
	for y := -shiftMost; y <= shiftMost; y++ {
		for x := -shiftMost; x <= shiftMost; x++ {
			if r := correlation(b, a, x, y); r > fit {
				fit, right, down = r, x, y
			}
		}
	}
	edge := max(right, -right, down, -down) == shiftMost
	if edge || math.Hypot(float64(right), float64(down)) < shiftLeast {
		return s
	}
	s.Right, s.Down = float64(right)/float64(b.w), float64(down)/float64(b.h)
	s.Explains = 1 - (1-fit)/(1-here)
	return s
}

// halves is 1 − r between the mean pictures of every other frame.
func halves(samples []Sample) float64 {
	var odd, even []Sample
	for i, s := range samples {
		if i%2 == 0 {
			even = append(even, s)
		} else {
			odd = append(odd, s)
		}
	}
	e, o := meanLuma(even), meanLuma(odd)
	if e.w != o.w || e.h != o.h {
		return 0
	}
	return 1 - correlation(e, o, 0, 0)
}

func meanLuma(samples []Sample) lumaPlane {
	if mean := MeanPicture(samples, shiftWidth); mean != nil {
		return lumaOf(mean)
	}
	return lumaPlane{}
}

// correlation is that of b with a moved back by x and y, where both lie; 1 where
// neither varies.
func correlation(b, a lumaPlane, x, y int) float64 {
	var n, sb, sa, bb, aa, ab float64
	for row := max(0, -y); row < min(b.h, b.h-y); row++ {
		for col := max(0, -x); col < min(b.w, b.w-x); col++ {
			p, q := b.v[row*b.w+col], a.v[(row+y)*b.w+col+x]
			n, sb, sa, bb, aa, ab = n+1, sb+p, sa+q, bb+p*p, aa+q*q, ab+p*q
		}
	}
	if n == 0 {
		return 0
	}
	vb, va := bb-sb*sb/n, aa-sa*sa/n
	if vb <= 0 || va <= 0 {
		if vb <= 0 && va <= 0 {
			return 1
		}
		return 0
	}
	return (ab - sb*sa/n) / math.Sqrt(vb*va)
}

func byView(samples []Sample) map[string][]Sample {
	views := map[string][]Sample{}
	for _, s := range samples {
		if s.Picture != nil {
			views[s.View()] = append(views[s.View()], s)
		}
	}
	return views
}
