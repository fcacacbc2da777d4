package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/store/pages"
)

// fromRows makes batches of so many rows take the detour over pages.
func fromRows(t testing.TB, rows int) {
	t.Helper()
	before := bulkRows
	bulkRows = rows
	t.Cleanup(func() { bulkRows = before })
}

// TestBulkProperty loads the same batches value by value and as pages: the
// tables hold the same values of the same types at the same rowids, and both
// files are whole.
func TestBulkProperty(t *testing.T) {
	fromRows(t, 0)
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		var batches []*analysis.Batch
		for i := range rapid.IntRange(1, 4).Draw(rt, "batches") {
			batches = append(batches, drawBatch(rt, i))
		}
		together := rapid.Bool().Draw(rt, "together") // in one transaction
		var tables []string
		for _, from := range []int{1 << 30, 1} {
			bulkRows = from
			n++
			path := filepath.Join(dir, fmt.Sprint(n, ".andon"))
			f, err := Create(t.Context(), path, start)
			if err != nil {
				rt.Fatal(err)
			}
			if together {
				load(rt, f, analysis.Source{Path: "log"}, batches...)
			} else {
				for _, b := range batches {
					load(rt, f, analysis.Source{Path: "log"}, b)
				}
			}
			sound(rt, f)
			tables = append(tables, typed(rt, f))
			f.Close()
			for _, suffix := range []string{"", "-ballast"} {
				_ = os.Remove(path + suffix)
			}
		}
		if tables[0] != tables[1] {
			rt.Fatal("the tables differ")
		}
	})
}

// typed is a hash of every value of the inferences with its storage class.
func typed(t rapid.TB, f *File) string {
	t.Helper()
	c, err := readCatalog(context.Background(), f.reader, analysis.InferenceKind)
	if err != nil {
		t.Fatal(err)
	}
	parts := []string{"rowid"}
	for _, col := range c.columns {
		parts = append(parts, fmt.Sprintf("typeof(%[1]s), quote(%[1]s)", quote(col.sql)))
	}
	rows, err := f.reader.QueryContext(context.Background(), "SELECT "+strings.Join(parts, ", ")+" FROM inference")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := digestRows(rows, names)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// TestBulkLeaves fills one leaf, several and many, with rows of all sizes.
func TestBulkLeaves(t *testing.T) {
	for _, rows := range []int{1, 2, 300, 400, 3000} {
		var tables []string
		for _, from := range []int{1 << 30, 1} {
			fromRows(t, from)
			f := create(t)
			b := plantBatch(0, rows)
			long := analysis.NewBuilder(analysis.Field{Name: "long", Role: analysis.RoleText, Type: analysis.Text})
			for i := range rows {
				long.Text(strings.Repeat("x", i*i%500))
			}
			b.Columns = append(b.Columns, long.Column())
			load(t, f, analysis.Source{Path: "log"}, b)
			load(t, f, analysis.Source{Path: "more"}, plantBatch(rows, rows))
			sound(t, f)
			tables = append(tables, typed(t, f))
		}
		if tables[0] != tables[1] {
			t.Errorf("%d rows differ", rows)
		}
	}
}

// TestBulkTransfers looks that SQLite copies whole records: were the tables not
// declared alike, it would take them apart, at three times the cost.
func TestBulkTransfers(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plantBatch(0, 500))
	b := plantBatch(500, 500)
	b.Columns[2] = numbers("prediction", 500) // the column becomes text and moves
	load(t, f, analysis.Source{Path: "more"}, b)
	plan := ""
	err := f.write(t.Context(), "test", func(ctx context.Context, tx *transaction) error {
		as, err := f.known.inference().laidOut(ctx, tx)
		if err != nil {
			return err
		}
		if err := errors.Join(tx.arrive(ctx, as.columns, b.Columns[:1], []string{"time"}, b.Rows), tx.land(ctx)); err != nil || tx.batches != 1 {
			return fmt.Errorf("%d batches, %w", tx.batches, err)
		}
		rows, err := tx.QueryContext(ctx, "EXPLAIN INSERT INTO main.inference SELECT * FROM batch0.inference")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var address, opcode string
			var rest [6]any
			if err := rows.Scan(&address, &opcode, &rest[0], &rest[1], &rest[2], &rest[3], &rest[4], &rest[5]); err != nil {
				return err
			}
			plan += opcode + " "
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, "RowCell") || strings.Contains(plan, "MakeRecord") {
		t.Errorf("the plan is %s", plan)
	}
}

// TestBulkTooLarge has a row that no page holds.
func TestBulkTooLarge(t *testing.T) {
	huge := analysis.Column{Field: analysis.Field{Type: analysis.Text}, Dict: []string{strings.Repeat("x", 70_000)}, Codes: []uint32{1}}
	if _, err := pages.Image(nil, "t", "CREATE TABLE t (a TEXT)", []analysis.Column{huge}, 1, appendTime); err != pages.ErrTooLarge {
		t.Errorf("error %v, want ErrTooLarge", err)
	}
}
