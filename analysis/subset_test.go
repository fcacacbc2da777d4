package analysis

import (
	"testing"

	"pgregory.net/rapid"
)

// TestOnlyIsTheFilter compares the table of a slice with the slice of a table.
func TestOnlyIsTheFilter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "rows")
		clock, line := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time}), NewBuilder(Field{Name: "line", Role: RoleDimension})
		right, light := NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number}), NewBuilder(Field{Name: "light", Role: RoleFeature, Type: Number})
		for range n {
			clock.Time(rapid.Int64Range(0, 1e12).Draw(t, "at"))
			line.Text(rapid.SampledFrom([]string{"L1", "L2"}).Draw(t, "line"))
			right.Number(float64(rapid.IntRange(0, 1).Draw(t, "right")))
			light.Number(rapid.Float64Range(0, 9).Draw(t, "light"))
		}
		table, err := NewTable([]Column{clock.Column(), line.Column(), right.Column(), light.Column()})
		if err != nil {
			t.Fatal(err)
		}
		where := Where{Is("line", "L2"), {Column: "light", Op: More, Lo: 3}}
		only, err := table.Only(where)
		if err != nil {
			t.Fatal(err)
		}
		mask, err := table.Match(where)
		if err != nil {
			t.Fatal(err)
		}
		if only.Rows() != mask.Count(n) || only.Measure().Labelled != only.Rows() {
			t.Fatalf("%d rows, %d of known quality; the filter keeps %d", only.Rows(), only.Measure().Labelled, mask.Count(n))
		}
		kept := 0
		for i := range n {
			if mask.Has(i) {
				if only.Column("light").Numbers[kept] != light.Column().Numbers[i] || only.Column("line").String(kept) != "L2" {
					t.Fatalf("row %d is not row %d", kept, i)
				}
				kept++
			}
		}
	})
}

func TestWhereOperators(t *testing.T) {
	clock, light := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time}), NewBuilder(Field{Name: "light", Role: RoleFeature, Type: Number})
	for i := range 5 {
		clock.Time(int64(i))
		light.Number(float64(i))
	}
	table, err := NewTable([]Column{clock.Column(), light.Column()})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"light<2": 2, "light<=2": 3, "light>2": 2, "light>=2": 3, "light=2": 1, "light!=2": 4, "light=1..3": 2, "light=..3": 3, "": 5,
	} {
		where, err := ParseWhere(text)
		if err != nil {
			t.Fatal(err)
		}
		mask, err := table.Match(where)
		if err != nil || mask.Count(5) != want {
			t.Errorf("%q keeps %d rows (%v), want %d", text, mask.Count(5), err, want)
		}
		if again, err := ParseWhere(where.String()); err != nil || again.String() != where.String() {
			t.Errorf("%q is written as %q, which reads as %q (%v)", text, where, again, err)
		}
	}
}
