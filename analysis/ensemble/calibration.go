package ensemble

import "math"

// calibration is the mean distance between how sure member m was, its largest
// share, and how often it was then right, over ten bins weighted by rows:
//
//	Σ_b n_b/n · |right_b − sure_b|
//
// NaN where the member logs no shares or no row has a truth. Source: the
// expected calibration error of Naeini, Cooper and Hauskrecht 2015.
func (s *sitting) calibration(m int, rows []int) float64 {
	b := s.panel.Members[m]
	if b.Shares == nil {
		return unknown
	}
	const bins = 10
	var sure, right, count [bins]float64
	total := 0.0
	for _, i := range rows {
		v := s.panel.Judge(b.Said[i], s.panel.Truth[i])
		if v != v {
			continue
		}
		share := b.Share(int(b.Said[i])-1, i)
		k := max(0, min(bins-1, int(share*bins)))
		sure[k] += share
		right[k] += v
		count[k]++
		total++
	}
	if total == 0 {
		return unknown
	}
	sum := 0.0
	for k, n := range count {
		if n > 0 {
			sum += math.Abs(right[k]-sure[k]) / total
		}
	}
	return sum
}
