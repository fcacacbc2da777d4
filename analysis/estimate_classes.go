package analysis

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Has the mix of true classes changed? The model's own errors tell, if they
// stayed what they were:
//
//	answers in production μ  =  confusion C · weights w       solve for w
//	true classes q_j = w_j · P(class j)      quality = Σ q_j · recall_j
//
// Source: black box shift estimation, Lipton, Wang and Smola 2018.

// mostCondition is the condition number of the confusion from which its
// inverse says nothing.
const mostCondition = 100

// fewestTruths is how many labelled rows a class must have to take part.
const fewestTruths = 10

// Confusion is a labelled reference seen class by class: Rows[i][j] counts the
// rows answered i whose truth is j.
type Confusion struct{ Rows [][]float64 }

// Shifted is the share of each true class, and the accuracy, to be expected of
// rows answered as counted in answers, if every class is recognised as well as
// in the reference. ok is false for a confusion that cannot be inverted with
// confidence (a condition number of 100 or more), or without rows. The shares
// sum to 1; negative ones are set to 0 before. O(classes³).
func (c Confusion) Shifted(answers []float64) (shares []float64, accuracy float64, ok bool) {
	k := len(c.Rows)
	n := 0.0
	for _, row := range c.Rows {
		n += total(row)
	}
	asked := total(answers)
	if k < 2 || n == 0 || asked == 0 {
		return nil, math.NaN(), false
	}
	joint := mat.NewDense(k, k, nil)
	mu := mat.NewVecDense(k, nil)
	truth := make([]float64, k)
	for i, row := range c.Rows {
		mu.SetVec(i, answers[i]/asked)
		for j, rows := range row {
			joint.Set(i, j, rows/n)
			truth[j] += rows / n
		}
	}
	var w mat.VecDense
	if !(mat.Cond(joint, 2) < mostCondition) || w.SolveVec(joint, mu) != nil {
		return nil, math.NaN(), false
	}
	shares = make([]float64, k)
	for j := range shares {
		shares[j] = max(0, w.AtVec(j)) * truth[j]
	}
	sum := total(shares)
	if sum == 0 {
		return nil, math.NaN(), false
	}
	for j := range shares {
		shares[j] /= sum
		accuracy += shares[j] * joint.At(j, j) / truth[j]
	}
	return shares, accuracy, true
}

// byClasses is the accuracy expected of the production window from its answers
// alone; NaN where answers or labels are no classes, or too few. Classes with
// fewer than 10 labelled rows take no part.
func (t *Table) byClasses(mask Mask, w Windows) float64 {
	answers, labels := t.Role(RolePrediction), t.Role(RoleLabel)
	if answers == nil || labels == nil || t.measure.Scale != Proportion {
		return math.NaN()
	}
	ids := map[string]uint32{}
	said, truth := classes(answers, ids), classes(labels, ids)
	if len(ids) > ConfidenceBins {
		return math.NaN()
	}
	counts := make([]float64, len(ids)+1)
	t.eachIn(mask, w, func(i int, isProduction bool) {
		if !isProduction && said[i] > 0 {
			counts[truth[i]]++
		}
	})
	place, kept := make([]int, len(counts)), 0
	for k := 1; k < len(counts); k++ {
		if place[k] = -1; counts[k] >= fewestTruths {
			place[k] = kept
			kept++
		}
	}
	place[0] = -1
	c := Confusion{make([][]float64, kept)}
	for k := range c.Rows {
		c.Rows[k] = make([]float64, kept)
	}
	now := make([]float64, kept)
	t.eachIn(mask, w, func(i int, isProduction bool) {
		a, b := place[said[i]], place[truth[i]]
		switch {
		case a < 0:
		case isProduction:
			now[a]++
		case b >= 0:
			c.Rows[a][b]++
		}
	})
	_, accuracy, _ := c.Shifted(now)
	return accuracy
}
