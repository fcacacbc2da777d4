package table_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
	"andon/ui/table"
	"andon/ui/uitest"
)

// slices of the gloves incident, as the Slices screen shows them.
func lines() table.Table {
	t := table.New(
		table.Column{Title: "slice", Key: "slice", Width: 8, Flex: 1},
		table.Column{Title: "before", Key: "before", Width: 8, Align: table.Right},
		table.Column{Title: "after", Key: "after", Width: 8, Align: table.Right},
		table.Column{Title: "rows", Key: "rows", Width: 9, Align: table.Right, Wide: true})
	return t.With([][]table.Cell{
		row("line=L1", 0.928, 0.921, 11204), row("line=L2", 0.93, 0.051, 10980),
		row("line=L3", 0.926, 0.925, 11002), row("vendor=日本手袋", 0.94, math.NaN(), 310),
		row("camera=a camera with a long name", 0.9, 0.4, 77),
	})
}

func row(slice string, before, after float64, rows int64) []table.Cell {
	return []table.Cell{{Text: display.Escape(slice)},
		{Text: display.Percent(before), Slot: themes.Before, Sort: before},
		{Text: display.Percent(after), Slot: themes.After, Sort: after},
		{Text: display.Count(rows), Slot: themes.Muted, Sort: float64(rows)}}
}

func TestViewGolden(t *testing.T) {
	tests := []struct {
		name  string
		table table.Table
		w, h  int
	}{
		{"wide-60x7", lines().Move(1), 60, 7},
		{"narrow-30x7", lines(), 30, 7},
		{"sorted-50x7", lines().SortBy("after").Home(), 50, 7},
		{"scrolled-60x4", lines().Move(3), 60, 4},
		{"empty-40x3", lines().With(nil), 40, 3},
		{"tiny-12x2", lines(), 12, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			uitest.Golden(t, tt.name, tt.table.View(tt.w, tt.h, uitest.Truecolour(t)), tt.w, tt.h)
			uitest.Golden(t, tt.name+"-ascii", display.ASCII(tt.table.View(tt.w, tt.h, uitest.Mono(t))), tt.w, tt.h)
		})
	}
	uitest.GoldenStyled(t, "wide-60x7-colour", lines().Move(1).View(60, 7, uitest.Truecolour(t)), 60, 7)
}

func TestSortKeepsTheCursorOnItsRow(t *testing.T) {
	tb := lines().Move(1)
	for _, key := range []string{"after", "after", "slice", ""} {
		tb = tb.SortBy(key)
		if got := tb.Selected(); got != 1 {
			t.Fatalf("after SortBy(%q) row %d is selected, want 1", key, got)
		}
	}
}

func TestSortOrders(t *testing.T) {
	tests := []struct {
		name string
		sort func(table.Table) table.Table
		want []int
	}{
		{"greatest first, none last", func(t table.Table) table.Table { return t.SortBy("after") }, []int{2, 0, 4, 1, 3}},
		{"least first, none last", func(t table.Table) table.Table { return t.SortBy("after").SortBy("after") }, []int{1, 4, 0, 2, 3}},
		{"text", func(t table.Table) table.Table { return t.SortBy("slice").SortBy("slice") }, []int{4, 0, 1, 2, 3}},
		{"as given", func(t table.Table) table.Table { return t.SortBy("after").SortBy("") }, []int{0, 1, 2, 3, 4}},
		{"unknown column", func(t table.Table) table.Table { return t.SortBy("neon") }, []int{0, 1, 2, 3, 4}},
		{"new rows keep the order", func(t table.Table) table.Table { return t.SortBy("rows").With(slices.Clone(t.Rows)) }, []int{0, 2, 1, 3, 4}},
		{"all columns and back", func(t table.Table) table.Table {
			return t.SortNext().SortNext().SortNext().SortNext().SortNext()
		}, []int{0, 1, 2, 3, 4}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tb := tt.sort(lines()).Home()
			var got []int
			for range tb.Rows {
				got = append(got, tb.Selected())
				tb = tb.Move(1)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("order %v, want %v", got, tt.want)
			}
		})
	}
}

func TestATableIsAValue(t *testing.T) {
	before := lines()
	after := before.Move(2).SortBy("after")
	if before.Cursor != 0 || before.Sort != "" || before.Selected() != 0 {
		t.Errorf("the first table changed: %+v", before)
	}
	if after.Selected() != 2 {
		t.Errorf("row %d is selected, want 2", after.Selected())
	}
}

