package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/store/pages"
)

// TestBulkTwin holds pages against their slow twin: the image of any columns is
// a whole database, and has in it what SQLite makes of the same values bound one
// by one. Both stay in memory, so this tries some hundred tables in the time of
// one incident file. It draws anew each time; as a target of the coverage-guided
// search it came to one table in two seconds.
func TestBulkTwin(t *testing.T) { rapid.Check(t, checkBulk) }

func checkBulk(t *rapid.T) {
	layout, columns, names := drawTable(t)
	rows := columns[0].Len()
	image, err := draw("t", layout, columns, names, rows)
	if errors.Is(err, pages.ErrTooLarge) {
		return // these rows are bound
	}
	if err != nil {
		t.Fatal(err)
	}
	defer images.Put(image)
	ctx := context.Background()
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, err = conn.ExecContext(ctx, "ATTACH ':memory:' AS quick")
	if err = errors.Join(err, conn.Raw(func(c any) error { return deserialize(c, *image, "quick") })); err != nil {
		t.Fatal(err)
	}
	bindTable(t, conn, layout, columns, names)
	compare := []string{}
	for _, c := range layout {
		compare = append(compare, fmt.Sprintf("typeof(a.%[1]s) = typeof(b.%[1]s) AND quote(a.%[1]s) = quote(b.%[1]s)", quote(c.name)))
	}
	var health string
	var quick, slow, same int
	err = errors.Join(conn.QueryRowContext(ctx, "PRAGMA quick.integrity_check").Scan(&health),
		conn.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM quick.t), (SELECT count(*) FROM main.t), count(*) FROM quick.t a JOIN main.t b ON a.rowid = b.rowid WHERE "+strings.Join(compare, " AND ")).Scan(&quick, &slow, &same))
	if err != nil || health != "ok" || quick != rows || slow != rows || same != rows {
		t.Fatalf("of %d rows %d are in the image, %d bound, %d the same; integrity %s, %v", rows, quick, slow, same, health, err)
	}
}

// bindTable makes the same table value by value.
func bindTable(t *rapid.T, conn *sql.Conn, layout []plain, columns []analysis.Column, names []string) {
	declarations := []string{}
	for _, c := range layout {
		declarations = append(declarations, quote(c.name)+" "+c.declared)
	}
	ctx := context.Background()
	if _, err := conn.ExecContext(ctx, "CREATE TABLE main.t ("+strings.Join(declarations, ", ")+")"); err != nil {
		t.Fatal(err)
	}
	bound := &transaction{conn: conn, open: func() error { return nil }}
	if err := bound.bind(ctx, "t", columns, names, columns[0].Len()); err != nil {
		t.Fatal(err)
	}
}

// drawTable is a table of any layout, some of whose columns no value comes for.
func drawTable(t *rapid.T) (layout []plain, columns []analysis.Column, names []string) {
	rows := rapid.OneOf(rapid.IntRange(1, 30), rapid.IntRange(31, 3000)).Draw(t, "rows")
	wide := rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(110, 140)).Draw(t, "columns") // around the head of one byte
	for n := range wide {
		typ := rapid.SampledFrom([]analysis.Type{analysis.Text, analysis.Number, analysis.Time, analysis.Blob}).Draw(t, "type")
		c := plain{fmt.Sprint("c ", n), declared(typ)}
		layout = append(layout, c)
		if n > 0 && rapid.IntRange(0, 9).Draw(t, "absent") == 0 {
			continue
		}
		b := analysis.NewBuilder(analysis.Field{Name: c.name, Type: typ})
		few := max(1, min(rows, 200/wide)) // values drawn; the rows repeat them
		for range few {
			drawCell(t, b, typ)
		}
		names, columns = append(names, c.name), append(columns, repeatedly(b.Column(), rows))
	}
	return layout, columns, names
}

func drawCell(t *rapid.T, b *analysis.Builder, typ analysis.Type) {
	switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
	case kind == 0:
		b.Null()
	case typ == analysis.Number && kind < 5:
		edge := int64(1) << rapid.IntRange(0, 53).Draw(t, "bits") // integers take as many bytes as they need
		b.Number(float64(rapid.SampledFrom([]int64{1, -1}).Draw(t, "sign")*edge + rapid.Int64Range(-1, 1).Draw(t, "off")))
	case typ == analysis.Number:
		b.Number(rapid.Float64().Draw(t, "number"))
	case typ == analysis.Time:
		b.Time(rapid.Int64Range(0, 4e18).Draw(t, "time"))
	case typ == analysis.Blob:
		b.Blob(append([]byte{}, rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "blob")...))
	default:
		// quote() would end at a NUL, so there is none.
		text := strings.ReplaceAll(rapid.String().Draw(t, "text"), "\x00", "0")
		b.Text(strings.Repeat(text, 1<<rapid.IntRange(0, 8).Draw(t, "times")))
	}
}

// repeatedly is a column with the values of another, again and again.
func repeatedly(c analysis.Column, rows int) analysis.Column {
	at := make([]int, rows)
	for i := range at {
		at[i] = i % c.Len()
	}
	return gather(&c, at)
}
