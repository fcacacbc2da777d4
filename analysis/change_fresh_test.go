package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// A generator of hourly error counts over 28 days, fitted to the shared series
// so that fresh ones can be drawn: what a line's log does when nothing happens
// is most of it.
//
//	logit of the error share = base + day's rhythm + weekend + AR(1) noise
//	                                + short spikes + the change
//	rows = volume · day's rhythm · weekend · noise, one hour in twenty missing
const freshHours = 672

// freshSeries draws one series and the hours at which its level changes.
func freshSeries(seed uint64) (Series, []int) {
	random := rand.New(rand.NewPCG(seed, 770000))
	between := func(lo, hi float64) float64 { return lo + (hi-lo)*random.Float64() }
	one := func(of ...float64) float64 { return of[random.IntN(len(of))] }
	base := math.Exp(between(math.Log(.003), math.Log(.2)))
	volume := math.Exp(between(math.Log(30), math.Log(10000)))
	tau, rho := one(0, .05, .15), one(0, .5, .8)
	rhythm, phase := one(0, .15, .4), between(0, 2*math.Pi)
	weekend := one(0, .2)
	busy, busyPhase, rest := between(0, .9), between(0, 2*math.Pi), between(.5, 1)
	level, cuts := freshLevel(random)
	for range random.IntN(3) {
		at, size := random.IntN(freshHours-3), between(.5, 2)
		for i := range 1 + random.IntN(3) {
			level[at+i] += size
		}
	}
	s := Series{Name: Accuracy, Start: monday, Step: time.Hour, Buckets: make([]Sum, freshHours)}
	noise := tau * random.NormFloat64()
	for i := range s.Buckets {
		noise = rho*noise + tau*math.Sqrt(1-rho*rho)*random.NormFloat64()
		hour := 2 * math.Pi * float64(i%24) / 24
		rows := volume * (1 + busy*math.Cos(hour-busyPhase)) * math.Exp(.15*random.NormFloat64())
		logit := math.Log(base/(1-base)) + rhythm*math.Cos(hour-phase) + noise + level[i]
		if i/24%7 >= 5 {
			rows *= rest
			logit += weekend
		}
		if random.Float64() < .05 {
			continue
		}
		n := int(max(0, math.Round(rows+math.Sqrt(rows)*random.NormFloat64())))
		wrong := binomial(random, n, 1/(1+math.Exp(-logit)))
		s.Buckets[i] = Sum{Rows: n, Known: n, Good: float64(n - wrong)}
	}
	return s, cuts
}

// freshLevel is the change alone: none, a step, two steps, or a ramp, whose
// hour is that of its beginning.
func freshLevel(random *rand.Rand) (level []float64, cuts []int) {
	level = make([]float64, freshHours)
	size := func() float64 {
		d := .25 + .85*random.Float64()
		if random.Float64() < 1./3 {
			return -d
		}
		return d
	}
	step := func(at, length int, d float64) {
		for i := at; i < freshHours; i++ {
			level[i] += d * min(1, float64(i-at+1)/float64(length))
		}
		cuts = append(cuts, at)
	}
	switch u := random.Float64(); {
	case u < .325:
	case u < .64:
		step(72+random.IntN(528), 1, size())
	case u < .89:
		a, b := 72+random.IntN(440), 72+random.IntN(528)
		step(min(a, b), 1, size())
		step(max(a, b, min(a, b)+60), 1, size())
	default:
		step(120+random.IntN(432), 12+random.IntN(37), size())
	}
	return level, cuts
}

// binomial counts the hits of n draws; above a few hundred expected hits, from
// the normal law.
func binomial(random *rand.Rand, n int, p float64) int {
	if v := float64(n) * p * (1 - p); v > 300 {
		return int(max(0, min(float64(n), math.Round(float64(n)*p+math.Sqrt(v)*random.NormFloat64()))))
	}
	// Skip from hit to hit: geometric gaps.
	hits, at := 0, 0
	for {
		at += 1 + int(math.Log(1-random.Float64())/math.Log1p(-p))
		if at > n {
			return hits
		}
		hits++
	}
}

// changeScore adds up how the changes found in series match the true ones,
// within 12 buckets.
type changeScore struct {
	hits, extra, missed, quiet, alarms, held, asked int
	late                                            []float64
}

func (c *changeScore) add(s Series, truth []int, changes []Change) {
	var found []int
	for _, change := range changes {
		found = append(found, s.Index(change.Onset))
	}
	n := matched(truth, found, 12)
	c.hits, c.extra, c.missed = c.hits+n, c.extra+len(found)-n, c.missed+len(truth)-n
	if len(truth) == 0 {
		c.quiet++
		c.alarms += side(len(found) > 0)
	}
	for _, cut := range truth {
		nearest := -1
		for k, at := range found {
			if nearest < 0 || apart(cut, at) < apart(cut, found[nearest]) {
				nearest = k
			}
		}
		if nearest < 0 {
			continue
		}
		c.late = append(c.late, float64(apart(cut, found[nearest])))
		if apart(cut, found[nearest]) <= 12 {
			c.asked++
			change := changes[nearest]
			c.held += side(!s.At(cut).Before(change.Earliest) && !s.At(cut).After(change.Latest))
		}
	}
}

func (c *changeScore) f1() float64    { return 2 * float64(c.hits) / float64(2*c.hits+c.extra+c.missed) }
func (c *changeScore) null() float64  { return float64(c.alarms) / float64(c.quiet) }
func (c *changeScore) cover() float64 { return float64(c.held) / float64(c.asked) }

func (c *changeScore) String() string {
	return fmt.Sprintf("F1=%.3f P=%.3f R=%.3f null=%.3f onset=%.1fh cover=%.3f n=%d", c.f1(),
		float64(c.hits)/float64(c.hits+c.extra), float64(c.hits)/float64(c.hits+c.missed), c.null(), median(c.late), c.cover(), c.asked)
}

func TestScoreChangesFresh(t *testing.T) {
	t.Parallel()
	var score changeScore
	for seed := range uint64(600) {
		s, truth := freshSeries(seed)
		changes, _ := Changes(s)
		score.add(s, truth, changes)
	}
	fmt.Printf("score: changes_fresh %v\n", &score)
	if score.f1() < .8 || score.null() > .02 {
		t.Error("below the goal: F1 ≥ 0.80, null ≤ 0.02")
	}
}
