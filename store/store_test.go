package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

var start = time.Date(2026, 3, 7, 6, 28, 0, 0, time.UTC)

// create makes an incident file in a directory of the test's own.
func create(t testing.TB) *File {
	t.Helper()
	f, err := Create(t.Context(), filepath.Join(t.TempDir(), "x.andon"), start)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// reopen closes f and opens it again; the test closes it.
func reopen(t rapid.TB, f *File) *File {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), f.Path())
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// load brings batches into f as one source that is done.
func load(t rapid.TB, f *File, src analysis.Source, batches ...*analysis.Batch) analysis.Source {
	t.Helper()
	l, err := f.Load(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range batches {
		if err := l.Append(context.Background(), b); err != nil {
			t.Fatal(err)
		}
	}
	done, err := l.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// batch builds a batch from rows of texts, "" for null; see fieldOf for the
// head. Times are RFC 3339, and the roles of numbers make numbers.
func batch(kind analysis.Kind, head []string, rows ...[]string) *analysis.Batch {
	b := &analysis.Batch{Kind: kind, Rows: len(rows)}
	for i, h := range head {
		field := fieldOf(h)
		builder := analysis.NewBuilder(field)
		for _, row := range rows {
			push(builder, field.Type, valueOf(field.Type, row[i]))
		}
		b.Columns = append(b.Columns, builder.Column())
	}
	return b
}

// fieldOf reads "name", "name:role" or "name:role:type".
func fieldOf(head string) analysis.Field {
	parts := append(strings.Split(head, ":"), "", "")
	f := analysis.Field{Name: parts[0], Path: "log." + parts[0], Role: analysis.RoleDimension}
	if parts[1] != "" {
		f.Role = analysis.Role(parts[1])
	}
	switch f.Role {
	case analysis.RoleTime, analysis.RoleLabelTime, analysis.RoleEnd:
		f.Type = analysis.Time
	case analysis.RoleConfidence, analysis.RoleLatency, analysis.RoleFeature, analysis.RoleValue, analysis.RoleCorrect:
		f.Type = analysis.Number
	case analysis.RoleThumb:
		f.Type = analysis.Blob
	}
	if parts[2] != "" {
		f.Type, _ = typeOf(parts[2])
	}
	return f
}

// valueOf is a text as a table would hold it.
func valueOf(t analysis.Type, s string) any {
	if s == "" {
		return nil
	}
	switch t {
	case analysis.Number:
		var v float64
		fmt.Sscan(s, &v)
		return v
	case analysis.Blob:
		return []byte(s)
	}
	return s
}

// stamp is n seconds after start, as text.
func stamp(n int) string { return formatTime(start.Add(time.Duration(n) * time.Second).UnixNano()) }

// sound fails the test unless the database is whole and the segments say what
// the rows say.
func sound(t rapid.TB, f *File) {
	t.Helper()
	ctx := context.Background()
	var answer string
	if err := f.reader.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&answer); err != nil || answer != "ok" {
		t.Fatalf("integrity_check: %q, %v", answer, err)
	}
	tx, err := f.reader.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	c, err := readCatalog(ctx, tx, analysis.InferenceKind)
	if err != nil {
		t.Fatal(err)
	}
	if err := readDictionaries(ctx, tx, c); err != nil {
		t.Fatal(err)
	}
	last, err := lastRow(ctx, tx, "inference")
	if err != nil {
		t.Fatal(err)
	}
	for _, col := range c.columns {
		if col.Type == analysis.Blob {
			continue
		}
		rows, err := readRows(ctx, tx, "inference", []*column{col}, 1, last)
		if err != nil {
			t.Fatal(err)
		}
		segments, err := loadColumn(ctx, tx, col, 1, last)
		if err != nil {
			t.Fatal(err)
		}
		same(t, &rows[0], &segments)
		if filled := !empty(&segments); filled && !col.filled {
			t.Errorf("column %q has values but is not marked as filled", col.Name)
		}
	}
}

// same fails the test unless both columns hold the same values.
func same(t rapid.TB, want, got *analysis.Column) {
	t.Helper()
	if want.Len() != got.Len() {
		t.Fatalf("column %q: %d rows, segments have %d", want.Name, want.Len(), got.Len())
	}
	for i := range want.Len() {
		if want.Null(i) != got.Null(i) || !equal(want, got, i) {
			t.Fatalf("column %q, row %d: %q in the rows, %q in the segments", want.Name, i+1, want.String(i), got.String(i))
		}
	}
}

func equal(a, b *analysis.Column, i int) bool {
	switch {
	case a.Null(i):
		return true
	case a.Type == analysis.Number:
		return a.Numbers[i] == b.Numbers[i]
	case a.Type == analysis.Time:
		return a.Times[i] == b.Times[i]
	}
	return a.String(i) == b.String(i)
}

// ask returns what an SQL question answers, rows by newline, columns by "|".
func ask(t rapid.TB, f *File, query string, args ...any) string {
	t.Helper()
	rows, err := f.reader.QueryContext(context.Background(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, _ := rows.Columns()
	cells, pointers := make([]any, len(names)), make([]any, len(names))
	for i := range cells {
		pointers[i] = &cells[i]
	}
	text := ""
	for rows.Next() {
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		if text != "" {
			text += "\n"
		}
		for i, v := range cells {
			if i > 0 {
				text += "|"
			}
			text += textOf(v)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return text
}
