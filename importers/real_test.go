package importers

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"andon/analysis"
)

// shared is a file of the shared data; the test is skipped where there is none.
func shared(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("ANDON_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	path := filepath.Join(root, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skip("skip: no shared data")
	}
	return path
}

// load reads a whole source and joins its batches' rows, as text.
func load(t *testing.T, path string, o Options) (Recognition, loaded) {
	t.Helper()
	sources, _, err := Find([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	return loadSource(t, sources[0], o)
}

func loadSource(t *testing.T, s Source, o Options) (Recognition, loaded) {
	t.Helper()
	r, err := s.Recognise(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	all := loaded{fields: map[string]analysis.Field{}}
	for b, err := range s.Read(context.Background(), r, 0, nil) {
		if err != nil {
			all.err = err
			break
		}
		all.add(t, b)
	}
	return r, all
}

// loaded are the rows of a source: column → text by row.
type loaded struct {
	fields   map[string]analysis.Field
	rows     []map[string]string
	rejects  []analysis.Reject
	warnings []string
	offset   int64
	batches  int
	err      error
}

func (l *loaded) add(t *testing.T, b *analysis.Batch) {
	t.Helper()
	for i := range b.Rows {
		row := map[string]string{}
		for c := range b.Columns {
			if n := b.Columns[c].Len(); n != b.Rows {
				t.Fatalf("column %s has %d rows of %d", b.Columns[c].Name, n, b.Rows)
			}
			if !b.Columns[c].Null(i) {
				row[b.Columns[c].Name] = b.Columns[c].String(i)
			}
		}
		l.rows = append(l.rows, row)
	}
	for _, c := range b.Columns {
		l.fields[c.Name] = c.Field
	}
	l.rejects = append(l.rejects, b.Rejects...)
	l.warnings = append(l.warnings, b.Warnings...)
	l.offset = b.Offset
	l.batches++
}
