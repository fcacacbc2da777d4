package practice

import "math"

// lesson is how one member learns: the hidden layer's width (0: none), passes
// over the examples, step size and shrinkage of the weights.
type lesson struct {
	hidden int
	passes int
	rate   float64
	shrink float64
}

// Twice the passes gain about half a point on held-out pictures.
var lessons = map[string]lesson{
	"colour": {hidden: 0, passes: 12, rate: 0.004, shrink: 1e-4},
	"shape":  {hidden: 0, passes: 12, rate: 0.004, shrink: 1e-4},
	"pixel":  {hidden: 10, passes: 10, rate: 0.006, shrink: 1e-4},
}

// example is one view of one picture and its class.
type example struct {
	in    []float64
	class Class
}

// train fits a network to the examples by stochastic gradient descent on the
// cross-entropy with a linearly falling step, on standardised inputs. Equal
// examples and dice give equal weights. Cost: passes × examples × weights.
func train(examples []example, l lesson, d dice) *network {
	mean, sd := moments(examples)
	size := len(mean)
	sizes := []int{size, l.hidden, classes}
	if l.hidden == 0 {
		sizes = []int{size, classes}
	}
	n := newNetwork(sizes, d)
	t := trainer{net: n, acts: n.activations(), grads: n.activations(), in: make([]float64, size)}
	for pass := range l.passes {
		rate := l.rate * (1 - float64(pass)/float64(l.passes))
		for _, i := range d.permutation(len(examples)) {
			for k, v := range examples[i].in {
				t.in[k] = (v - mean[k]) / sd[k]
			}
			t.step(examples[i].class, rate, l.shrink)
		}
	}
	n.fold(mean, sd)
	return n
}

// moments are mean and standard deviation per input. A cell that never
// changed says nothing: its spread is held at 1, as is any smaller one.
func moments(examples []example) (mean, sd []float64) {
	size, n := len(examples[0].in), float64(len(examples))
	mean, sd = make([]float64, size), make([]float64, size)
	for _, e := range examples {
		for i, v := range e.in {
			mean[i] += v
		}
	}
	for i := range mean {
		mean[i] /= n
	}
	for _, e := range examples {
		for i, v := range e.in {
			sd[i] += float64((v - mean[i]) * (v - mean[i]))
		}
	}
	for i := range sd {
		sd[i] = max(1, math.Sqrt(sd[i]/n))
	}
	return mean, sd
}

// trainer holds one network's working numbers.
type trainer struct {
	net         *network
	in          []float64
	acts, grads [][]float64
}

// step is one example forward and back. The gradient of the cross-entropy
// behind a softmax is probability minus truth.
func (t *trainer) step(truth Class, rate, shrink float64) {
	p := t.net.forward(t.in, t.acts)
	last := len(t.net.layers) - 1
	copy(t.grads[last], p)
	t.grads[last][truth]--
	for i := last; i >= 0; i-- {
		in := t.in
		if i > 0 {
			in = t.acts[i-1]
			t.back(i)
		}
		descend(&t.net.layers[i], in, t.grads[i], rate, shrink)
	}
}

// back carries the gradient through layer i to the one before, where only
// units that were on pass it.
func (t *trainer) back(i int) {
	l, below := &t.net.layers[i], t.grads[i-1]
	for k := range below {
		sum := 0.0
		if t.acts[i-1][k] > 0 {
			for o, g := range t.grads[i] {
				sum += float64(g * l.weight[o*l.in+k])
			}
		}
		below[k] = sum
	}
}

func descend(l *layer, in, grad []float64, rate, shrink float64) {
	for o, g := range grad {
		row := l.weight[o*l.in : (o+1)*l.in]
		step := float64(rate * g)
		keep := 1 - float64(rate*shrink)
		for i, v := range in {
			row[i] = float64(row[i]*keep) - float64(step*v)
		}
		l.bias[o] -= step
	}
}
