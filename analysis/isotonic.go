package analysis

// Isotonic is the ascending sequence nearest to y: the weighted least squares
// fit with fit[0] ≤ fit[1] ≤ …, found by pooling neighbours that are out of
// order into their mean:
//
//	y    1  3  2  2  5          fit  1  2⅓ 2⅓ 2⅓ 5
//	        └─ pooled ┘
//
// y and w have equal length; a point of weight 0 takes the level of the pool it
// falls into, or of the one before. Nothing in, nothing out. Cost: linear.
// Source: pool adjacent violators, Ayer 1955, as sklearn IsotonicRegression.
func Isotonic(y, w []float64) []float64 {
	type pool struct {
		mean, weight float64
		count        int
	}
	var pools []pool
	for i, v := range y {
		pools = append(pools, pool{v, w[i], 1})
		for len(pools) > 1 {
			b, a := pools[len(pools)-1], pools[len(pools)-2]
			if a.mean < b.mean && b.weight > 0 && a.weight > 0 {
				break
			}
			if a.weight > 0 && b.weight > 0 && a.mean == b.mean {
				break
			}
			joined := pool{weight: a.weight + b.weight, count: a.count + b.count}
			switch {
			case joined.weight > 0:
				joined.mean = (a.mean*a.weight + b.mean*b.weight) / joined.weight
			default:
				joined.mean = a.mean
			}
			pools = append(pools[:len(pools)-2], joined)
		}
	}
	fit := make([]float64, 0, len(y))
	for _, p := range pools {
		for range p.count {
			fit = append(fit, p.mean)
		}
	}
	return fit
}
