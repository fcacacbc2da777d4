package rollup

// Bins is how many bins a number has: the first and the last hold what lies
// beyond the scale.
const Bins = 64

// null is the bin of the rows without a value.
const null = Bins

// Scale is the fixed edges of a column's bins: Bins - 2 of equal width from Low
// to High. It is chosen once for a column, so that all its rollups add.
type Scale struct{ Low, High float64 }

// ScaleOf is a scale for values that were seen from low to high, with as much
// room again beside them for those to come.
func ScaleOf(low, high float64) Scale {
	room := (high - low) / 2
	if !(room > 0) || high-low > 1e300 {
		room = 1
	}
	return Scale{low - room, high + room}
}

// bin is the bin of a value; NaN is null.
func (s Scale) bin(v float64) int {
	switch {
	case v != v:
		return null
	case v < s.Low:
		return 0
	case v >= s.High:
		return Bins - 1
	}
	return min(1+int((v-s.Low)/(s.High-s.Low)*(Bins-2)), Bins-2)
}

// Edges are the inner edges, ascending: bin i lies between edge i-1 and edge i.
func (s Scale) Edges() []float64 {
	edges := make([]float64, Bins-1)
	for i := range edges {
		edges[i] = s.Low + (s.High-s.Low)*float64(i)/(Bins-2)
	}
	return edges
}
