package rollup

import (
	"errors"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
)

// rows are drawn rows with one text and one number.
type rows struct {
	times []int64
	right []float64
	codes []uint32
	value []float64
	scale Scale
}

func draw(t *rapid.T) rows {
	r := rows{scale: ScaleOf(-3, 5)}
	at := rapid.Int64Range(-3, 400_000).Draw(t, "start") * Minute
	sorted := rapid.Bool().Draw(t, "sorted")
	for range rapid.IntRange(0, 300).Draw(t, "rows") {
		if sorted {
			at += rapid.Int64Range(0, 2*Minute).Draw(t, "step")
		} else {
			at += rapid.Int64Range(-90*Minute, 90*Minute).Draw(t, "jump")
		}
		r.times = append(r.times, at)
		r.right = append(r.right, rapid.SampledFrom([]float64{0, 1, math.NaN()}).Draw(t, "right"))
		r.codes = append(r.codes, rapid.Uint32Range(0, 5).Draw(t, "code"))
		r.value = append(r.value, rapid.SampledFrom([]float64{-100, -3, 0.5, 2, 5, 12, math.NaN()}).Draw(t, "value"))
	}
	return r
}

func (r rows) roll() []Hour {
	return Roll(r.times, r.right, []Part{
		{Key: 7, Codes: r.codes[:len(r.codes)/2]}, // the rest is null
		{Key: 9, Numbers: append([]float64{}, r.value...), Scale: r.scale},
		{Key: 11, Neither: true},
	})
}

// plain sums the rows from until (without it), one by one: the slow twin.
func (r rows) plain(from, until int64) Window {
	w := Window{}
	some := len(r.codes) / 2
	for i, at := range r.times {
		if at < from || at >= until {
			continue
		}
		one := analysis.Sum{Rows: 1}
		if known := r.right[i]; known == known {
			one = analysis.Sum{Rows: 1, Known: 1, Good: known, GoodSq: known}
		}
		w.All = w.All.Add(one)
		text, number := w.tally(7), w.tally(9)
		w.tally(11).Neither = true
		code := uint32(0)
		if i < some {
			code = r.codes[i]
		}
		text.Values = grown(text.Values, int(code))
		text.Values[code] = text.Values[code].Add(one)
		bin := r.scale.bin(r.value[i])
		number.Bins = grown(number.Bins, bin)
		number.Bins[bin] = number.Bins[bin].Add(one)
		if v := r.value[i]; v == v {
			number.N++
			number.Sum += v
			number.SumSq += v * v
			number.Low, number.High = min(number.Low, v), max(number.High, v)
		}
	}
	return w
}

func grown(s []analysis.Sum, at int) []analysis.Sum {
	for len(s) <= at {
		s = append(s, analysis.Sum{})
	}
	return s
}

// TestRollProperty adds hours and minutes up to any window of whole minutes,
// and gets what summing row by row gets.
func TestRollProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := draw(rt)
		hours := r.roll()
		whole := Window{}
		for i, h := range hours {
			if err := whole.Add(h.Whole); err != nil {
				rt.Fatal(err)
			}
			if i > 0 && h.Start <= hours[i-1].Start || floorTo(h.Start, HourLength) != h.Start {
				rt.Fatalf("hour %d begins at %d", i, h.Start)
			}
		}
		same(rt, whole, r.plain(math.MinInt64, math.MaxInt64))
		for _, h := range hours {
			from := rapid.IntRange(0, 60).Draw(rt, "from")
			until := rapid.IntRange(from, 60).Draw(rt, "until")
			want := r.plain(h.Start+int64(from)*Minute, h.Start+int64(until)*Minute)
			buckets := make([]analysis.Sum, 60)
			if err := AddCounts(buckets, 0, h.Counts); err != nil {
				rt.Fatal(err)
			}
			sum := analysis.Sum{}
			for _, b := range buckets[from:until] {
				sum = sum.Add(b)
			}
			if sum != want.All {
				rt.Fatalf("counts %+v, want %+v", sum, want.All)
			}
			if h.Minutes == nil {
				continue
			}
			part := Window{}
			if err := part.AddMinutes(h.Minutes, from, until); err != nil {
				rt.Fatal(err)
			}
			same(rt, part, want)
		}
	})
}

func same(t *rapid.T, got, want Window) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v\nwant %+v", got, want)
	}
}

// TestStrewn rolls up nothing where nearly every row has an hour of its own.
func TestStrewn(t *testing.T) {
	times := make([]int64, 3000)
	for i := range times {
		times[i] = int64(i) * HourLength
	}
	if hours := Roll(times, nil, nil); hours != nil {
		t.Errorf("%d hours", len(hours))
	}
}

// TestScale puts values into the bins between their edges.
func TestScale(t *testing.T) {
	s := ScaleOf(10, 20)
	edges := s.Edges()
	for v, want := range map[float64]int{-1e9: 0, 4.999: 0, 5: 1, 24.999: Bins - 2, 25: Bins - 1, math.Inf(1): Bins - 1} {
		if got := s.bin(v); got != want {
			t.Errorf("%v is in bin %d, want %d", v, got, want)
		}
	}
	for v := 5.0; v < 25; v += 0.037 {
		if i := s.bin(v); v < edges[i-1]-1e-9 || v >= edges[i]+1e-9 {
			t.Errorf("%v is in bin %d, between %v and %v", v, i, edges[i-1], edges[i])
		}
	}
	if s.bin(math.NaN()) != null || len(edges) != Bins-1 {
		t.Error("null or edges")
	}
	if one := ScaleOf(3, 3); one.bin(3) == 0 || one.bin(3) == Bins-1 {
		t.Error("a constant lies beyond its scale")
	}
}

// FuzzWindow reads any bytes: they add up or are corrupt, nothing else.
func FuzzWindow(f *testing.F) {
	for _, h := range Roll([]int64{5, 7 * Minute}, []float64{1, 0}, []Part{{Key: 1, Codes: []uint32{1, 2}}, {Key: 2, Numbers: []float64{3, 4}, Scale: ScaleOf(0, 9)}}) {
		f.Add(h.Whole)
		f.Add(h.Minutes)
		f.Add(h.Counts)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w := Window{}
		for _, err := range []error{w.Add(data), w.AddMinutes(checked(data), 0, 60), AddCounts(make([]analysis.Sum, 60), 3, data)} {
			if err != nil && !errors.Is(err, ErrCorrupt) {
				t.Errorf("%v is not ErrCorrupt", err)
			}
		}
	})
}