func TestKeysAreAllUnderstood(t *testing.T) {
	for _, b := range table.Keys() {
		for _, key := range b.Keys {
			if _, ok := lines().Press(key); !ok {
				t.Errorf("Press(%q) does nothing, yet Keys lists it", key)
			}
		}
	}
	if _, ok := lines().Press("x"); ok {
		t.Error("Press(x) is taken, yet Keys does not list it")
	}
}

func TestScrollingIsByRowOnceTheHeightIsKnown(t *testing.T) {
	tb := many(100).Resize(12) // header, 10 rows, place
	tests := []struct{ key, first, last string }{
		{"pgdown", "row 1 ", "row 10 "}, {"down", "row 2 ", "row 11 "}, {"up", "row 2 ", "row 11 "}, {"G", "row 90 ", "row 99 "}, {"g", "row 0 ", "row 9 "},
	}
	for _, tt := range tests {
		tb, _ = tb.Press(tt.key)
		rows := strings.Split(style.Plain(tb.View(30, 12, uitest.Mono(t))), "\n")
		if !strings.Contains(rows[1], tt.first) || !strings.Contains(rows[10], tt.last) {
			t.Errorf("after %q rows %q to %q show, want %s to %s", tt.key, rows[1], rows[10], tt.first, tt.last)
		}
	}
}

// many is a table of n rows.
func many(n int) table.Table {
	rows := make([][]table.Cell, n)
	for i := range rows {
		rows[i] = []table.Cell{{Text: display.Text(fmt.Sprintf("row %d", i)), Sort: float64(i)}}
	}
	return table.New(table.Column{Title: "name", Key: "name", Width: 10, Flex: 1}).With(rows)
}

func TestViewFillsAnyBoxAndShowsTheCursor(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		tb := lines()
		if rapid.Bool().Draw(r, "many") {
			tb = many(rapid.IntRange(0, 60).Draw(r, "rows"))
		}
		w, h := rapid.IntRange(-1, 70).Draw(r, "w"), rapid.IntRange(-1, 12).Draw(r, "h")
		if rapid.Bool().Draw(r, "resized") {
			tb = tb.Resize(h)
		}
		for range rapid.IntRange(0, 10).Draw(r, "presses") {
			key := rapid.SampledFrom([]string{"j", "k", "pgdown", "pgup", "g", "G", "s", "S"}).Draw(r, "key")
			tb, _ = tb.Press(key)
		}
		view := tb.View(w, h, sheets[rapid.IntRange(0, 1).Draw(r, "sheet")])
		uitest.Exact(r, view, w, h)
		if w > 2 && h > 1 && len(tb.Rows) > 0 && !strings.Contains(style.Plain(view), "\n>") {
			r.Fatalf("the cursor does not show:\n%s", style.Plain(view))
		}
	})
}

func BenchmarkView(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			tb, s := many(n).Resize(22).Move(n/2), uitest.Truecolour(b)
			b.ReportAllocs()
			for b.Loop() {
				tb.View(80, 22, s)
			}
		})
	}
}

// On a wide wall a name stays near its numbers, in a common terminal the table
// fills its line.
func TestNamesStayNearTheirNumbers(t *testing.T) {
	list := table.New(table.Column{Title: "line", Width: 6, Flex: 1}, table.Column{Title: "after", Width: 7, Align: table.Right}).
		With([][]table.Cell{{{Text: "L1"}, {Text: "92.1 %"}}})
	for w, want := range map[int]int{20: 20, 30: 30, 250: 33} {
		lines := strings.Split(style.Plain(list.View(w, 2, uitest.Mono(t))), "\n")
		if got := len(strings.TrimRight(lines[1], " ")); got != want {
			t.Errorf("in %d cells the row ends at %d, want %d: %q", w, got, want, lines[1])
		}
	}
}

// A table that does not know its height yet pages all the same, and columns
// without a key are not sorted by.
func TestBeforeTheFirstSize(t *testing.T) {
	var rows [][]table.Cell
	for i := range 100 {
		rows = append(rows, []table.Cell{{Text: display.Count(int64(i))}, {Text: "x"}})
	}
	all := table.New(table.Column{Title: "n", Key: "n", Width: 4}, table.Column{Title: "no key", Width: 6}).With(rows)
	if at := all.PageBy(1).Selected(); at < 2 || at > 50 {
		t.Errorf("a page is %d rows", at)
	}
	if by := all.SortNext().Sort; by != "n" {
		t.Errorf("sorted by %q first, want n", by)
	}
	if by := all.SortNext().SortNext().Sort; by != "" {
		t.Errorf("sorted by %q after the last, want none", by)
	}
}
