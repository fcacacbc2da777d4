package analysis

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// cameras is a table of six rows of two columns.
func cameras(t *testing.T) *Table {
	t.Helper()
	clock, camera, size := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time}), NewBuilder(Field{Name: "camera"}), NewBuilder(Field{Name: "size", Type: Number})
	for i, name := range []string{"C01", "C01", "C02", "C02", "C03", "a/b"} {
		clock.Time(int64(i))
		camera.Text(name)
		size.Number(float64(18 + i))
	}
	table, err := NewTable([]Column{clock.Column(), camera.Column(), size.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestMatches(t *testing.T) {
	table := cameras(t)
	for _, test := range []struct {
		where string
		rows  int
	}{
		{"camera~/^c0[12]$/", 4}, {"camera~/C01|C03/", 3}, {"camera~/x/", 0}, {"size~/^2/", 4}, {`camera~/a\/b/`, 1},
		{"camera~C0", 5}, {"camera~'/b'", 1}, {"camera~/c 0/", 0},
	} {
		where, err := ParseWhere(test.where)
		if err != nil {
			t.Errorf("%s: %v", test.where, err)
			continue
		}
		mask, err := table.Match(where)
		if err != nil {
			t.Errorf("%s: %v", test.where, err)
		}
		rows := 0
		for i := range table.Rows() {
			if mask.Has(i) {
				rows++
			}
		}
		if rows != test.rows {
			t.Errorf("%s: %d rows, want %d", test.where, rows, test.rows)
		}
	}
}

func TestMatchFaults(t *testing.T) {
	for _, test := range []struct {
		where string
		at    int
	}{{"line=L2 camera~/C0", 15}, {"camera~/C(/", 8}} {
		_, err := ParseWhere(test.where)
		fault, ok := errors.AsType[*WhereError](err)
		if !ok || fault.At != test.at {
			t.Errorf("%s: %v, want a fault at %d", test.where, err, test.at)
		}
	}
}

// What is written is read back.
func TestMatchRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringOfN(rapid.SampledFrom([]rune(`ab/\\. '"|`)), 0, 8, -1).Filter(func(text string) bool {
			_, err := expression(text)
			return err == nil
		}).Draw(t, "expression")
		text := Condition{Column: "c", Op: Matches, Value: value}.String()
		where, err := ParseWhere(text)
		if err != nil {
			t.Fatalf("%q is written as %s, which fails: %v", value, text, err)
		}
		again := where.String()
		if again != text {
			t.Errorf("%q is written as %s, and read as %s", value, text, again)
		}
	})
}
