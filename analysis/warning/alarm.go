package warning

import (
	"math"
	"time"

	"andon/analysis"
)

// One block outside its band is chance; many a little outside are a ramp. What
// exceeds allowance adds up, what does not takes it back:
//
//	stray   ·  1  0  2  1  3  2  3  3
//	sum     0  0  0  1  1  3  4  6  8 ──▶ alarm at Limit
//
// Source: Page 1954.

// Alarm is one track that left its band. From is the block in which the sum
// began to grow, Raised the end of the one in which it reached the limit.
type Alarm struct {
	Indicator Indicator
	Where     analysis.Where
	From      time.Time
	Raised    time.Time
	Up        bool
	Usual     float64 // the band's level over the blocks since From
	Now       float64 // the mean over them
	Effect    float64 // |Now − Usual| in standard deviations of a row
	Score     float64 // the sum
}

const (
	// allowance is the stray that a block may have without adding up: twice what
	// is best for a known level, since a level learned from days is off itself.
	allowance = 1
	// Limit is the sum at which an alarm is raised. Source: quiet months of the
	// practice league's training seeds, hundreds of tracks each; 5, 6, 7 and 8
	// gave 0.9, 0.6, 0.3 and 0.3 grave warnings a month.
	Limit = 7
	// capped keeps one block, and two, from raising an alarm alone.
	capped = 4
	// lag is how far behind the newest block a band is learned.
	lag = 48 * time.Hour
)

// alarms watches a track from the first days on. After an alarm it learns anew
// for as long: what was harmless becomes usual.
func (g grid) alarms(k track) []Alarm {
	var all []Alarm
	since, back := 0, int(lag/g.step)
	up, down := sum{}, sum{}
	for b := g.learn; b < g.blocks; b++ {
		if b-since < g.learn {
			continue
		}
		band, ok := g.learnBand(k.blocks, since, max(since+g.learn-back, b-back))
		if !ok {
			continue
		}
		z := band.stray(g.slot(b), k.blocks[b])
		up.add(z, b)
		down.add(-z, b)
		for _, s := range k.harmful(up, down) {
			if a, ok := g.alarm(k, s, b, band); ok {
				all = append(all, a)
				since, up, down = b, sum{}, sum{}
				break
			}
		}
	}
	return all
}

// harmful are the sums in the directions that do harm.
func (i Indicator) harmful(up, down sum) []sum {
	switch {
	case i.Worse > 0:
		return []sum{up}
	case i.Worse < 0:
		return []sum{down}
	}
	return []sum{up, down}
}

// alarm is raised where a sum reached the limit and the move is worth a word.
func (g grid) alarm(k track, s sum, block int, b band) (Alarm, bool) {
	if s.total < Limit {
		return Alarm{}, false
	}
	var now analysis.Sum
	usual := 0.0
	for i := s.from; i <= block; i++ {
		now = now.Add(k.blocks[i])
		usual += b.level[g.slot(i)] * float64(k.blocks[i].Known)
	}
	usual /= float64(max(1, now.Known))
	moved := now.Mean() - usual
	a := Alarm{Indicator: k.Indicator, Where: k.where, From: g.at(s.from), Raised: g.at(block + 1), Up: moved > 0, Usual: usual, Now: now.Mean(),
		Effect: math.Abs(moved) / math.Sqrt(max(b.row, 1e-4)), Score: s.total}
	if k.volume {
		a.Usual, a.Now = math.Expm1(a.Usual), math.Expm1(a.Now)
	} else if k.logged {
		a.Usual, a.Now = math.Exp(a.Usual), math.Exp(a.Now)
	}
	return a, math.Abs(moved) >= k.Least
}

// sum is a one-sided cumulative sum and the block it has grown since.
type sum struct {
	total float64
	from  int
}

func (s *sum) add(z float64, block int) {
	if s.total == 0 {
		s.from = block
	}
	s.total = max(0, s.total+min(z, capped)-allowance)
}
