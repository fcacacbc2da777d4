package analysis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// million is a log of n rows over 30 days with a text and a number column.
func million(b *testing.B, n int) *Table {
	random := rand.New(rand.NewPCG(1, 4))
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	line := NewBuilder(Field{Name: "line", Role: RoleDimension, Type: Text})
	luma := NewBuilder(Field{Name: "luma", Role: RoleFeature, Type: Number})
	correct := NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number})
	for i := range n {
		clock.Time(monday.Add(time.Duration(i) * (30 * oneDay / time.Duration(n))).UnixNano())
		line.Text([]string{"L1", "L2", "L3", "L4"}[random.IntN(4)])
		luma.Number(random.NormFloat64())
		correct.Number(float64(random.IntN(2)))
	}
	return tableOf(b, clock.Column(), line.Column(), luma.Column(), correct.Column())
}

// BenchmarkTable shows every question growing linearly with the rows.
func BenchmarkTable(b *testing.B) {
	ctx := context.Background()
	for _, n := range []int{100_000, 1_000_000} {
		tab := million(b, n)
		w := HalfWindows(tab.Span())
		for name, ask := range map[string]func() error{
			"series":       func() error { _, err := tab.Series(ctx, nil, time.Hour); return err },
			"series/where": func() error { _, err := tab.Series(ctx, Where{Is("line", "L2")}, time.Hour); return err },
			"text":         func() error { _, err := tab.Profile(ctx, "line", nil, w); return err },
			"number":       func() error { _, err := tab.Profile(ctx, "luma", nil, w); return err },
			"leaves": func() error {
				_, err := tab.Leaves(ctx, []Dimension{{Column: "line"}, {Column: "luma", Edges: []float64{-1, 0, 1}}}, nil, w)
				return err
			},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := ask(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
