package analysis

import (
	"context"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// leavesOf are cells of the columns a, b, ...: before and after as rows, good.
func leavesOf(columns []string, cells ...[]any) Leaves {
	l := Leaves{Values: make([][]Condition, len(columns))}
	keys := make([]map[string]uint32, len(columns))
	for d, c := range columns {
		l.Dims = append(l.Dims, Dimension{Column: c})
		keys[d] = map[string]uint32{}
	}
	for _, c := range cells {
		var cell Cell
		for d, column := range columns {
			v := c[d].(string)
			if _, ok := keys[d][v]; !ok {
				keys[d][v] = uint32(len(l.Values[d]))
				l.Values[d] = append(l.Values[d], Is(column, v))
			}
			cell.Key = append(cell.Key, keys[d][v])
		}
		n := c[len(columns):]
		cell.Before = Sum{Rows: n[0].(int), Known: n[0].(int), Good: float64(n[1].(int))}
		cell.After = Sum{Rows: n[2].(int), Known: n[2].(int), Good: float64(n[3].(int))}
		l.Cells = append(l.Cells, cell)
	}
	return l
}

func TestAccountLeaves(t *testing.T) {
	for name, c := range map[string]struct {
		leaves           Leaves
		mix, new, within float64
	}{
		"only proportions": {leavesOf([]string{"sku"},
			[]any{"easy", 800, 800, 200, 200}, []any{"hard", 200, 100, 800, 400}), -.3, 0, 0},
		"only worse answers": {leavesOf([]string{"sku"},
			[]any{"easy", 500, 500, 500, 250}, []any{"hard", 500, 250, 500, 0}), 0, 0, -.5},
		"never seen before": {leavesOf([]string{"glove"},
			[]any{"gray", 1000, 900, 500, 450}, []any{"black", 0, 0, 500, 50}), 0, -.4, 0},
		"too rare to be new": {leavesOf([]string{"op"},
			[]any{"a", 100, 90, 99, 90}, []any{"b", 0, 0, 1, 0}), 0, 0, -.9 / 100 * 1},
	} {
		t.Run(name, func(t *testing.T) {
			a := AccountLeaves(c.leaves)
			if name == "too rare to be new" {
				if a.New != 0 {
					t.Errorf("one row counts as new: %v", a.New)
				}
				return
			}
			for what, pair := range map[string][2]float64{
				"mix": {a.Mix, c.mix}, "new": {a.New, c.new}, "within": {a.Within, c.within},
			} {
				if math.Abs(pair[0]-pair[1]) > 1e-12 {
					t.Errorf("%s = %v, want %v", what, pair[0], pair[1])
				}
			}
		})
	}
}

// drawLeaves are up to 12 cells of two columns with any counts.
func drawLeaves(t *rapid.T) Leaves {
	var cells [][]any
	for _, a := range []string{"a1", "a2", "a3"} {
		for _, b := range []string{"b1", "b2", "b3", "b4"} {
			n0 := rapid.IntRange(0, 500).Draw(t, "n0")
			n1 := rapid.IntRange(0, 500).Draw(t, "n1")
			cells = append(cells, []any{a, b, n0, rapid.IntRange(0, n0).Draw(t, "good0"), n1, rapid.IntRange(0, n1).Draw(t, "good1")})
		}
	}
	return leavesOf([]string{"a", "b"}, cells...)
}

func TestAccountAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leaves := drawLeaves(t)
		a := AccountLeaves(leaves)
		before, after := leaves.Total()
		if before.Known == 0 || after.Known == 0 {
			return
		}
		if d := a.Delta - (after.Mean() - before.Mean()); math.Abs(d) > 1e-12 {
			t.Fatalf("delta off by %v", d)
		}
		if d := a.Mix + a.New + a.Within - a.Delta; math.Abs(d) > 1e-12 {
			t.Fatalf("mix %v + new %v + within %v misses delta %v by %v", a.Mix, a.New, a.Within, a.Delta, d)
		}
		var parts float64
		for i, p := range a.Parts {
			parts += p.Total()
			if i > 0 && math.Abs(p.Total()) > math.Abs(a.Parts[i-1].Total()) {
				t.Fatal("parts are not sorted by size")
			}
		}
		if math.Abs(parts-a.Delta) > 1e-12 {
			t.Fatalf("parts add up to %v, not %v", parts, a.Delta)
		}
	})
}

// gloves is a small log where black gloves reach one line at hour 48: dark
// pictures no camera had before, answered wrongly. Rows are a minute apart,
// lines and shifts take turns.
func gloves(t testing.TB) (*Table, Windows) {
	t.Helper()
	const rows, turn = 72 * 60, 48 * 60
	minutes := make([]int, rows)
	line, shift, correct := make([]string, rows), make([]string, rows), make([]string, rows)
	bright, noise := make([]float64, rows), make([]float64, rows)
	for i := range rows {
		minutes[i] = i
		line[i] = []string{"L1", "L2", "L3"}[i%3]
		shift[i] = []string{"night", "early", "late"}[i/480%3]
		correct[i] = "true"
		if i%19 == 0 {
			correct[i] = "false"
		}
		bright[i] = 120 + float64(i*7919%100)/10
		noise[i] = float64(i * 104729 % 1000)
		if i/480%3 == 0 {
			bright[i] -= 20
		}
		if line[i] == "L2" && i >= turn {
			bright[i] = 60 + float64(i*7919%50)/10
			if i%10 != 0 {
				correct[i] = "false"
			}
		}
	}
	table := tableOf(t, minuteColumn(minutes...), textColumn("line", RoleDimension, line...),
		textColumn("shift", RoleDimension, shift...), textColumn("correct", RoleCorrect, correct...),
		numberColumn("brightness", RoleFeature, bright...), numberColumn("noise", RoleFeature, noise...))
	return table, Windows{Before: hoursWindow(0, 48), After: hoursWindow(48, 72)}
}

func TestAccountForUnseenInputs(t *testing.T) {
	table, w := gloves(t)
	signals, err := Diff(context.Background(), table, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	found, err := Slices(context.Background(), table, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	by := AccountColumns(signals, found)
	a, err := AccountFor(context.Background(), table, w, nil, by)
	if err != nil {
		t.Fatal(err)
	}
	if a.Delta > -.2 || a.New > .9*a.Delta {
		t.Errorf("by %v: delta %.3f, new %.3f; black gloves were never seen before", by, a.Delta, a.New)
	}
	if top := a.Parts[0].Where.String(); top == "" || a.Parts[0].New == 0 {
		t.Errorf("largest part %q is not new", top)
	}
}
