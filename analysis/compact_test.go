package analysis

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// compacted is the columns as an incident file keeps them, in words where wide.
func compacted(columns []Column, wide bool) []Column {
	out := slices.Clone(columns)
	for i := range out {
		c := &out[i]
		codes, ok := c.coded()
		switch {
		case c.Type == Number:
			var values []float64
			codes, values = distinctCodes(c.Numbers)
			c.Numbers, c.Compact = nil, &Compact{Values: values}
		case ok:
			c.Codes, c.Compact = nil, &Compact{}
		default:
			continue
		}
		for row := range codes.len() {
			if wide {
				c.Compact.Words = append(c.Compact.Words, uint16(codes.at(row)))
			} else {
				c.Compact.Bytes = append(c.Compact.Bytes, uint8(codes.at(row)))
			}
		}
	}
	return out
}

// twins are the table of columns as values and as codes.
func twins(rt *rapid.T, columns []Column) (slow, fast *Table) {
	slow, err := NewTable(columns)
	if err != nil {
		rt.Fatal(err)
	}
	if fast, err = NewTable(compacted(columns, rapid.Bool().Draw(rt, "words"))); err != nil {
		rt.Fatal(err)
	}
	return slow, fast
}

// TestCompactProperty asks a log the same questions with its columns as values
// and as codes, in the order of time and in any other: every answer is the same
// to the last bit.
func TestCompactProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		columns := drawLog(rt)
		if rapid.Bool().Draw(rt, "disordered") {
			columns = disordered(columns, rand.New(rand.NewPCG(2, uint64(rapid.IntRange(0, 1000).Draw(rt, "seed")))))
		}
		slow, fast := twins(rt, columns)
		w := Windows{Before: Window{From: monday, To: monday.Add(9 * time.Hour)}, After: Window{From: monday.Add(8 * time.Hour), To: monday.Add(30 * time.Hour)}}
		if span := slow.Span(); !span.Empty() {
			w = HalfWindows(span)
		}
		where := rapid.SampledFrom([]Where{nil, {Is("line", "v3")}, {Is("line", "")}, {{Column: "brightness", Op: Less, Hi: 5}}, {{Column: "brightness", Op: NotEqual, Value: "3"}}}).Draw(rt, "where")
		same := func(what string, ask func(*Table) (any, error)) {
			got, err := ask(fast)
			want, wrong := ask(slow)
			if err != nil || wrong != nil || !alike(got, want) {
				rt.Fatalf("%s: %+v, %v\nwant %+v, %v", what, got, err, want, wrong)
			}
		}
		same("measure", func(t *Table) (any, error) { return t.Measure(), nil })
		same("quality", func(t *Table) (any, error) { return slices.Clone(t.Quality()), nil })
		same("mask", func(t *Table) (any, error) { return t.Match(where) })
		same("series", func(t *Table) (any, error) { return t.Series(rt.Context(), where, time.Hour) })
		for _, name := range []string{"line", "camera", "brightness"} {
			same(name, func(t *Table) (any, error) { return t.Profile(rt.Context(), name, where, w) })
			same(name+" whole", func(t *Table) (any, error) {
				c := t.Column(name)
				return []any{append([]uint32{}, c.Codes...), append([]float64{}, c.Numbers...), c.Dict, c.Compact == nil, c.Len()}, nil
			})
			same(name+" by row", func(t *Table) (any, error) {
				var out []string
				for i := range t.Rows() {
					out = append(out, t.columns[t.index[name]].String(i))
				}
				return out, nil
			})
		}
		for _, dims := range [][]Dimension{{}, {{Column: "line"}}, {{Column: "line"}, {Column: "camera"}}, {{Column: "brightness"}, {Column: "line"}}, {{Column: "brightness", Edges: []float64{2, 5}}, {Column: "line"}}} {
			same("leaves", func(t *Table) (any, error) { return t.Leaves(rt.Context(), dims, where, w) })
		}
		only := func(t *Table) (any, error) {
			some, err := t.Only(where)
			if err != nil || some.Rows() == 0 {
				return nil, err
			}
			return some.Profile(rt.Context(), "brightness", nil, HalfWindows(some.Span()))
		}
		same("only", only)
	})
}

// alike is DeepEqual where NaN equals NaN.
func alike(a, b any) bool {
	x, ok := a.([]float64)
	if y, too := b.([]float64); ok && too {
		return slices.EqualFunc(x, y, func(p, q float64) bool { return math.Float64bits(p) == math.Float64bits(q) })
	}
	if xs, ok := a.([]any); ok {
		ys, too := b.([]any)
		return too && slices.EqualFunc(xs, ys, alike)
	}
	return reflect.DeepEqual(a, b)
}

// TestPlacesProperty finds every number where a map would.
func TestPlacesProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		possible := rapid.SampledFrom([]uint64{7, dense, dense + 1, 1 << 62}).Draw(rt, "possible")
		p, want := newPlaces(possible), map[uint64]int{}
		for range rapid.IntRange(0, 9000).Draw(rt, "look-ups") / 3 {
			number := rapid.Uint64Range(0, possible-1).Draw(rt, "number")
			at, known := want[number]
			if !known {
				at = len(want)
				want[number] = at
			}
			if got := p.find(number); got != at || p.numbers[at] != number {
				rt.Fatalf("%d is at %d, want %d", number, got, at)
			}
		}
	})
}
