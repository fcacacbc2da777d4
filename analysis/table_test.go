package analysis

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// monday is a Monday.
var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// textColumn builds a text column; "" is null.
func textColumn(name string, role Role, values ...string) Column {
	b := NewBuilder(Field{Name: name, Role: role, Type: Text})
	for _, v := range values {
		if v == "" {
			b.Null()
			continue
		}
		b.Text(v)
	}
	return b.Column()
}

// numberColumn builds a number column; NaN is null.
func numberColumn(name string, role Role, values ...float64) Column {
	return Column{Field: Field{Name: name, Role: role, Type: Number}, Numbers: values}
}

// minuteColumn builds the time column: minutes after monday.
func minuteColumn(at ...int) Column {
	c := Column{Field: Field{Name: "time", Role: RoleTime, Type: Time}}
	for _, m := range at {
		c.Times = append(c.Times, monday.Add(time.Duration(m)*time.Minute).UnixNano())
	}
	return c
}

func tableOf(t interface{ Fatal(...any) }, columns ...Column) *Table {
	made, err := NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func hoursWindow(from, to int) Window {
	return Window{monday.Add(time.Duration(from) * time.Hour), monday.Add(time.Duration(to) * time.Hour)}
}

func TestNewTableRefuses(t *testing.T) {
	null := minuteColumn(0, 1)
	null.Times[1] = NoTime
	for _, c := range []struct {
		name    string
		columns []Column
		want    string
	}{
		{"nothing", nil, "role time"},
		{"no time", []Column{numberColumn("a", RoleFeature, 1)}, "role time"},
		{"unequal", []Column{minuteColumn(0, 1), numberColumn("a", RoleFeature, 1)}, `column "a" has 1 rows but "time" has 2`},
		{"twice", []Column{minuteColumn(0), numberColumn("a", RoleFeature, 1), numberColumn("a", RoleFeature, 1)}, `two columns are named "a"`},
		{"null time", []Column{null}, "row 1 has no time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewTable(c.columns)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestTableSpan(t *testing.T) {
	got := tableOf(t, minuteColumn(50, 10, 30)).Span()
	want := Window{monday.Add(10 * time.Minute), monday.Add(50*time.Minute + 1)}
	if got != want {
		t.Errorf("span %v, want %v", got, want)
	}
	if empty := tableOf(t, minuteColumn()).Span(); !empty.Empty() {
		t.Errorf("span of no rows is %v", empty)
	}
}

func TestMatch(t *testing.T) {
	tab := tableOf(t, minuteColumn(0, 1, 2, 3),
		textColumn("line", RoleDimension, "L1", "L2", "", "12"),
		numberColumn("luma", RoleFeature, 1, 2.5, math.NaN(), 3))
	for _, c := range []struct {
		where string
		want  []int
	}{
		{"", []int{0, 1, 2, 3}},
		{"line=L2", []int{1}},
		{"line!=L2", []int{0, 2, 3}},
		{"line=''", []int{2}},
		{"line!=''", []int{0, 1, 3}},
		{"line~l", []int{0, 1}},
		{"line=10..20", []int{3}},
		{"luma=3.0", []int{3}},
		{"luma!=3", []int{0, 1, 2}},
		{"luma=''", []int{2}},
		{"luma!=''", []int{0, 1, 3}},
		{"luma<2.5", []int{0}},
		{"luma>=2.5", []int{1, 3}},
		{"luma=..3", []int{0, 1}},
		{"luma~.5", []int{1}},
		{"line=L2 luma=2..3", []int{1}},
		{"time=2026-03-02T00:02:00Z", []int{2}},
		{"time=''", nil},
	} {
		t.Run(c.where, func(t *testing.T) {
			where, err := ParseWhere(c.where)
			if err != nil {
				t.Fatal(err)
			}
			mask, err := tab.Match(where)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for i := range tab.Rows() {
				if mask.Has(i) {
					got = append(got, i)
				}
			}
			if !slices.Equal(got, c.want) || mask.Count(tab.Rows()) != len(c.want) {
				t.Errorf("rows %v, want %v", got, c.want)
			}
		})
	}
}

func TestMatchRefuses(t *testing.T) {
	tab := tableOf(t, minuteColumn(0), textColumn("line", RoleDimension, "L1"), numberColumn("brightness", RoleFeature, 1))
	_, err := tab.Match(Where{Is("lnie", "L1")})
	var unknown *ColumnError
	if !errors.As(err, &unknown) || !slices.Contains(unknown.Near, "line") {
		t.Errorf("got %v, want a ColumnError near line", err)
	}
	for _, where := range []string{"brightness=dark", "time=noon", "time<3"} {
		parsed, err := ParseWhere(where)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tab.Match(parsed); err == nil {
			t.Errorf("%q was accepted", where)
		}
	}
}

// drawTable draws a small log with nulls in every column.
func drawTable(t *rapid.T) *Table {
	n := rapid.IntRange(1, 60).Draw(t, "rows")
	at := make([]int, n)
	line, prediction, label := make([]string, n), make([]string, n), make([]string, n)
	luma := make([]float64, n)
	for i := range n {
		at[i] = rapid.IntRange(0, 48*60).Draw(t, "minute")
		line[i] = rapid.SampledFrom([]string{"", "L1", "L2", "L3"}).Draw(t, "line")
		prediction[i] = rapid.SampledFrom([]string{"", "ok", "nok"}).Draw(t, "prediction")
		label[i] = rapid.SampledFrom([]string{"", "", "ok", "nok"}).Draw(t, "label")
		luma[i] = rapid.SampledFrom([]float64{math.NaN(), -1, 0, 0.25, 7}).Draw(t, "luma")
	}
	return tableOf(t, minuteColumn(at...), textColumn("line", RoleDimension, line...),
		textColumn("prediction", RolePrediction, prediction...), textColumn("label", RoleLabel, label...),
		numberColumn("luma", RoleFeature, luma...))
}

// drawWindows draws two windows within or around the log.
func drawWindows(t *rapid.T) Windows {
	cut := func(name string) Window {
		from := rapid.IntRange(-10, 50).Draw(t, name+" from")
		return hoursWindow(from, from+rapid.IntRange(1, 60).Draw(t, name+" hours"))
	}
	return Windows{cut("before"), cut("after")}
}

// inWindow counts a table's rows in a window one by one: the oracle of the sums.
func inWindow(tab *Table, w Window) Sum {
	var total Sum
	for i, at := range tab.times {
		if w.Contains(time.Unix(0, at).UTC()) {
			tab.count(&total, i)
		}
	}
	return total
}

func TestSeriesAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := drawTable(t)
		step := rapid.SampledFrom(Steps).Draw(t, "step")
		whole, err := tab.Series(context.Background(), nil, step)
		if err != nil {
			t.Fatal(err)
		}
		line, rest := Where{Is("line", "L1")}, Where{{Column: "line", Op: NotEqual, Value: "L1"}}
		one, err1 := tab.Series(context.Background(), line, step)
		two, err2 := tab.Series(context.Background(), rest, step)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		for i, b := range whole.Buckets {
			if sum := one.Buckets[i].Add(two.Buckets[i]); sum != b {
				t.Fatalf("bucket %d: %v + rest = %v, want %v", i, one.Buckets[i], sum, b)
			}
		}
		if total := whole.Over(Window{whole.Start, tab.Span().To}); total != inWindow(tab, tab.Span()) {
			t.Fatalf("series holds %v, table %v", total, inWindow(tab, tab.Span()))
		}
		if !whole.Start.Equal(whole.Start.Truncate(step)) || whole.At(len(whole.Buckets)).Before(tab.Span().To) {
			t.Fatalf("buckets from %v do not cover %v", whole.Start, tab.Span())
		}
	})
}

func TestProfileAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab, w := drawTable(t), drawWindows(t)
		column := rapid.SampledFrom([]string{"line", "luma", "label"}).Draw(t, "column")
		p, err := tab.Profile(context.Background(), column, nil, w)
		if err != nil {
			t.Fatal(err)
		}
		for _, side := range []struct {
			blocks []Block
			window Window
		}{{p.Before, w.Before}, {p.After, w.After}} {
			var total Sum
			for _, b := range side.blocks {
				if len(b.Bins) != len(p.Bins) {
					t.Fatalf("a block has %d bins of %d", len(b.Bins), len(p.Bins))
				}
				if !side.window.Contains(b.Start) {
					t.Fatalf("block at %v is outside %v", b.Start, side.window)
				}
				for _, s := range b.Bins {
					total = total.Add(s)
				}
			}
			if want := inWindow(tab, side.window); total != want {
				t.Fatalf("%s holds %v, table %v", column, total, want)
			}
		}
	})
}

func TestProfileBins(t *testing.T) {
	at := make([]int, 0, 400)
	var line []string
	var luma []float64
	for i := range 400 {
		at = append(at, i)
		if i < 200 {
			line, luma = append(line, []string{"L1", "L2"}[i%2]), append(luma, float64(i)/100)
		} else {
			line, luma = append(line, "L9"), append(luma, 50)
		}
	}
	line[0] = ""
	tab := tableOf(t, minuteColumn(at...), textColumn("line", RoleDimension, line...), numberColumn("luma", RoleFeature, luma...))
	w := Windows{Window{monday, monday.Add(200 * time.Minute)}, Window{monday.Add(200 * time.Minute), monday.Add(400 * time.Minute)}}
	p, err := tab.Profile(context.Background(), "line", nil, w)
	if err != nil {
		t.Fatal(err)
	}
	want := []Bin{{Value: "L2"}, {Value: "L1"}, {Value: "L9"}, {Null: true}}
	if !reflect.DeepEqual(p.Bins, want) {
		t.Errorf("bins %v, want %v", p.Bins, want)
	}
	p, err = tab.Profile(context.Background(), "luma", nil, w)
	if err != nil {
		t.Fatal(err)
	}
	last := len(p.Bins) - 1
	var before, after int
	for _, b := range p.Before {
		before += b.Bins[last].Rows + b.Bins[0].Rows
	}
	for _, b := range p.After {
		after += b.Bins[last].Rows
	}
	if before != 0 || after != 200 || p.Bins[last].Lo > 2 || p.Bins[last].Lo <= 1.99 {
		t.Errorf("beyond %v lie %d before and %d after, want 0 and 200 beyond the largest of before", p.Bins[last].Lo, before, after)
	}
}

func TestLeavesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab, w := drawTable(t), drawWindows(t)
		dims := []Dimension{{Column: "line"}, {Column: "luma", Edges: []float64{0, 1}}, {Column: "label"}}
		leaves, err := tab.Leaves(context.Background(), dims, nil, w)
		if err != nil {
			t.Fatal(err)
		}
		var before, after Sum
		for k, cell := range leaves.Cells {
			before, after = before.Add(cell.Before), after.Add(cell.After)
			if k > 0 && slices.Compare(leaves.Cells[k-1].Key, cell.Key) >= 0 {
				t.Fatalf("cells %v and %v are out of order", leaves.Cells[k-1].Key, cell.Key)
			}
			where := Where{leaves.Values[0][cell.Key[0]], leaves.Values[1][cell.Key[1]], leaves.Values[2][cell.Key[2]]}
			mask, err := tab.Match(where)
			if err != nil {
				t.Fatal(err)
			}
			var want Sum
			tab.eachIn(mask, w, func(i int, isAfter bool) {
				if isAfter {
					tab.count(&want, i)
				}
			})
			if cell.After != want {
				t.Fatalf("cell %s holds %v after, its slice %v", where, cell.After, want)
			}
		}
		if before != inWindow(tab, w.Before) || after != inWindow(tab, w.After) {
			t.Fatalf("leaves hold %v and %v, table %v and %v", before, after, inWindow(tab, w.Before), inWindow(tab, w.After))
		}
	})
}

func TestRowOrderDoesNotMatter(t *testing.T) {
	forward := tableOf(t, minuteColumn(0, 70, 140), textColumn("line", RoleDimension, "B", "A", ""), numberColumn("correct", RoleCorrect, 1, 0, 1))
	backward := tableOf(t, minuteColumn(140, 70, 0), textColumn("line", RoleDimension, "", "A", "B"), numberColumn("correct", RoleCorrect, 1, 0, 1))
	w := Windows{hoursWindow(0, 1), hoursWindow(1, 3)}
	ask := func(tab *Table) []any {
		s, err1 := tab.Series(context.Background(), nil, time.Hour)
		p, err2 := tab.Profile(context.Background(), "line", nil, w)
		l, err3 := tab.Leaves(context.Background(), []Dimension{{Column: "line"}}, nil, w)
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatal(err)
		}
		return []any{s, p, l}
	}
	if one, two := ask(forward), ask(backward); !reflect.DeepEqual(one, two) {
		t.Errorf("rows turned round give\n%v\nnot\n%v", two, one)
	}
}
