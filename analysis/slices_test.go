package analysis

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestSlicesFindTheGuilty(t *testing.T) {
	table, w := gloves(t)
	found, err := Slices(context.Background(), table, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 || !found[0].Accepted || found[0].Where.String() != "line=L2" {
		t.Fatalf("found %v, want line=L2: the logged value before the brightness that says the same", found)
	}
	s := found[0]
	if math.Abs(s.Contribution-1) > .1 || s.Interval.Hi > -.7 || s.P > 1e-6 {
		t.Errorf("contribution %.2f, interval %v, p %g", s.Contribution, s.Interval, s.P)
	}
	if s.Before.Add(s.Complement[0]).Rows != 48*60 || s.After.Add(s.Complement[1]).Rows != 24*60 {
		t.Errorf("slice and complement do not make up the windows: %+v", s)
	}
	for _, other := range found[1:] {
		if other.Accepted {
			t.Errorf("%v is accepted too; there is one cause", other.Where)
		}
	}
}

func TestSlicesWithinASlice(t *testing.T) {
	table, w := gloves(t)
	found, err := Slices(context.Background(), table, w, Where{Is("line", "L1")})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range found {
		if s.Accepted {
			t.Errorf("%v accepted on a line where nothing changed", s.Where)
		}
		for _, c := range s.Where {
			if c.Column == "line" {
				t.Errorf("%v repeats the filter", s.Where)
			}
		}
	}
}

// planted are leaves of two columns of four values with 1000 rows before and
// after each, at 95 % right, those of guilty at another quality after.
func planted(seed uint64, after float64, guilty func(a, b int) bool) Leaves {
	random := rand.New(rand.NewPCG(seed, 1))
	draw := func(p float64) int {
		good := 0
		for range 1000 {
			good += side(random.Float64() < p)
		}
		return good
	}
	var cells [][]any
	for a := range 4 {
		for b := range 4 {
			p := .95
			if guilty(a, b) {
				p = after
			}
			cells = append(cells, []any{fmt.Sprint("a", a), fmt.Sprint("b", b), 1000, draw(.95), 1000, draw(p)})
		}
	}
	return leavesOf([]string{"a", "b"}, cells...)
}

func TestLocateLeaves(t *testing.T) {
	for name, c := range map[string]struct {
		guilty func(a, b int) bool
		want   []string
	}{
		"nothing":          {func(a, b int) bool { return false }, nil},
		"everything":       {func(a, b int) bool { return true }, nil},
		"one value":        {func(a, b int) bool { return a == 1 }, []string{"a=a1"}},
		"a pair":           {func(a, b int) bool { return a == 1 && b == 2 }, []string{"a=a1 b=b2"}},
		"two values":       {func(a, b int) bool { return a == 1 || a == 3 }, []string{"a=a1", "a=a3"}},
		"a pair and value": {func(a, b int) bool { return a == 1 && b == 2 || a == 3 }, []string{"a=a3", "a=a1 b=b2"}},
	} {
		t.Run(name, func(t *testing.T) {
			found := LocateLeaves(planted(3, .8, c.guilty), Search{Depth: 2})
			got := map[string]bool{}
			for _, s := range found {
				if s.Accepted {
					got[s.Where.String()] = true
				}
			}
			if len(got) != len(c.want) {
				t.Errorf("accepted %v, want %v", got, c.want)
			}
			for _, w := range c.want {
				if !got[w] {
					t.Errorf("accepted %v, want %v", got, c.want)
				}
			}
		})
	}
}

// A single value as the log has it shares its chance of error with few others,
// however many ranges and pairs were looked at; a pair shares it with them all.
func TestLocateAmongMany(t *testing.T) {
	const many = 1 << 40
	for name, c := range map[string]struct {
		guilty func(a, b int) bool
		want   bool
	}{
		"one value": {func(a, b int) bool { return a == 1 }, true},
		"a pair":    {func(a, b int) bool { return a == 1 && b == 2 }, false},
	} {
		t.Run(name, func(t *testing.T) {
			found := LocateLeaves(planted(3, .93, c.guilty), Search{Depth: 2, Tried: many})
			if found[0].Accepted != c.want {
				t.Errorf("%s: accepted %v at p %v, want %v", found[0].Where, found[0].Accepted, found[0].P, c.want)
			}
		})
	}
}

// TestLocateAmounts asks the same of a mean: absolute errors that grow in one
// value, where lower is better.
func TestLocateAmounts(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	leaves := planted(3, .95, func(a, b int) bool { return false })
	for i, c := range leaves.Cells {
		fill := func(mean float64) Sum {
			s := Sum{Rows: 300, Known: 300}
			for range 300 {
				v := mean + random.NormFloat64()
				s.Good += v
				s.GoodSq += v * v
			}
			return s
		}
		c.Before, c.After = fill(5), fill(5)
		if c.Key[1] == 2 {
			c.After = fill(5.5)
		}
		leaves.Cells[i] = c
	}
	found := LocateLeaves(leaves, Search{Scale: Amount, LowerBetter: true, Depth: 2})
	if len(found) == 0 || !found[0].Accepted || found[0].Where.String() != "b=b2" {
		t.Fatalf("found %v, want b=b2", found)
	}
	if higher := LocateLeaves(leaves, Search{Scale: Amount, Depth: 2}); len(higher) > 0 && higher[0].Accepted {
		t.Errorf("%v got better, not worse", higher[0].Where)
	}
}

// TestLocateOldTrouble: a pair that was always worse than its values let
// expect is no news.
func TestLocateOldTrouble(t *testing.T) {
	leaves := planted(5, .95, func(a, b int) bool { return false })
	for i, c := range leaves.Cells {
		if c.Key[0] == 1 && c.Key[1] == 1 {
			leaves.Cells[i].Before.Good, leaves.Cells[i].After.Good = 600, 598
		}
	}
	for _, s := range LocateLeaves(leaves, Search{Depth: 2}) {
		if s.Accepted {
			t.Errorf("%v accepted, but it was as bad before", s.Where)
		}
	}
}

func TestLocateNothingKnown(t *testing.T) {
	for name, l := range map[string]Leaves{
		"no cells":     {},
		"no after":     leavesOf([]string{"a"}, []any{"x", 10, 5, 0, 0}),
		"no dimension": leavesOf(nil, []any{10, 5, 10, 2}),
	} {
		if found := LocateLeaves(l, Search{Depth: 2}); found != nil {
			t.Errorf("%s: found %v", name, found)
		}
	}
}
