package analysis

import (
	"context"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestShapes holds that whoever cuts by the exported rules cuts as a Table
// does: the same buckets, blocks and bins. Oracle: Table itself.
func TestShapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(t, "rows")
		times, codes, numbers := make([]int64, n), make([]uint32, n), make([]float64, n)
		dict := []string{"a", "b", "c", "d"}
		for i := range n {
			times[i] = int64(rapid.IntRange(0, 7*24*3600).Draw(t, "second")) * int64(time.Second)
			codes[i] = uint32(rapid.IntRange(0, len(dict)).Draw(t, "code"))
			numbers[i] = rapid.Float64Range(-50, 50).Draw(t, "number")
			if rapid.IntRange(0, 9).Draw(t, "null") == 0 {
				numbers[i] = math.NaN()
			}
		}
		table, err := NewTable([]Column{{Field: Field{Name: "time", Role: RoleTime, Type: Time}, Times: times},
			{Field: Field{Name: "text", Role: RoleDimension}, Dict: dict, Codes: codes},
			{Field: Field{Name: "number", Role: RoleFeature, Type: Number}, Numbers: numbers}})
		if err != nil {
			t.Fatal(err)
		}
		w := HalfWindows(table.Span())
		series, err := table.Series(context.Background(), nil, time.Hour)
		start, buckets, errGrid := SeriesGrid(table.Span(), time.Hour)
		if err != nil || errGrid != nil || !start.Equal(series.Start) || buckets != len(series.Buckets) {
			t.Fatalf("grid: got %s %d %v, want %s %d %v", start, buckets, errGrid, series.Start, len(series.Buckets), err)
		}
		sameBlocks(t, table, w)
		sameTextBins(t, table, w)
		sameNumberBins(t, table, w)
	})
}

func sameBlocks(t *rapid.T, table *Table, w Windows) {
	p, err := table.Profile(context.Background(), "text", nil, w)
	if err != nil {
		t.Fatal(err)
	}
	before, after, _ := ProfileBlocks(table.Span(), w, len(p.Bins))
	for i, blocks := range [][]Block{before, after} {
		want := [][]Block{p.Before, p.After}[i]
		if len(blocks) != len(want) {
			t.Fatalf("window %d: %d blocks, want %d", i, len(blocks), len(want))
		}
		for k := range blocks {
			if !blocks[k].Start.Equal(want[k].Start) || len(blocks[k].Bins) != len(want[k].Bins) {
				t.Fatalf("window %d, block %d begins at %s, want %s", i, k, blocks[k].Start, want[k].Start)
			}
		}
	}
}

func sameTextBins(t *rapid.T, table *Table, w Windows) {
	p, err := table.Profile(context.Background(), "text", nil, w)
	if err != nil {
		t.Fatal(err)
	}
	c := table.Column("text")
	before, after := map[string]int{}, map[string]int{}
	table.eachIn(nil, w, func(i int, isAfter bool) {
		if isAfter {
			after[c.String(i)]++
		} else {
			before[c.String(i)]++
		}
	})
	bins, binOf := TextBins(before, after)
	if !reflect.DeepEqual(bins, p.Bins) {
		t.Fatalf("bins of a text: got %v, want %v", bins, p.Bins)
	}
	for v, k := range binOf {
		if k >= 0 && bins[k].Value != v {
			t.Fatalf("%q falls into bin %v", v, bins[k])
		}
	}
}

func sameNumberBins(t *rapid.T, table *Table, w Windows) {
	p, err := table.Profile(context.Background(), "number", nil, w)
	if err != nil {
		t.Fatal(err)
	}
	c := table.Column("number")
	var before, all []float64
	nulls := false
	table.eachIn(nil, w, func(i int, isAfter bool) {
		v := c.Numbers[i]
		switch {
		case v != v:
			nulls = true
		case !isAfter:
			before = append(before, v)
			fallthrough
		default:
			all = append(all, v)
		}
	})
	if len(before) == 0 {
		before = all
	}
	var edges []float64
	if len(before) > 0 {
		edges = NumberEdges(slices.Min(before), slices.Max(before), slices.Clone(before))
	}
	if bins := NumberBins(edges, nulls); !reflect.DeepEqual(bins, p.Bins) {
		t.Fatalf("bins of a number: got %v, want %v", bins, p.Bins)
	}
}

func TestStandsFor(t *testing.T) {
	table, err := NewTable([]Column{{Field: Field{Name: "time", Role: RoleTime, Type: Time}, Times: []int64{1, 2}}})
	if err != nil {
		t.Fatal(err)
	}
	had := len(table.Measure().Warnings)
	if w := table.StandsFor(1000).Measure().Warnings; len(w) != had+1 || w[had] != "these are 2 rows sampled evenly from 1000: shares are theirs within chance, counts are the sample's" {
		t.Errorf("a sample says %q", w)
	}
	if len(table.Measure().Warnings) != had {
		t.Error("the table itself is no sample")
	}
}
