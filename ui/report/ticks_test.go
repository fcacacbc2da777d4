package report

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestLevels(t *testing.T) {
	for _, test := range []struct {
		lo, hi float64
		want   []float64
	}{
		{.62, 1, []float64{.7, .8, .9, 1}}, {0, 1, []float64{0, .5, 1}}, {40.1, 99.2, []float64{60, 80}}, {.915, .924, []float64{.916, .918, .92, .922, .924}},
		{-3, 3, []float64{-2, 0, 2}}, {5, 5, nil}, {7, 6, nil},
	} {
		got, _ := levels(test.lo, test.hi)
		near := slices.EqualFunc(got, test.want, func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 })
		if !near {
			t.Errorf("levels(%v, %v) = %v, want %v", test.lo, test.hi, got, test.want)
		}
	}
}

func TestInstants(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, test := range []struct {
		from, to string
		want     []string
	}{
		{"2026-03-02 00:00", "2026-03-09 00:00", []string{"2 Mar", "3 Mar", "4 Mar", "5 Mar", "6 Mar", "7 Mar", "8 Mar", "9 Mar"}},
		{"2026-03-02 21:30", "2026-03-03 06:00", []string{"3 Mar", "03:00", "06:00"}},
		{"2013-12-02 21:15", "2014-02-19 15:25", []string{"16 Dec", "30 Dec", "13 Jan", "27 Jan", "10 Feb"}},
		{"2000-01-01 00:00", "2000-01-01 00:15", []string{"1 Jan", "00:05", "00:10", "00:15"}},
	} {
		if _, got := instants(at(test.from), at(test.to), time.UTC); !slices.Equal(got, test.want) {
			t.Errorf("%s to %s: %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

// Whatever the span, there are few ticks and all lie within it, in order.
func TestTicksLieWithin(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("skip: needs the time zones")
	}
	rapid.Check(t, func(r *rapid.T) {
		from := time.Unix(rapid.Int64Range(1e9, 2e9).Draw(r, "from"), 0)
		to := from.Add(time.Duration(rapid.Int64Range(60, 3e8).Draw(r, "seconds")) * time.Second)
		at, _ := instants(from, to, berlin)
		if len(at) > mostInstants+1 || !slices.IsSortedFunc(at, time.Time.Compare) {
			r.Fatalf("%v", at)
		}
		for _, v := range at {
			if v.Before(from) || v.After(to) {
				r.Fatalf("%s is not within %s to %s", v, from, to)
			}
		}
		lo := rapid.Float64Range(-1e6, 1e6).Draw(r, "lo")
		hi := lo + rapid.Float64Range(1e-3, 1e6).Draw(r, "range")
		some, step := levels(lo, hi)
		if len(some) > mostLevels+1 || len(some) < 2 {
			r.Fatalf("%v within %v to %v by %v", some, lo, hi, step)
		}
	})
}
