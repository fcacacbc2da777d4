package store

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/store/segment"
)

// TestUnpackProperty unpacks a column of several segments, with gaps between
// them and of any scales, and gets what appending one after the other gets.
func TestUnpackProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		field := analysis.Field{Name: "x", Role: analysis.RoleFeature, Type: rapid.SampledFrom([]analysis.Type{analysis.Number, analysis.Number, analysis.Text, analysis.Time}).Draw(rt, "type")}
		col := &column{Field: field, dict: &dictionary{codes: map[string]uint32{}}}
		for range rapid.SampledFrom([]int{1, 3, 255, 256, 300}).Draw(rt, "words") {
			col.dict.add(string(rune('a' + len(col.dict.values))))
		}
		p, plain, rows := packedColumn{column: col}, analysis.Column{Field: field}, 0
		for range rapid.IntRange(0, 4).Draw(rt, "segments") {
			rows += rapid.SampledFrom([]int{0, 0, 3}).Draw(rt, "gap")
			c := drawSegment(rt, field, len(col.dict.values))
			data, err := segment.Encode(&c, true)
			if err != nil {
				rt.Fatal(err)
			}
			p.segments = append(p.segments, packedSegment{int64(rows) + 1, data})
			pad(&plain, rows)
			if _, _, err := segment.Append(&plain, data); err != nil {
				rt.Fatal(err)
			}
			rows = plain.Len()
		}
		rows += rapid.IntRange(0, 3).Draw(rt, "tail")
		pad(&plain, rows)
		got, err := p.unpack(rows)
		if err != nil {
			rt.Fatal(err)
		}
		plain.Dict = got.Dict
		if got.Len() != rows || field.Type == analysis.Text && got.Compact == nil {
			rt.Fatalf("%d rows of %d, compact %v", got.Len(), rows, got.Compact)
		}
		for i := range rows {
			if got.Null(i) != plain.Null(i) || got.String(i) != plain.String(i) {
				rt.Fatalf("row %d is %q, want %q", i, got.String(i), plain.String(i))
			}
		}
		if got.Compact != nil && field.Type == analysis.Number && !slices.IsSorted(got.Compact.Values[1:]) {
			rt.Fatal("the values do not ascend")
		}
	})
}

// drawSegment draws a column of a few rows; its numbers differ in scale and
// offset from segment to segment.
func drawSegment(t *rapid.T, f analysis.Field, words int) analysis.Column {
	c := analysis.Column{Field: f}
	power := rapid.SampledFrom([]float64{1, 10, 1000, 1e6, math.Pi}).Draw(t, "power")
	low := rapid.SampledFrom([]int{0, -40, 5000, 1 << 40, 1 << 52}).Draw(t, "low")
	width := rapid.SampledFrom([]int{0, 3, 250, 256, 60000, 1 << 20}).Draw(t, "width")
	for range rapid.IntRange(0, 20).Draw(t, "rows") {
		null := rapid.IntRange(0, 5).Draw(t, "null") == 0
		v := rapid.IntRange(0, width).Draw(t, "value")
		switch {
		case f.Type == analysis.Number && null:
			c.Numbers = append(c.Numbers, math.NaN())
		case f.Type == analysis.Number:
			c.Numbers = append(c.Numbers, float64(low+v)/power)
		case f.Type == analysis.Time && null:
			c.Times = append(c.Times, analysis.NoTime)
		case f.Type == analysis.Time:
			c.Times = append(c.Times, int64(low+v))
		case null:
			c.Codes = append(c.Codes, 0)
		default:
			c.Codes = append(c.Codes, uint32(v%words)+1)
		}
	}
	return c
}

// TestUnpackCorrupt refuses what no column can hold, and never reads past it.
func TestUnpackCorrupt(t *testing.T) {
	number := analysis.Column{Field: analysis.Field{Type: analysis.Number}, Numbers: []float64{1, 2, 3}}
	clock := analysis.Column{Field: analysis.Field{Type: analysis.Time}, Times: []int64{1, 2, 3}}
	text := analysis.Column{Codes: []uint32{1, 2, 9}}
	for name, c := range map[string]struct {
		values analysis.Column
		first  int64
		rows   int
	}{
		"before the first row": {number, 0, 3},
		"behind the last":      {number, 2, 3},
		"far behind":           {number, math.MaxInt64, 3},
		"a time far behind":    {clock, math.MaxInt64, 3},
		"one time too many":    {clock, 2, 3},
		"an unknown word":      {text, 1, 3},
	} {
		data, err := segment.Encode(&c.values, true)
		if err != nil {
			t.Fatal(err)
		}
		col := &column{Field: c.values.Field, dict: &dictionary{values: []string{"a", "b"}}}
		p := packedColumn{column: col, segments: []packedSegment{{c.first, data}}}
		if _, err := p.unpack(c.rows); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
