package importers

import (
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// generated is a file that is made as it is read: parts one after another, of
// which the long one is nowhere in memory.
type generated struct {
	parts []io.Reader
	made  func() []io.Reader
	size  int64
}

func (g *generated) Read(p []byte) (int, error) {
	for len(g.parts) > 0 {
		n, err := g.parts[0].Read(p)
		if err == io.EOF {
			g.parts = g.parts[1:]
			if n == 0 {
				continue
			}
		}
		return n, nil
	}
	return 0, io.EOF
}

func (g *generated) Close() error                 { return nil }
func (g *generated) Stat() (fs.FileInfo, error)   { return g, nil }
func (g *generated) Name() string                 { return "a.jsonl" }
func (g *generated) Size() int64                  { return g.size }
func (g *generated) Mode() fs.FileMode            { return 0o444 }
func (g *generated) ModTime() time.Time           { return time.Time{} }
func (g *generated) IsDir() bool                  { return false }
func (g *generated) Sys() any                     { return nil }
func (g *generated) Type() fs.FileMode            { return 0 }
func (g *generated) Info() (fs.FileInfo, error)   { return g, nil }
func (g *generated) open() *generated             { return &generated{parts: g.made(), size: g.size} }
func repeated(text string, bytes int64) io.Reader { return io.LimitReader(&endless{text: text}, bytes) }

// endless is a text again and again.
type endless struct {
	text string
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.text[e.at]
		e.at = (e.at + 1) % len(e.text)
	}
	return len(p), nil
}

type generatedFS struct{ file *generated }

func (g generatedFS) Open(name string) (fs.File, error) {
	if name == "." {
		return fstest.MapFS{}.Open(".")
	}
	return g.file.open(), nil
}

func (g generatedFS) ReadDir(string) ([]fs.DirEntry, error) { return []fs.DirEntry{g.file}, nil }

// C8: a line of 100 MB, JSON 100,000 levels deep and records and tables of a
// million columns are each passed or bounded, the good rows around them are
// read, and the memory that is held for it has a bound.
func TestC8LongLinesDeepJSONManyColumns(t *testing.T) {
	row := `{"time":"2026-03-07T06:28:00Z","id":"%d","prediction":"ok"}` + "\n"
	for _, test := range []struct {
		name string
		long func() io.Reader
		size int64
		held int64 // MB
	}{
		{"one text", func() io.Reader { return repeated("x", 100<<20) }, 100 << 20, 100},
		{"one level deeper, 100,000 times", func() io.Reader { return repeated("[", 100_000) }, 100_000, 100},
		// As a tree of a million values, while envelopes are looked for.
		{"a million keys", func() io.Reader { return repeated(`1,"k":`, 6_000_000) }, 6_000_000, 600},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := &generated{size: test.size + 200, made: func() []io.Reader {
				return []io.Reader{strings.NewReader(fmt.Sprintf(row, 1) + `{"time":"2026-03-07T06:28:00Z","id":"2","prediction":"ok","x":`), test.long(), strings.NewReader("1}\n" + fmt.Sprintf(row, 3))}
			}}
			sources, _, err := FindFS(generatedFS{file}, ".")
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			_, got := loadSource(t, sources[0], Options{})
			runtime.ReadMemStats(&after)
			ids := got.column("id")
			if got.err != nil || !strings.HasPrefix(ids, "1") || !strings.HasSuffix(ids, "3") || len(got.rows)+len(got.rejects) != 3 {
				t.Errorf("rows %s, rejects %.200q, error %v", ids, got.reasons(), got.err)
			}
			if held := int64(after.HeapSys) - int64(before.HeapSys); held > test.held<<20 {
				t.Errorf("%d MB more are held", held>>20)
			}
		})
	}
	columns := "time,prediction" + strings.Repeat(",c", 1_000_000) + "\n"
	if sources, _, err := FindFS(fstest.MapFS{"a.csv": {Data: []byte(columns + "2026-03-07T06:28:00Z,ok" + strings.Repeat(",1", 1_000_000) + "\n")}}, "."); err == nil {
		if r, err := sources[0].Recognise(t.Context(), Options{}); err == nil && len(r.Fields) > maxFields {
			t.Errorf("%d columns", len(r.Fields))
		}
	}
}
