package store

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
)

// oddNames are field names that SQL or SQLite could stumble over.
var oddNames = []string{"line", "Line", "LINE", "rowid", "_rowid_", "oid", "select", "a\"b", "a'b", "a b", "a;--", "", "a\x00b",
	"日本", "\xff", "correct_2", "line_2", "time_2", "x.y.z", strings.Repeat("long", 60), strings.Repeat("long", 60) + "er"}

// oddTexts are values that a conversion could change on the way.
var oddTexts = []string{"", "0", "007", "1e3", " 5", "3.0", "-0", "NaN", "NULL", "日本", "\xff\xfe", "a\x00b", "x'00'", "\u202e", strings.Repeat("huge ", 20_000)}

// drawBatch draws a batch of inferences whose columns may have changed their
// type since the last.
func drawBatch(t *rapid.T, n int) *analysis.Batch {
	b := &analysis.Batch{Kind: analysis.InferenceKind, Rows: rapid.IntRange(1, 20).Draw(t, "rows")}
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	for i := range b.Rows {
		clock.Time(start.UnixNano() + int64(n*1000+i)*rapid.SampledFrom([]int64{1, 1e6, 1e9}).Draw(t, "unit"))
	}
	b.Columns = append(b.Columns, clock.Column())
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(oddNames), 0, 8, rapid.ID).Draw(t, "names") {
		field := analysis.Field{Name: name, Path: "log." + name, Role: rapid.SampledFrom([]analysis.Role{analysis.RoleDimension, analysis.RoleText, analysis.RoleFeature}).Draw(t, "role"),
			Type: rapid.SampledFrom([]analysis.Type{analysis.Text, analysis.Text, analysis.Number, analysis.Time}).Draw(t, "type")}
		builder := analysis.NewBuilder(field)
		for range b.Rows {
			drawValue(t, builder, field.Type)
		}
		b.Columns = append(b.Columns, builder.Column())
	}
	return b
}

func drawValue(t *rapid.T, b *analysis.Builder, typ analysis.Type) {
	if rapid.IntRange(0, 4).Draw(t, "null") == 0 {
		b.Null()
		return
	}
	switch typ {
	case analysis.Number:
		b.Number(rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, -2.5, 0.1, math.Pi, 1e15, 1 << 53, 1e18, 1e300, -5e-324}).Draw(t, "number"))
	case analysis.Time:
		b.Time(rapid.Int64Range(-1e18, 4e18).Draw(t, "time"))
	default:
		b.Text(rapid.SampledFrom(oddTexts).Draw(t, "text"))
	}
}

// TestRoundTripProperty loads batches and compares what was given with the
// rows, and the rows with the segments, in the open file and in the closed one.
func TestRoundTripProperty(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprintf("%d.andon", n))
		f, err := Create(t.Context(), path, start)
		if err != nil {
			t.Fatal(err)
		}
		defer os.Remove(path)
		defer func() { f.Close() }()
		given := map[string][]string{}
		rows := 0
		for i := range rapid.IntRange(1, 4).Draw(rt, "batches") {
			b := drawBatch(rt, i)
			load(rt, f, analysis.Source{Path: "log"}, b)
			for c := range b.Columns {
				remember(given, &b.Columns[c], rows)
			}
			rows += b.Rows
			if rapid.Bool().Draw(rt, "reopen") {
				f = reopen(rt, f)
			}
		}
		sound(rt, f)
		fields, err := f.Fields(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		for _, field := range fields {
			columns, err := f.Columns(t.Context(), field.Name)
			if err != nil {
				rt.Fatal(err)
			}
			compare(rt, given[field.Name], &columns[0], rows)
			delete(given, field.Name)
		}
		for name, values := range given {
			if strings.Join(values, "") != "" {
				rt.Errorf("column %q is lost", name)
			}
		}
	})
}

// remember keeps a column's values as text, null as "".
func remember(given map[string][]string, c *analysis.Column, from int) {
	values := given[c.Name]
	for len(values) < from {
		values = append(values, "")
	}
	for i := range c.Len() {
		switch {
		case c.Null(i):
			values = append(values, "")
		case c.Type == analysis.Time:
			values = append(values, formatTime(c.Times[i]))
		case c.Type == analysis.Number:
			values = append(values, analysis.FormatNumber(c.Numbers[i]+0))
		default:
			values = append(values, "="+c.String(i))
		}
	}
	given[c.Name] = values
}

// compare fails unless c holds the values given; a text that reads as a number
// or a time may have become one and must read the same.
func compare(t rapid.TB, given []string, c *analysis.Column, rows int) {
	t.Helper()
	if c.Len() != rows {
		t.Fatalf("column %q has %d rows of %d", c.Name, c.Len(), rows)
	}
	for i := range rows {
		want := ""
		if i < len(given) {
			want = given[i]
		}
		got := c.String(i)
		if c.Type == analysis.Time && !c.Null(i) {
			got = formatTime(c.Times[i])
		}
		if (want == "") != c.Null(i) || got != strings.TrimPrefix(want, "=") {
			t.Fatalf("column %q (%s), row %d: %.40q, want %.40q", c.Name, c.Type, i+1, got, want)
		}
	}
}

// TestRoundTripSegments fills segments to their edges and over them, in steps
// that do not divide them, with columns that come, go and change their type.
func TestRoundTripSegments(t *testing.T) {
	f := create(t)
	rows := 0
	for i, n := range []int{1, 65_534, 1, 1, 65_535, 66_000, 3} {
		b := plantBatch(rows, n)
		b.Columns = b.Columns[:6]
		if i%2 == 1 {
			b.Columns = b.Columns[:4]
		}
		switch i {
		case 2, 5: // a dimension that was text comes as numbers
			b.Columns[2] = numbers("prediction", n)
		case 4: // ids for a dimension: too many for a dictionary
			ids := b.Columns[1]
			ids.Field = b.Columns[2].Field
			ids.Name = "dimension0"
			b.Columns = append(b.Columns[:4:4], ids)
		}
		load(t, f, analysis.Source{Path: "log"}, b)
		rows += n
	}
	f = reopen(t, f)
	sound(t, f)
	f.Close()
}

func numbers(name string, n int) analysis.Column {
	c := analysis.Column{Field: analysis.Field{Name: name, Role: analysis.RolePrediction, Type: analysis.Number}, Numbers: make([]float64, n)}
	for i := range c.Numbers {
		c.Numbers[i] = float64(i%3) / 2
	}
	return c
}
