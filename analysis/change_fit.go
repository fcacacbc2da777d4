package analysis

import "math"

// A fit takes a trace apart:
//
//	y = level (constant between cuts) + season + noise
//	noise variance = v (counting) + tau² (more than counting), correlated
//
// Level needs season, season needs level, the penalty needs the noise that
// both leave; so they are improved in turn:
//
//	season ─▶ clip spikes ─▶ cut ─▶ level ─▶ season ─▶ tau², correlation ─┐
//	            ▲─────────────────────────────────────────────────────────┘
type fit struct {
	cuts   []int
	p      prefix // of the clipped series without season, under the weights
	season []float64
	spread float64 // long-run variance / variance of the noise, ≥ 1
}

// The one parameter set of the change search.
const (
	penaltyPerCut = 4   // a cut must earn this many ln(buckets), in variances
	minSegment    = 6   // buckets; shorter stretches are spikes
	clipReach     = 12  // buckets either side of the running median
	clipAt        = 3   // standard deviations from it
	fitRounds     = 3   // after the first look
	maxPersist    = .95 // cap on the noise's persistence from bucket to bucket
	minLag1       = .04 // below it the noise counts as uncorrelated
)

// fitCounted fits a trace whose noise is known from counts. A step that is not
// cut looks like correlated noise, in which no step is worth a cut; so where
// none was found, the noise is measured once more around the best single cut.
func fitCounted(t trace, c calendar) fit {
	f := settle(t, c, nil)
	if len(f.cuts) > 0 {
		return f
	}
	w := t.weights(0)
	z := subtract(t.y, f.season)
	pilot := greedyCuts(newPrefix(t.clip(z, movingMedian(z, t.ok, clipReach), 0), w), 1)
	if again := settle(t, c, pilot); len(again.cuts) > 0 {
		return again
	}
	return f
}

// settle improves a fit that begins with some cuts, or with a running median
// where there are none.
func settle(t trace, c calendar, cuts []int) fit {
	n := len(t.y)
	f := fit{spread: 1, cuts: cuts, season: make([]float64, n)}
	if c.any() {
		f.season = firstSeason(t, c)
	}
	extra := 0.0
	for round := range fitRounds + 1 {
		w := t.weights(extra)
		z := subtract(t.y, f.season)
		middle := movingMedian(z, t.ok, clipReach)
		clipped := t.clip(z, middle, extra)
		level := middle
		segments := float64(t.known) / 13 // what the running median is worth
		if round > 0 || len(cuts) > 0 {
			f.p = newPrefix(clipped, w)
			if round > 0 {
				f.cuts = partition(f.p, penaltyPerCut*math.Log(float64(n))*f.spread, minSegment)
			}
			level = f.levels(n)
			segments = float64(len(f.cuts) + 1)
		}
		freedom := segments
		if c.any() {
			above := make([]float64, n)
			for i := range above {
				above[i] = clipped[i] + f.season[i] - level[i]
			}
			f.season = c.fit(above, w)
			freedom += c.freedom()
		}
		left := t.clip(subtract(subtract(t.y, f.season), level), make([]float64, n), extra)
		extra = t.overdispersion(left, float64(t.known)-freedom)
		f.spread = t.persistence(left, extra)
	}
	return f
}

// firstSeason fits the season before any cut is known, around a moving mean
// over whole periods. Without it every weekend would come out as a segment.
func firstSeason(t trace, c calendar) []float64 {
	w := t.weights(0)
	limit := 4 * medianPositive(w)
	for i := range w {
		w[i] = min(w[i], limit)
	}
	return c.fit(subtract(t.y, movingMean(t.y, w, c.reach)), w)
}

func subtract(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

// levels is the weighted mean of each bucket's stretch.
func (f fit) levels(n int) []float64 {
	level := make([]float64, n)
	for _, s := range stretches(f.cuts, n) {
		m := f.p.mean(s[0], s[1])
		for i := s[0]; i < s[1]; i++ {
			level[i] = m
		}
	}
	return level
}

// clip pulls values beyond clipAt standard deviations from the middle back to
// there, so that a spike cannot buy a cut; 0 in gaps.
func (t trace) clip(z, middle []float64, extra float64) []float64 {
	out := make([]float64, len(z))
	for i, ok := range t.ok {
		if ok {
			reach := clipAt * math.Sqrt(t.v[i]+extra)
			out[i] = max(middle[i]-reach, min(middle[i]+reach, z[i]))
		}
	}
	return out
}

// overdispersion is tau², what the residuals vary more than counting explains:
//
//	max(0, (Σr²/v − df) / (Σ1/v − Σ(1/v)²/Σ1/v))
//
// Source: DerSimonian and Laird 1986.
func (t trace) overdispersion(left []float64, freedom float64) float64 {
	var q, sum, squares float64
	for i, ok := range t.ok {
		if ok {
			w := 1 / t.v[i]
			q += w * left[i] * left[i]
			sum += w
			squares += w * w
		}
	}
	scale := sum - squares/sum
	if !(scale > 0) {
		return 0
	}
	return max(0, (q-freedom)/scale)
}

// persistence is the long-run variance of the residuals over their variance,
// for noise that is partly an AR(1): 1 + 2·r1/(1−φ), φ = max(r2/r1, r1), from
// the lag-1 and lag-2 correlations over pairs that both have data.
func (t trace) persistence(left []float64, extra float64) float64 {
	u := make([]float64, len(left))
	for i, ok := range t.ok {
		if ok {
			u[i] = left[i] / math.Sqrt(t.v[i]+extra)
		}
	}
	r1, r2 := max(0, t.lag(u, 1)), max(0, t.lag(u, 2))
	if r1 <= minLag1 {
		return 1
	}
	return 1 + 2*r1/(1-min(maxPersist, max(r2/r1, r1)))
}

// lag is the correlation of u with itself k buckets earlier.
func (t trace) lag(u []float64, k int) float64 {
	var product, square float64
	for i := k; i < len(u); i++ {
		if t.ok[i] && t.ok[i-k] {
			product += u[i] * u[i-k]
			square += u[i] * u[i]
		}
	}
	return product / max(square, 1e-9)
}
