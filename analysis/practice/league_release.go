package practice

import (
	"math"
	"sync"
)

// The releases of the league. The first two are the plant's own and equally
// good; the others went wrong in training or on the way to the device, as
// releases do, and are as bad as that made them.
const (
	goodRelease = iota
	nextRelease
	slippedRelease // a third of its tilted gaskets were labelled seated
	hurriedRelease // trained on a hundred pictures
	starvedRelease // trained on forty
	crushedRelease // the next release, its weights rounded too coarsely
	releases
)

// ensembles trains them all, the first time any is asked for.
var ensembles = sync.OnceValue(func() [releases]*Ensemble {
	return [releases]*Ensemble{
		goodRelease:    firstRelease(),
		nextRelease:    secondRelease(),
		slippedRelease: teach("3.6.0", 360, 900, 0.5),
		hurriedRelease: teach("3.6.0", 361, 100, 0),
		starvedRelease: teach("3.6.0", 362, 36, 0),
		crushedRelease: secondRelease().crushed(16),
	}
})

// crushed keeps every weight as one of 2·levels+1 equal steps up to its
// layer's largest, as a careless conversion to small whole numbers does.
func (e *Ensemble) crushed(levels float64) *Ensemble {
	out := &Ensemble{Version: "3.6.0"}
	for _, n := range e.members {
		small := &network{}
		for _, l := range n.layers {
			largest := 0.0
			for _, w := range l.weight {
				largest = max(largest, math.Abs(w))
			}
			weight := make([]float64, len(l.weight))
			for i, w := range l.weight {
				weight[i] = float64(math.Round(w/largest*levels) / levels * largest)
			}
			small.layers = append(small.layers, layer{l.in, l.out, weight, l.bias})
		}
		out.members = append(out.members, small)
	}
	return out
}
