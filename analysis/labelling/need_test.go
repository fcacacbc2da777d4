package labelling

import (
	"math"
	"math/rand/v2"
	"testing"
)

// brute is the chance that m labels settle a question in a world, over all 2^m
// courses: the oracle.
func brute(q Question, p float64, m int) float64 {
	settled := 0.0
	for course := range 1 << m {
		chance, done, r := 1.0, false, q
		for i := range m {
			right := float64(course >> i & 1)
			chance *= right*p + (1-right)*(1-p)
			r.Known, r.Right = r.Known+1, r.Right+right
			done = done || math.Abs(r.Evidence()) >= bound
		}
		if done {
			settled += chance
		}
	}
	return settled
}

func TestNeedAgainstAllCourses(t *testing.T) {
	for _, q := range []Question{
		{Was: .95, Is: .4, Likely: .4}, {Was: .9, Is: .3, Likely: .1, Known: 2, Right: 1}, {Was: .8, Is: .2, Likely: .2}, {Was: .93, Is: .5, Likely: .2, Known: 3, Right: 2}, {Was: .99, Is: .1, Likely: .1},
	} {
		more, soon, answer := q.Need()
		if answer != Open || more < 1 || more > 14 {
			t.Fatalf("%+v: %d more, %s; wanted one that can be enumerated", q, more, answer)
		}
		if got := min(brute(q, q.Was, more), brute(q, q.Is, more)); got < sure {
			t.Errorf("%+v: %d labels settle it with %.3f, promised %v", q, more, got, sure)
		}
		if got := min(brute(q, q.Was, more-1), brute(q, q.Is, more-1)); more > 1 && got >= sure {
			t.Errorf("%+v: %d labels would do, %d are asked for", q, more-1, more)
		}
		if brute(q, q.Likely, soon) < sure || brute(q, q.Likely, soon-1) >= sure {
			t.Errorf("%+v: %d labels show the likely fall with %.3f, one less with %.3f", q, soon, brute(q, q.Likely, soon), brute(q, q.Likely, soon-1))
		}
	}
}

// Longer questions against play: the promised number settles at least 80 % in
// both worlds, and no more than 5 % or so wrongly.
func TestNeedAgainstPlay(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for _, q := range []Question{{Was: .93, Is: .85, Likely: .85}, {Was: .9, Is: .85, Likely: .8, Known: 40, Right: 35}, {Was: .7, Is: .55, Likely: .55}} {
		more, _, answer := q.Need()
		if answer != Open {
			t.Fatalf("%+v is %s", q, answer)
		}
		for world, p := range map[Answer]float64{Was: q.Was, Is: q.Is} {
			const plays = 4000
			settled, wrongly := 0, 0
			for range plays {
				r := q
				for range more {
					r.Known++
					if random.Float64() < p {
						r.Right++
					}
					if e := r.Evidence(); math.Abs(e) >= bound {
						settled++
						if (e > 0) != (world == Is) {
							wrongly++
						}
						break
					}
				}
			}
			if share := float64(settled) / plays; share < sure-.03 {
				t.Errorf("%+v in a world of %s: %d labels settled %.3f", q, world, more, share)
			}
			if share := float64(wrongly) / plays; q.Known == 0 && share > mistake+.01 {
				t.Errorf("%+v in a world of %s: settled wrongly in %.3f", q, world, share)
			}
		}
	}
}

func TestSettled(t *testing.T) {
	for _, c := range []struct {
		q    Question
		want Answer
	}{
		{Question{Was: .93, Is: .5, Known: 30, Right: 14}, Is},
		{Question{Was: .93, Is: .5, Known: 30, Right: 28}, Was},
		{Question{Was: .93, Is: .93}, Never},
		{Question{Was: .5, Is: .499}, Never},
		{Question{Was: 1, Is: 0}, Open},
	} {
		c.q.Likely = c.q.Is
		more, _, got := c.q.Need()
		if got != c.want || got != Open && more != 0 {
			t.Errorf("%+v: %d more, %s; want %s", c.q, more, got, c.want)
		}
	}
}
