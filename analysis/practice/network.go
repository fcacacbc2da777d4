package practice

import "math"

// layer maps in numbers to out: out[o] = bias[o] + Σ weight[o][i]·in[i].
type layer struct {
	in, out int
	weight  []float64 // out rows of in
	bias    []float64
}

// network is layers with max(0, x) between them and a softmax at the end: one
// layer is a logistic regression, two are a small perceptron.
type network struct{ layers []layer }

func (l *layer) apply(in, out []float64) {
	for o := range out {
		row, sum := l.weight[o*l.in:(o+1)*l.in], l.bias[o]
		for i, v := range in {
			sum += float64(row[i] * v)
		}
		out[o] = sum
	}
}

// activations holds the numbers behind every layer for one input.
func (n *network) activations() [][]float64 {
	acts := make([][]float64, len(n.layers))
	for i, l := range n.layers {
		acts[i] = make([]float64, l.out)
	}
	return acts
}

// forward fills acts and returns the last, turned into probabilities.
func (n *network) forward(in []float64, acts [][]float64) []float64 {
	for i := range n.layers {
		n.layers[i].apply(in, acts[i])
		in = acts[i]
		if i < len(n.layers)-1 {
			for k, v := range in {
				in[k] = max(0, v)
			}
		}
	}
	softmax(in)
	return in
}

// softmax replaces v by exp(v) / Σ exp(v).
func softmax(v []float64) {
	top := v[0]
	for _, x := range v {
		top = max(top, x)
	}
	total := 0.0
	for i, x := range v {
		v[i] = exp(x - top)
		total += v[i]
	}
	for i := range v {
		v[i] /= total
	}
}

// newNetwork draws weights of variance 2/in (He et al., ICCV 2015).
func newNetwork(sizes []int, d dice) *network {
	n := &network{}
	for i := 1; i < len(sizes); i++ {
		l := layer{sizes[i-1], sizes[i], make([]float64, sizes[i-1]*sizes[i]), make([]float64, sizes[i])}
		scale := math.Sqrt(2 / float64(l.in))
		for k := range l.weight {
			l.weight[k] = float64(scale * d.normal())
		}
		n.layers = append(n.layers, l)
	}
	return n
}

// fold moves the standardisation (x - mean) / sd of the inputs into the first
// layer, so that the network takes the view's whole numbers, and rounds every
// weight to 1/65536 as a device with fixed-point arithmetic keeps it. Sums of
// whole numbers times such weights are exact in any order.
func (n *network) fold(mean, sd []float64) {
	first := &n.layers[0]
	for o := range first.out {
		for i := range first.in {
			w := &first.weight[o*first.in+i]
			*w = fixed(*w / sd[i])
			first.bias[o] -= float64(*w * mean[i])
		}
	}
	for i := range n.layers {
		l := &n.layers[i]
		for k, b := range l.bias {
			l.bias[k] = fixed(b)
		}
		for k, w := range l.weight {
			l.weight[k] = fixed(w)
		}
	}
}

func fixed(v float64) float64 { return math.Round(v*65536) / 65536 }
