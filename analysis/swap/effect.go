package swap

import (
	"fmt"
	"math"

	"andon/analysis"
	"andon/analysis/twosample"
)

// The parts of the table: shares, and what lies between two of them.

// Cell is one model on one window.
type Cell struct{ Rows, Good int }

// Mean is the share of right answers, NaN without rows.
func (c Cell) Mean() float64 {
	if c.Rows == 0 {
		return math.NaN()
	}
	return float64(c.Good) / float64(c.Rows)
}

// Effect is a difference of shares with its 95 % interval. Discordant holds,
// for two models on the same rows, those that only the old and only the new one
// got right, and P McNemar's two-sided p; for two windows they are 0 and P is
// that of two proportions.
type Effect struct {
	Value      float64
	Interval   analysis.Interval
	Discordant [2]int
	P          float64
}

// paired is the difference of two models on the same n rows, new minus old. The
// interval adds one row to each kind of discord, by which it covers at small n,
// too.
func paired(n int, only [2]int) Effect {
	_, p := twosample.McNemar(only[0], only[1])
	old, fresh := float64(only[0]+1)/float64(n+2), float64(only[1]+1)/float64(n+2)
	half := analysis.Z95 * math.Sqrt((old+fresh-(fresh-old)*(fresh-old))/float64(n+2))
	return Effect{Value: float64(only[1]-only[0]) / float64(n), Discordant: only, P: p,
		Interval: analysis.Interval{Lo: max(-1, fresh-old-half), Hi: min(1, fresh-old+half)}}
}

// unpaired is the difference of two cells of different rows, to minus from.
func unpaired(from, to Cell) Effect {
	k0, n0, k1, n1 := float64(from.Good), float64(from.Rows), float64(to.Good), float64(to.Rows)
	_, p := twosample.TwoProportions(k0, n0, k1, n1)
	return Effect{Value: k1/n1 - k0/n0, P: p, Interval: analysis.Newcombe(k0, n0, k1, n1)}
}

func percent(c Cell) string { return fmt.Sprintf("%.1f %%", 100*c.Mean()) }

func points(e Effect) string {
	return fmt.Sprintf("%+.1f pt [%+.1f, %+.1f]", 100*e.Value, 100*e.Interval.Lo, 100*e.Interval.Hi)
}
