package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawLog is columns of n rows in the order of time, with nulls and values that
// come together.
func drawLog(t *rapid.T) []Column {
	n := rapid.IntRange(0, 120).Draw(t, "rows")
	clock, line, camera := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time}), NewBuilder(Field{Name: "line", Role: RoleDimension}), NewBuilder(Field{Name: "camera", Role: RoleDimension})
	bright, good := NewBuilder(Field{Name: "brightness", Role: RoleFeature, Type: Number}), NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number})
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).UnixNano()
	grades := []float64{0, 1, math.NaN()}
	if rapid.IntRange(0, 4).Draw(t, "shares") == 0 {
		grades = append(grades, 0.5)
	}
	for range n {
		at += rapid.Int64Range(0, 40).Draw(t, "step") * int64(time.Minute)
		clock.Time(at)
		for _, b := range []*Builder{line, camera} {
			if v := rapid.IntRange(0, 5).Draw(t, "value"); v > 0 {
				b.Text(fmt.Sprint("v", 7-v))
			} else {
				b.Null()
			}
		}
		if v := rapid.IntRange(-3, 40).Draw(t, "brightness"); v >= 0 {
			bright.Number(float64(v) / 4)
		} else {
			bright.Null()
		}
		good.Number(rapid.SampledFrom(grades).Draw(t, "good"))
	}
	return []Column{clock.Column(), line.Column(), camera.Column(), bright.Column(), good.Column()}
}

// disordered is the same rows in another order.
func disordered(columns []Column, random *rand.Rand) []Column {
	order := random.Perm(columns[0].Len())
	out := slices.Clone(columns)
	for c := range out {
		from := columns[c]
		out[c].Times, out[c].Codes, out[c].Numbers = nil, nil, nil
		for _, i := range order {
			switch from.Type {
			case Time:
				out[c].Times = append(out[c].Times, from.Times[i])
			case Number:
				out[c].Numbers = append(out[c].Numbers, from.Numbers[i])
			default:
				out[c].Codes = append(out[c].Codes, from.Codes[i])
			}
		}
	}
	return out
}

// TestAscendingProperty asks a log in the order of time and the same rows in
// any order the same questions: the fast ways and their slow twins agree.
func TestAscendingProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		columns := drawLog(rt)
		fast, err := NewTable(columns)
		if err != nil {
			rt.Fatal(err)
		}
		slow, err := NewTable(disordered(columns, rand.New(rand.NewPCG(1, uint64(rapid.IntRange(0, 1000).Draw(rt, "seed"))))))
		if err != nil {
			rt.Fatal(err)
		}
		hour := func(label string) time.Time {
			return time.Date(2026, 3, 1, rapid.IntRange(-2, 40).Draw(rt, label), 0, 0, 0, time.UTC)
		}
		w := Windows{Before: Window{From: hour("a")}, After: Window{From: hour("b")}}
		w.Before.To, w.After.To = w.Before.From.Add(9*time.Hour), w.After.From.Add(14*time.Hour)
		var where Where
		if rapid.Bool().Draw(rt, "filtered") {
			where = Where{Is("line", "v3")}
		}
		for _, dims := range [][]Dimension{{{Column: "line"}}, {{Column: "line"}, {Column: "camera"}}, {{Column: "camera"}, {Column: "line"}, {Column: "camera"}}, {}, {{Column: "brightness", Edges: []float64{2, 5}}, {Column: "line"}}} {
			a, err := fast.Leaves(t.Context(), dims, where, w)
			b, wrong := slow.Leaves(t.Context(), dims, where, w)
			if err != nil || wrong != nil || !reflect.DeepEqual(a.Values, b.Values) || !sameCells(a.Cells, b.Cells) {
				rt.Fatalf("%v: %+v, %v\nwant %+v, %v", dims, a, err, b, wrong)
			}
		}
		for _, column := range []string{"line", "brightness"} {
			a, err := fast.Profile(t.Context(), column, where, w)
			b, wrong := slow.Profile(t.Context(), column, where, w)
			if err != nil || wrong != nil || !reflect.DeepEqual(a, b) {
				rt.Fatalf("%s: %+v, %v\nwant %+v, %v", column, a, err, b, wrong)
			}
		}
	})
}

func sameCells(a, b []Cell) bool {
	return slices.EqualFunc(a, b, func(x, y Cell) bool {
		return slices.Equal(x.Key, y.Key) && x.Before == y.Before && x.After == y.After
	})
}

// TestCutterProperty finds every number's cell as halving the edges does, on
// the edges themselves and beside them too.
func TestCutterProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		edges := rapid.SliceOfNDistinct(rapid.Float64Range(-1e6, 1e6), 0, 33, rapid.ID[float64]).Draw(rt, "edges")
		if rapid.Bool().Draw(rt, "close") {
			for i := range edges {
				edges[i] = 1 + edges[i]*1e-19
			}
		}
		slices.Sort(edges)
		edges = slices.Compact(edges)
		c := newCutter(edges)
		values := []float64{0, math.Inf(1), math.Inf(-1), rapid.Float64().Draw(rt, "v")}
		for _, e := range edges {
			values = append(values, e, math.Nextafter(e, math.Inf(1)), math.Nextafter(e, math.Inf(-1)))
		}
		for _, v := range values {
			if got, want := c.at(v), cellAt(edges, v); v == v && got != want {
				rt.Fatalf("%v in %v is in cell %d, want %d", v, edges, got, want)
			}
		}
	})
}
