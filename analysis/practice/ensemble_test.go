package practice

import (
	"reflect"
	"testing"
)

// accuracy is how often each member, and last the ensemble, is right on
// pictures it was not trained on.
func accuracy(e *Ensemble, glove *rgb) []float64 {
	const n = 1500
	right := make([]float64, len(views)+1)
	for i := range n {
		d := newDice(77, uint64(i))
		s := studio(d)
		if glove != nil {
			s.Glove = *glove
		}
		a := e.Look(s.draw(d))
		for m, v := range append(a.Votes, a.Class) {
			if v == s.Class {
				right[m] += 1.0 / n
			}
		}
	}
	return right
}

// Chance is the largest share of a class, 0.38.
func TestMembersLearnedGray(t *testing.T) {
	for _, e := range []*Ensemble{firstRelease(), secondRelease()} {
		got := accuracy(e, nil)
		t.Logf("%s: %v and ensemble %.3f", e.Version, Members(), got)
		for m, name := range Members() {
			if got[m] < 0.85 {
				t.Errorf("%s of %s is right on %.3f of held-out pictures, want at least 0.85", name, e.Version, got[m])
			}
		}
		if all := got[len(views)]; all < 0.90 || all > 0.96 {
			t.Errorf("ensemble %s is right on %.3f, want 0.90 to 0.96: good, with natural errors", e.Version, all)
		}
	}
}

func TestBlackGlovesConfuse(t *testing.T) {
	for _, e := range []*Ensemble{firstRelease(), secondRelease()} {
		got := accuracy(e, &blackGlove)
		t.Logf("%s: %v and ensemble %.3f", e.Version, Members(), got)
		for m, v := range got {
			if v > 0.6 {
				t.Errorf("number %d of %s is still right on %.3f of black gloves", m, e.Version, v)
			}
		}
		if all := got[len(views)]; all > 0.5 {
			t.Errorf("ensemble %s is still right on %.3f of black gloves", e.Version, all)
		}
	}
}

func TestTrainingRepeats(t *testing.T) {
	if a, b := firstRelease(), newEnsemble("3.4.1", 341); !reflect.DeepEqual(a, b) {
		t.Error("the same seed trained two different ensembles")
	}
}

// One layer with hand-set weights: logits 1·2+0·3+1 = 3 and 0·2+1·3-2 = 1, so
// the first probability is 1/(1+e^-2) = 0.8808.
func TestForward(t *testing.T) {
	n := &network{[]layer{{in: 2, out: 2, weight: []float64{1, 0, 0, 1}, bias: []float64{1, -2}}}}
	p := n.forward([]float64{2, 3}, n.activations())
	if p[0] < 0.88079 || p[0] > 0.88080 || p[0]+p[1] < 1-1e-12 {
		t.Errorf("probabilities %v, want 0.8808 and the rest", p)
	}
}

// Folding the standardisation into the weights must not change the answer by
// more than fixed point does.
func TestFold(t *testing.T) {
	d := newDice(3, 0)
	n := newNetwork([]int{4, 3, classes}, d)
	mean, sd := []float64{10, 20, 30, 40}, []float64{2, 4, 8, 16}
	raw := []float64{12, 16, 38, 40}
	standard := []float64{1, -1, 1, 0}
	before := append([]float64(nil), n.forward(standard, n.activations())...)
	n.fold(mean, sd)
	for i, p := range n.forward(raw, n.activations()) {
		if diff := p - before[i]; diff > 1e-3 || diff < -1e-3 {
			t.Errorf("class %d: %v folded, %v before", i, p, before[i])
		}
	}
}
