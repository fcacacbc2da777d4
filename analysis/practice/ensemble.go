package practice

import (
	"image"
	"sync"
)

// Ensemble is the plant's vision model: members that see different views of a
// picture and vote.
//
//	             ┌─ colour cells ─── logistic regression ─┐
//	standardised ┼─ gray pixels ──── perceptron ──────────┼─ mean probability
//	picture      └─ edges, dark ──── logistic regression ─┘
type Ensemble struct {
	Version string
	members []*network // in the order of views
}

// Answer is what an ensemble says of one picture: the class of the highest
// mean probability, that probability, and each member's own choice in the
// order of Members.
type Answer struct {
	Class      Class
	Confidence float64
	Votes      []Class
}

// Members are the names of an ensemble's members.
func Members() []string {
	names := make([]string, len(views))
	for i, v := range views {
		names[i] = v.name
	}
	return names
}

// Look runs every member on the picture, which must be Side pixels square.
// Safe for concurrent use.
func (e *Ensemble) Look(img *image.RGBA) Answer {
	mean, votes := e.weigh(standardise(img))
	class := top(mean[:])
	return Answer{class, mean[class] / float64(len(e.members)), votes}
}

// weigh is the sum of the members' probabilities for a standardised picture,
// and each member's own choice.
func (e *Ensemble) weigh(img *image.RGBA) (sum [classes]float64, votes []Class) {
	votes = make([]Class, len(e.members))
	for m, net := range e.members {
		in := make([]float64, views[m].size)
		views[m].see(img, in)
		p := net.forward(in, net.activations())
		votes[m] = top(p)
		for k, v := range p {
			sum[k] += v
		}
	}
	return sum, votes
}

// top is the index of the largest, the first among equals.
func top(p []float64) Class {
	best := 0
	for i, v := range p {
		if v > p[best] {
			best = i
		}
	}
	return Class(best)
}

// pictures is how many pictures an ensemble is trained on.
const pictures = 2400

// newEnsemble draws pictures of an ordinary week with gray gloves only and
// trains every member on them.
func newEnsemble(version string, seed int64) *Ensemble {
	return teach(version, seed, pictures, 0)
}

// teach trains every member on n pictures, of which a share of the tilted
// gaskets was labelled seated by mistake.
func teach(version string, seed int64, n int, mistaken float64) *Ensemble {
	examples := make([][]example, len(views))
	for i := range n {
		d := newDice(seed, streamTrain+uint64(i))
		scene := studio(d)
		img := standardise(scene.draw(d))
		class := scene.Class
		if mistaken > 0 && class == Tilted && d.chance(mistaken) {
			class = Seated
		}
		for m, v := range views {
			in := make([]float64, v.size)
			v.see(img, in)
			examples[m] = append(examples[m], example{in, class})
		}
	}
	e := &Ensemble{version, make([]*network, len(views))}
	var wait sync.WaitGroup
	for m, v := range views {
		wait.Go(func() {
			e.members[m] = train(examples[m], lessons[v.name], newDice(seed, streamTrain-1-uint64(m)))
		})
	}
	wait.Wait()
	return e
}

// The releases of the plant: the second is the first trained again on fresh
// pictures, as a plant does every few months, and changes nothing else. Both
// are made once; a story only chooses between them.
var (
	firstRelease  = sync.OnceValue(func() *Ensemble { return newEnsemble("3.4.1", 341) })
	secondRelease = sync.OnceValue(func() *Ensemble { return newEnsemble("3.5.0", 350) })
)
