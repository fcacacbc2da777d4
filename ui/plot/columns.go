package plot

import "math"

// finite is values with infinities as gaps.
func finite(values []float64) []float64 {
	clean := make([]float64, len(values))
	for i, v := range values {
		if math.IsInf(v, 0) {
			v = math.NaN()
		}
		clean[i] = v
	}
	return clean
}

// evenly averages values that share w columns evenly, weighted by their
// overlap with the column and by weights, if any. NaN counts for nothing; a
// column with nothing else is NaN.
func evenly(values, weights []float64, w int) []float64 {
	out := make([]float64, w)
	n := float64(len(values))
	for c := range out {
		from, to := float64(c)*n/float64(w), float64(c+1)*n/float64(w)
		out[c] = mean(values, weights, from, to)
	}
	return out
}

// mean averages values over [from, to), where value i covers [i, i+1).
func mean(values, weights []float64, from, to float64) float64 {
	sum, total := 0.0, 0.0
	for i := max(0, int(from)); i < len(values) && float64(i) < to; i++ {
		if math.IsNaN(values[i]) {
			continue
		}
		share := min(to, float64(i+1)) - max(from, float64(i))
		if i < len(weights) {
			share *= weights[i]
		}
		if share > 0 {
			total += share
			sum += share / total * (values[i] - sum) // running mean: sums of 1e308 do not overflow
		}
	}
	if total == 0 {
		return math.NaN()
	}
	return sum
}
