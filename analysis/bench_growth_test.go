package analysis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// How the cost of each question grows with what it is asked of. A column of
// ns/op beside the sizes shows the order: linear in rows and columns, in leaves
// (once a conjunction), in events and in steps; a change search between linear
// and quadratic in buckets, by how much there is to find.

// benchLog is a log of n rows over 30 days with some text and number columns,
// quality, and a confidence; the last third is darker and worse.
func benchLog(b *testing.B, n, columns int) (*Table, Windows) {
	random := rand.New(rand.NewPCG(1, uint64(columns)))
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	sure := NewBuilder(Field{Name: "confidence", Role: RoleConfidence, Type: Number})
	right := NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number})
	var inputs []*Builder
	for k := range columns {
		f := Field{Name: fmt.Sprintf("c%d", k), Role: RoleFeature, Type: Number}
		if k%2 == 1 {
			f.Role, f.Type = RoleDimension, Text
		}
		inputs = append(inputs, NewBuilder(f))
	}
	for i := range n {
		late := 3*i >= 2*n
		clock.Time(monday.Add(time.Duration(i) * (30 * oneDay / time.Duration(n))).UnixNano())
		chance := .95 - .2*float64(side(late))
		sure.Number(chance - .1*random.Float64())
		right.Number(float64(side(random.Float64() < chance)))
		for k, in := range inputs {
			if k%2 == 1 {
				in.Text(fmt.Sprintf("v%d", random.IntN(8)))
			} else {
				in.Number(random.NormFloat64() - float64(side(late && k == 0)))
			}
		}
	}
	all := []Column{clock.Column(), sure.Column(), right.Column()}
	for _, in := range inputs {
		all = append(all, in.Column())
	}
	return tableOf(b, all...), Windows{Window{monday, monday.Add(20 * oneDay)}, Window{monday.Add(20 * oneDay), monday.Add(30 * oneDay)}}
}

func BenchmarkDiff(b *testing.B) {
	for _, size := range [][2]int{{20_000, 4}, {80_000, 4}, {320_000, 4}, {80_000, 8}, {80_000, 16}} {
		table, w := benchLog(b, size[0], size[1])
		b.Run(fmt.Sprintf("rows=%d/columns=%d", size[0], size[1]), func(b *testing.B) {
			for b.Loop() {
				if _, err := Diff(context.Background(), table, w, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEstimate(b *testing.B) {
	for _, n := range []int{20_000, 80_000, 320_000} {
		table, w := benchLog(b, n, 8)
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := table.Estimate(context.Background(), w.Before, w.After, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// benchLeaves are n cells of six dimensions, the first value of one worse.
func benchLeaves(n int) Leaves {
	random := rand.New(rand.NewPCG(2, uint64(n)))
	sizes := []int{3, 8, 16, 3, 6, 40}
	l := Leaves{Values: make([][]Condition, len(sizes))}
	for d, values := range sizes {
		l.Dims = append(l.Dims, Dimension{Column: fmt.Sprint("d", d)})
		for k := range values {
			l.Values[d] = append(l.Values[d], Is(l.Dims[d].Column, fmt.Sprint(k)))
		}
	}
	for range n {
		c := Cell{Before: Sum{Rows: 8, Known: 8, Good: 7}, After: Sum{Rows: 8, Known: 8, Good: 7}}
		for _, values := range sizes {
			c.Key = append(c.Key, uint32(random.IntN(values)))
		}
		if c.Key[1] == 0 {
			c.After.Good = 4
		}
		l.Cells = append(l.Cells, c)
	}
	return l
}

func BenchmarkSlices(b *testing.B) {
	for _, n := range []int{1_000, 8_000, 64_000} {
		l := benchLeaves(n)
		for depth := 1; depth <= 3; depth++ {
			b.Run(fmt.Sprintf("leaves=%d/depth=%d", n, depth), func(b *testing.B) {
				for b.Loop() {
					LocateLeaves(l, Search{Depth: depth})
				}
			})
		}
	}
}

func BenchmarkAccount(b *testing.B) {
	for _, n := range []int{1_000, 8_000, 64_000} {
		l := benchLeaves(n)
		b.Run(fmt.Sprintf("leaves=%d", n), func(b *testing.B) {
			for b.Loop() {
				AccountLeaves(l)
			}
		})
	}
}

func BenchmarkMatchEvents(b *testing.B) {
	for _, n := range []int{10, 100, 1_000} {
		onset := Change{Onset: monday, Earliest: monday.Add(-time.Hour), Latest: monday.Add(time.Hour)}
		var events []Event
		for i := range n {
			events = append(events, Event{Time: monday.Add(time.Duration(i-n/2) * 48 * time.Hour / time.Duration(n)), Kind: "deploy"})
		}
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			for b.Loop() {
				MatchEvents(events, onset, nil, nil)
			}
		})
	}
}

func BenchmarkNextTests(b *testing.B) {
	p := Posterior(Prior(), nil)
	for _, n := range []int{1, 4, 16} {
		var steps []Step
		for range n {
			steps = append(steps, Checklist()...)
		}
		b.Run(fmt.Sprintf("sure/steps=%d", len(steps)), func(b *testing.B) {
			for b.Loop() {
				NextTests(steps, p, nil, nil)
			}
		})
		b.Run(fmt.Sprintf("fast/steps=%d", len(steps)), func(b *testing.B) {
			for b.Loop() {
				FastTests(steps, p, nil, nil)
			}
		})
	}
}
